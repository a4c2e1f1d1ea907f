import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createImageCodec } from './imageCodec.ts';
import { marked, pixelsOf, uprightPlace } from './testing/pictures.ts';

const codec = createImageCodec({ threads: 1 });
const orientations = [1, 2, 3, 4, 5, 6, 7, 8];
const [widthPx, heightPx] = [48, 32];

/** One marked pixel in a lossless file that carries an orientation. */
const markedPixel = (orientation: number, x: number, y: number): Promise<Buffer> =>
  marked(widthPx, heightPx, { left: x, top: y, widthPx: 1, heightPx: 1 }).withMetadata({ orientation }).png().toBuffer();

const isMark = (pixel: readonly number[]): boolean => (pixel[0] as number) > 150;

describe.each(orientations)('EXIF orientation %i', (orientation) => {
  it('a painted pixel lands on its upright place in normalise, rgbAt and preview', async () => {
    const place = fc.tuple(fc.nat(widthPx - 1), fc.nat(heightPx - 1));
    await fc.assert(
      fc.asyncProperty(place, async ([x, y]) => {
        const photo = await markedPixel(orientation, x, y);
        const [uprightX, uprightY] = uprightPlace(orientation, x, y, widthPx, heightPx);
        const [uprightWidth, uprightHeight] = orientation >= 5 ? [heightPx, widthPx] : [widthPx, heightPx];

        const normalised = await codec.normalise(photo);
        expect([normalised.widthPx, normalised.heightPx]).toEqual([uprightWidth, uprightHeight]);
        expect((await sharp(normalised.bytes).metadata()).orientation ?? 1).toBe(1);
        expect(isMark((await pixelsOf(normalised.bytes)).at(uprightX, uprightY))).toBe(true);

        const rgb = await codec.rgbAt(photo, uprightWidth, uprightHeight);
        const at = (uprightY * uprightWidth + uprightX) * 3;
        expect(isMark([...rgb.data.subarray(at, at + 3)])).toBe(true);

        const shown = await pixelsOf((await codec.preview(photo, null)).bytes);
        expect([shown.widthPx, shown.heightPx]).toEqual([uprightWidth, uprightHeight]);
        expect(isMark(shown.at(uprightX, uprightY))).toBe(true);
      }),
      { numRuns: 6 },
    );
  });

  it('stored: pixels stay where the file has them', async () => {
    const photo = await markedPixel(orientation, 5, 20);
    const rgb = await codec.rgbAt(photo, widthPx, heightPx, 'stored');
    expect(isMark([...rgb.data.subarray((20 * widthPx + 5) * 3, (20 * widthPx + 5) * 3 + 3)])).toBe(true);
    const shown = await codec.preview(photo, null, 'stored');
    const pixels = await pixelsOf(shown.bytes);
    expect([pixels.widthPx, pixels.heightPx]).toEqual([widthPx, heightPx]);
    expect(isMark(pixels.at(5, 20))).toBe(true);
    expect((await sharp(shown.bytes).metadata()).orientation ?? 1).toBe(1);
  });

  it('probe tells the upright size and the tag', async () => {
    const info = await codec.probe(await markedPixel(orientation, 0, 0));
    expect([info.widthPx, info.heightPx]).toEqual(orientation >= 5 ? [heightPx, widthPx] : [widthPx, heightPx]);
    expect(info.orientation).toBe(orientation);
    expect(info.webReady).toBe(orientation === 1);
  });

  it('shrinking a large JPEG while it is decoded keeps a mark in its place to half a pixel', async () => {
    const [largeWidth, largeHeight] = [1203, 797];
    const photo = await marked(largeWidth, largeHeight, { left: 803, top: 131, widthPx: 160, heightPx: 96 })
      .withMetadata({ orientation })
      .jpeg({ quality: 95 })
      .toBuffer();
    const [x1, y1] = uprightPlace(orientation, 803, 131, largeWidth, largeHeight);
    const [x2, y2] = uprightPlace(orientation, 803 + 159, 131 + 95, largeWidth, largeHeight);
    const [uprightWidth, uprightHeight] = orientation >= 5 ? [largeHeight, largeWidth] : [largeWidth, largeHeight];
    const side = 128;
    const rgb = await codec.rgbAt(photo, side, side);
    let [sum, sumX, sumY] = [0, 0, 0];
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        // Faint traces of compression all over the ground would pull the centre towards the middle.
        const share = ((rgb.data[(y * side + x) * 3] as number) - 40) / 190;
        const red = share < 0.1 ? 0 : share;
        [sum, sumX, sumY] = [sum + red, sumX + red * (x + 0.5), sumY + red * (y + 0.5)];
      }
    }
    expect(Math.abs(sumX / sum - (((x1 + x2 + 1) / 2) * side) / uprightWidth)).toBeLessThan(0.5);
    expect(Math.abs(sumY / sum - (((y1 + y2 + 1) / 2) * side) / uprightHeight)).toBeLessThan(0.5);
  });
});
