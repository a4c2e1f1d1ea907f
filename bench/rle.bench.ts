import { emptyBitmap, type Bitmap } from '../shared/mask/bitmap.ts';
import { cocoStringOf, columnRleOfCocoString } from '../shared/mask/cocoString.ts';
import { decodeColumnRle, encodeColumnRle } from '../shared/mask/rleColumns.ts';

/**
 * How fast masks become COCO's run lengths and back, in bytes of mask a second (a byte a pixel), beside plain scans of the same bytes: one pixel at a time,
 * and four. For shapes as products have them, and for noise, which is as bad as it gets: every second pixel is a run.
 */
const sizes = [['2 MP', 1632, 1224], ['12 MP', 4000, 3000], ['24 MP', 6000, 4000], ['24 MP, odd', 6001, 4001]] as const;
const repeats = 4;

/** A body with a wavy outline, a handle (a hole), and some specks. */
const product = (widthPx: number, heightPx: number): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const [u, v] = [x / widthPx - 0.5, y / heightPx - 0.5];
      const body = Math.hypot(u, 1.2 * v) < 0.36 + 0.02 * Math.sin(40 * u) * Math.sin(31 * v);
      const handle = Math.hypot(u - 0.05, v + 0.2) < 0.08;
      const speck = Math.hypot((u * 30) % 1, (v * 30) % 1) < 0.04 && v > 0.4;
      if ((body && !handle) || speck) mask.data[y * widthPx + x] = 255;
    }
  }
  return mask;
};

/** Park and Miller's generator: the same noise each time. */
const noise = (widthPx: number, heightPx: number): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  let state = 1;
  for (let index = 0; index < mask.data.length; index++) {
    state = (state * 48271) % 2147483647;
    if (state & 1024) mask.data[index] = 255;
  }
  return mask;
};

/** Kept, so that no scan is optimised away. */
let sink = 0;

/** The best of several: what the machine can do, without what else runs on it. */
const bestMs = (run: () => void): number => {
  let best = Infinity;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
};

const scanBytes = ({ data }: Bitmap) => (): void => {
  let sum = 0;
  for (let index = 0; index < data.length; index++) sum += (data[index] as number) >>> 7;
  sink += sum;
};
const scanWords = ({ data }: Bitmap) => (): void => {
  const words = new Uint32Array(data.buffer, 0, data.length >>> 2);
  let all = 0;
  for (let index = 0; index < words.length; index++) all ^= words[index] as number;
  sink += all;
};
/** The way down the columns, as the definition has it. */
const plainEncode = ({ widthPx, data }: Bitmap) => (): void => {
  let [runs, before] = [0, 0];
  for (let x = 0; x < widthPx; x++) {
    for (let at = x; at < data.length; at += widthPx) {
      if (data[at] !== before) {
        runs++;
        before = data[at] as number;
      }
    }
  }
  sink += runs;
};

const columns = ['runs', 'scan', 'scan x4', 'by column', 'encode', 'decode', 'to text', 'from text'] as const;
console.log(`Column run lengths: GB of mask a second, best of ${repeats}\n  ${''.padEnd(20)}${columns.map((name) => name.padStart(11)).join('')}`);
for (const [name, widthPx, heightPx] of sizes) {
  for (const [kind, make] of [['product', product], ['noise', noise]] as const) {
    const mask = make(widthPx, heightPx);
    const rle = encodeColumnRle(mask);
    const text = cocoStringOf(rle);
    const rates = [
      bestMs(scanBytes(mask)),
      bestMs(scanWords(mask)),
      bestMs(plainEncode(mask)),
      bestMs(() => void (sink += encodeColumnRle(mask).counts.length)),
      bestMs(() => void (sink += decodeColumnRle(rle).data.length)),
      bestMs(() => void (sink += cocoStringOf(rle).length)),
      bestMs(() => void (sink += columnRleOfCocoString(rle.size, text).counts.length)),
    ].map((ms) => (mask.data.length / 1e6 / ms).toFixed(2).padStart(11));
    console.log(`  ${`${name} ${kind}`.padEnd(20)}${String(rle.counts.length).padStart(11)}${rates.join('')}`);
  }
}
if (Number.isNaN(sink)) console.log(sink);
