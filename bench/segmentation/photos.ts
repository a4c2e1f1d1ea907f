import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeJpeg } from '../../electron/imaging/index.ts';

/** The same numbers at every run. */
const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/**
 * A picture with a camera's weight: a shaded object on a shaded ground, with waves of texture and grain, so that decoding and encoding cost what
 * they do for a real one (0.6 to 0.9 bytes a pixel at quality 90 is a detailed photo's).
 */
export const texturedPhoto = (widthPx: number, heightPx: number, seed: number): Uint8Array => {
  const random = randomFrom(seed);
  const data = new Uint8Array(widthPx * heightPx * 3);
  const [centreX, centreY] = [widthPx * (0.35 + 0.3 * random()), heightPx * (0.35 + 0.3 * random())];
  const [radiusX, radiusY] = [widthPx * (0.15 + 0.15 * random()), heightPx * (0.2 + 0.15 * random())];
  const [object, ground] = [0, 0].map(() => [random(), random(), random()].map((share) => 50 + 150 * share));
  const waves = Array.from({ length: 4 }, () => ({ x: (random() - 0.5) / 6, y: (random() - 0.5) / 6, height: 6 + 10 * random() }));
  // A row and a column of sines a wave, multiplied: a sine a pixel would take longer than the benchmark.
  const columns = waves.map((wave) => Float32Array.from({ length: widthPx }, (_, x) => Math.sin(x * wave.x)));
  const rows = waves.map((wave) => Float32Array.from({ length: heightPx }, (_, y) => wave.height * Math.cos(y * wave.y)));
  for (let y = 0, at = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const inside = ((x - centreX) / radiusX) ** 2 + ((y - centreY) / radiusY) ** 2 <= 1;
      const texture = columns.reduce((sum, column, index) => sum + (column[x] as number) * (rows[index]?.[y] as number), 0);
      const shade = texture + 40 * (x / widthPx - 0.5) + 18 * (random() - 0.5);
      for (let channel = 0; channel < 3; channel++) data[at++] = Math.max(0, Math.min(255, ((inside ? object : ground)?.[channel] as number) + shade));
    }
  }
  return data;
};

/** Writes `count` JPEGs into a folder, one product each. @returns their total size in bytes */
export const writePhotos = async (folder: string, count: number, widthPx: number, heightPx: number, seed: number): Promise<number> => {
  let totalBytes = 0;
  for (let index = 0; index < count; index++) {
    const bytes = await encodeJpeg({ widthPx, heightPx, data: texturedPhoto(widthPx, heightPx, seed + index) }, 88);
    const product = join(folder, `product-${seed}-${index}`);
    await mkdir(product, { recursive: true });
    await writeFile(join(product, `photo-${seed}-${index}.jpg`), bytes);
    totalBytes += bytes.length;
  }
  return totalBytes;
};
