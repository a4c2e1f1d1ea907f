import { crc32 } from 'node:zlib';
import { emptyBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';

/** Numbers from 0 to 1 that a seed alone decides (mulberry32). */
const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
};

interface Blob {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly waves: readonly (readonly [size: number, turns: number, phase: number])[];
}

const blobFrom = (random: () => number, widthPx: number, heightPx: number, share: number): Blob => ({
  x: widthPx * (0.3 + 0.4 * random()),
  y: heightPx * (0.3 + 0.4 * random()),
  radius: Math.min(widthPx, heightPx) * share * (0.6 + 0.4 * random()),
  waves: [2, 3, 5, 9, 31, 90].map((turns) => [(0.5 * random()) / Math.sqrt(turns * turns), turns, 7 * random()] as const),
});

const paint = ({ widthPx, heightPx, data }: Bitmap, { x, y, radius, waves }: Blob, value: number): void => {
  for (let row = 0; row < heightPx; row++) {
    for (let column = 0; column < widthPx; column++) {
      const [dx, dy] = [column - x, row - y];
      const distance = Math.hypot(dx, dy);
      if (distance > 2 * radius) continue;
      const angle = Math.atan2(dy, dx);
      let edge = 1;
      for (const [size, turns, phase] of waves) edge += size * Math.sin(turns * angle + phase);
      if (distance < radius * edge) data[row * widthPx + column] = value;
    }
  }
};

/** A product as models cut it out: one large region with a frayed edge, now and then a hole, some islands. */
export const productShape = (seed: number, widthPx: number, heightPx: number): Bitmap => {
  const random = randomFrom(seed);
  const mask = emptyBitmap(widthPx, heightPx);
  paint(mask, blobFrom(random, widthPx, heightPx, 0.4), 255);
  if (random() < 0.5) paint(mask, blobFrom(random, widthPx, heightPx, 0.1), 0);
  for (let island = 0; island < 3 * random(); island++) paint(mask, blobFrom(random, widthPx, heightPx, 0.03), 255);
  return mask;
};

/** The same picture under another digest: a text chunk before the last one (PNG specification, 5.3 and 11.3.3). */
export const withNote = (png: Uint8Array, note: string): Uint8Array => {
  const body = Buffer.from(`tEXtComment\0${note}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  const end = png.length - 12;
  return Buffer.concat([png.subarray(0, end), chunk, png.subarray(end)]);
};
