import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { BugError } from '../../shared/errors/errors.ts';
import { sameBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import { createImageCodec } from './imageCodec.ts';

const codec = createImageCodec({ threads: 2 });

const bitmaps: fc.Arbitrary<Bitmap> = fc.tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 40 })).chain(([widthPx, heightPx]) =>
  fc.array(fc.constantFrom(0, 255), { minLength: widthPx * heightPx, maxLength: widthPx * heightPx }).map((values) => ({ widthPx, heightPx, data: Uint8Array.from(values) })),
);

const header = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { widthPx: view.getUint32(16), heightPx: view.getUint32(20), bitDepth: png[24], colourType: png[25], interlace: png[28] };
};

describe('encodeMask', () => {
  it('writes 8-bit greyscale of exactly the size, and the same bytes each time; decodeMask gives it back', async () => {
    await fc.assert(
      fc.asyncProperty(bitmaps, async (mask) => {
        const png = await codec.encodeMask(mask);
        expect(header(png)).toEqual({ widthPx: mask.widthPx, heightPx: mask.heightPx, bitDepth: 8, colourType: 0, interlace: 0 });
        expect(Buffer.compare(png, await codec.encodeMask(mask))).toBe(0);
        expect(sameBitmap(await codec.decodeMask(png), mask)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it.each([0, 255])('a mask of nothing but %i is still 8-bit greyscale', async (value) => {
    const png = await codec.encodeMask({ widthPx: 33, heightPx: 17, data: new Uint8Array(33 * 17).fill(value) });
    expect(header(png)).toMatchObject({ bitDepth: 8, colourType: 0 });
    expect(await sharp(png).metadata()).toMatchObject({ channels: 1, depth: 'uchar', space: 'b-w' });
  });

  it('refuses what is no mask', async () => {
    await expect(codec.encodeMask({ widthPx: 2, heightPx: 1, data: Uint8Array.of(0, 1) })).rejects.toBeInstanceOf(BugError);
    await expect(codec.encodeMask({ widthPx: 2, heightPx: 2, data: Uint8Array.of(0, 255) })).rejects.toBeInstanceOf(BugError);
  });

  it('mattes keep every value', async () => {
    const alpha = Uint8Array.from({ length: 256 }, (_, value) => value);
    const png = await codec.encodeMatte(16, 16, alpha);
    expect(header(png)).toMatchObject({ bitDepth: 8, colourType: 0 });
    expect(Buffer.compare(await sharp(png).toColourspace('b-w').raw().toBuffer(), alpha)).toBe(0);
  });
});

describe('decodeMask', () => {
  const ramp = Buffer.from(Uint8Array.from({ length: 256 }, (_, value) => value));
  const expected = Uint8Array.from({ length: 256 }, (_, value) => (value >= 128 ? 255 : 0));

  it('takes 128 and above for mask, in grey, RGB, RGBA and 16 bits', async () => {
    const grey = sharp(ramp, { raw: { width: 256, height: 1, channels: 1 } });
    const variants = {
      grey: await grey.clone().toColourspace('b-w').png().toBuffer(),
      rgb: await grey.clone().toColourspace('srgb').png().toBuffer(),
      rgba: await grey.clone().toColourspace('srgb').ensureAlpha(0.2).png().toBuffer(),
      deep: await sharp(new Uint16Array(ramp).map((value) => value * 257), { raw: { width: 256, height: 1, channels: 1 } }).toColourspace('grey16').png().toBuffer(),
    };
    expect((await sharp(variants.deep).metadata()).depth).toBe('ushort');
    for (const [name, png] of Object.entries(variants)) {
      expect([name, Buffer.compare((await codec.decodeMask(png)).data, expected)]).toEqual([name, 0]);
    }
  });

  it('reads palettes and single bits', async () => {
    const pattern = Uint8Array.from({ length: 64 * 8 }, (_, index) => (index % 7 < 3 ? 255 : 0));
    const source = sharp(pattern, { raw: { width: 64, height: 8, channels: 1 } });
    const palette = await source.clone().toColourspace('srgb').png({ palette: true, colours: 2, dither: 0 }).toBuffer();
    expect((await sharp(palette).metadata()).isPalette).toBe(true);
    expect(Buffer.compare((await codec.decodeMask(palette)).data, pattern)).toBe(0);
  });

  it('does not take a JPEG for a mask', async () => {
    await expect(codec.decodeMask(await sharp(ramp, { raw: { width: 16, height: 16, channels: 1 } }).jpeg().toBuffer())).rejects.toMatchObject({ code: 'image_unsupported' });
  });
});

describe('resizeGrey', () => {
  it('keeps a plain map plain, at any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(255), fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 60 }))), async (value, [w1, h1, w2, h2]) => {
        const out = await codec.resizeGrey(new Uint8Array((w1 as number) * (h1 as number)).fill(value), w1 as number, h1 as number, w2 as number, h2 as number);
        expect(out).toHaveLength((w2 as number) * (h2 as number));
        expect(out.every((pixel) => Math.abs(pixel - value) <= 1)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps an edge where it is when it grows (no shift by half a pixel), without ripples beside it', async () => {
    const side = 32;
    const data = Uint8Array.from({ length: side * side }, (_, index) => (index % side < side / 2 ? 0 : 255));
    for (const [toWidthPx, toHeightPx] of [[640, 480], [641, 333], [1000, 32]] as const) {
      const out = await codec.resizeGrey(data, side, side, toWidthPx, toHeightPx);
      const row = out.subarray(0, toWidthPx);
      const edge = row.findIndex((value) => value >= 128);
      expect(Math.abs(edge - toWidthPx / 2)).toBeLessThanOrEqual(1);
      const blendPx = Math.ceil((toWidthPx / side) * 1.5);
      expect(row.subarray(0, Math.floor(toWidthPx / 2) - blendPx).every((value) => value === 0)).toBe(true);
      expect(row.subarray(Math.ceil(toWidthPx / 2) + blendPx).every((value) => value === 255)).toBe(true);
      expect(row.every((value, x) => x === 0 || value >= (row[x - 1] as number))).toBe(true);
    }
  });
});
