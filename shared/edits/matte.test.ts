import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMatte, decodeMatteTile, encodeMatte, encodeMatteTile, followMask, matteOfPixels, pixelsOfMatte } from './matte.ts';
import { encodeRle } from '../mask/rleBinary.ts';
import { tilesOfRle } from './tilesOfRle.ts';

const coverage = fc.array(fc.oneof(fc.constant(0), fc.constant(255), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 120 });

describe('mattes', () => {
  it('come back as they were, tile by tile and as bytes', () => {
    fc.assert(
      fc.property(coverage, fc.integer({ min: 1, max: 9 }), (values, stretch) => {
        const pixels = Uint8Array.from(values.flatMap((value) => Array.from({ length: stretch }, () => value)));
        const back = new Uint8Array(pixels.length);
        decodeMatteTile(encodeMatteTile(pixels), back);
        expect(back).toEqual(pixels);
        const matte = matteOfPixels(pixels.length, 1, pixels);
        expect(pixelsOfMatte(decodeMatte(encodeMatte(matte))).data).toEqual(pixels);
      }),
    );
  });

  it('span tiles, and are small where they are plain', () => {
    const [widthPx, heightPx] = [600, 300];
    const alpha = Uint8Array.from({ length: widthPx * heightPx }, (_, at) => Math.min(255, Math.max(0, ((at % widthPx) - 290) * 12)));
    const matte = matteOfPixels(widthPx, heightPx, alpha);
    expect(pixelsOfMatte(matte).data).toEqual(alpha);
    expect(encodeMatte(matte).length).toBeLessThan(300 * 40);
  });

  it('follow their mask: painted pixels are hard, all others keep their coverage', () => {
    const [widthPx, heightPx] = [300, 4];
    const mask = (edge: number) => tilesOfRle(encodeRle({ widthPx, heightPx, data: Uint8Array.from({ length: widthPx * heightPx }, (_, at) => (at % widthPx < edge ? 255 : 0)) }));
    const alpha = Uint8Array.from({ length: widthPx * heightPx }, (_, at) => Math.min(255, Math.max(0, (110 - (at % widthPx)) * 10)));
    const matte = matteOfPixels(widthPx, heightPx, alpha);
    expect(followMask(matte, mask(100), mask(100))).toBe(matte);
    const followed = followMask(matte, mask(100), mask(104));
    expect([...pixelsOfMatte(followed).data.subarray(98, 108)]).toEqual([120, 110, 255, 255, 255, 255, 60, 50, 40, 30]);
    expect(followed.tiles[1]).toBe(matte.tiles[1]);
  });

  it('are refused when the bytes are anything else', () => {
    expect(() => decodeMatte(Uint8Array.of(2, 1, 1))).toThrow('another format');
    expect(() => decodeMatte(Uint8Array.of(1, 2, 2, 3, 3, 0, 0))).toThrow('too few pixels');
    expect(() => decodeMatte(Uint8Array.of(1, 2, 2, 3, 9, 0, 0))).toThrow('too many pixels');
    expect(() => decodeMatte(encodeMatte(matteOfPixels(2, 2, new Uint8Array(4))), 3)).toThrow('larger than allowed');
  });
});
