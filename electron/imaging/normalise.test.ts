import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createImageCodec } from './imageCodec.ts';
import { marked, pixelsOf, textured, withChunk } from './testing/pictures.ts';

const codec = createImageCodec({ threads: 1 });
const mark = { left: 10, top: 6, widthPx: 12, heightPx: 10 };
const picture = () => marked(40, 30, mark);

const near = (pixel: readonly number[], expected: readonly number[], tolerance: number): void => {
  expect(pixel).toHaveLength(expected.length);
  pixel.forEach((value, channel) => expect(Math.abs(value - (expected[channel] as number))).toBeLessThanOrEqual(tolerance));
};

const plainSrgb = async (bytes: Uint8Array): Promise<void> => {
  const metadata = await sharp(bytes).metadata();
  expect(metadata).toMatchObject({ space: 'srgb', depth: 'uchar', hasAlpha: false, channels: 3 });
  expect(metadata.exif).toBeUndefined();
  expect(metadata.xmp).toBeUndefined();
  expect(metadata.icc).toBeUndefined();
};

describe('what every reader already agrees on', () => {
  it.each(['jpeg', 'png'] as const)('an upright sRGB %s stays as it is, byte for byte', async (format) => {
    const bytes = await picture().toFormat(format).toBuffer();
    const image = await codec.normalise(bytes);
    expect(Buffer.compare(image.bytes, bytes)).toBe(0);
    expect(image).toMatchObject({ widthPx: 40, heightPx: 30, extension: format === 'jpeg' ? 'jpg' : 'png' });
  });

  it('so does one that carries an sRGB profile', async () => {
    const bytes = await picture().withIccProfile('srgb').jpeg().toBuffer();
    expect(Buffer.compare((await codec.normalise(bytes)).bytes, bytes)).toBe(0);
  });

  it('normalising twice is normalising once', async () => {
    const once = await codec.normalise(await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer());
    expect(Buffer.compare((await codec.normalise(once.bytes)).bytes, once.bytes)).toBe(0);
  });
});

describe('what readers see differently is made plain', () => {
  it.each([
    ['jpeg', 'jpg', 12],
    ['png', 'png', 0],
    ['webp', 'jpg', 16],
    ['avif', 'jpg', 20],
    ['tiff', 'png', 12],
  ] as const)('%s that lies on its side', async (format, extension, tolerance) => {
    // AVIF turns by a property of its own instead of EXIF; sharp writes none, so it is left upright here.
    const turned = format === 'avif' ? picture() : picture().withMetadata({ orientation: 3 });
    const image = await codec.normalise(await turned.toFormat(format, { quality: 95 }).toBuffer());
    expect(image.extension).toBe(extension);
    await plainSrgb(image.bytes);
    const centre = format === 'avif' ? ([16, 11] as const) : ([40 - 1 - 16, 30 - 1 - 11] as const);
    near((await pixelsOf(image.bytes)).at(...centre), [230, 20, 30], tolerance);
  });

  it('lossless WebP stays lossless', async () => {
    const image = await codec.normalise(await textured(50, 40).webp({ lossless: true }).toBuffer());
    expect(image.extension).toBe('png');
    const expected = await textured(50, 40).raw().toBuffer();
    expect(Buffer.compare(await sharp(image.bytes).raw().toBuffer(), expected)).toBe(0);
  });

  it('of an animation, the first picture', async () => {
    const pages = await Promise.all([marked(20, 20, { left: 0, top: 0, widthPx: 20, heightPx: 20 }), marked(20, 20, { left: 0, top: 0, widthPx: 0, heightPx: 0 })].map((page) => page.png().toBuffer()));
    const animation = await sharp(pages, { join: { animated: true } }).webp({ lossless: true }).toBuffer();
    expect((await sharp(animation).metadata()).pages).toBe(2);
    const image = await codec.normalise(animation);
    expect([image.widthPx, image.heightPx, image.extension]).toEqual([20, 20, 'png']);
    near((await pixelsOf(image.bytes)).at(10, 10), [230, 20, 30], 0);
  });

  it('16 bits become 8', async () => {
    const deep = new Uint16Array(20 * 10 * 3).map((_, index) => [0xffff, 0x8080, 0x0101][index % 3] as number);
    const bytes = await sharp(deep, { raw: { width: 20, height: 10, channels: 3 } })
      .toColourspace('rgb16')
      .png()
      .toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    const image = await codec.normalise(bytes);
    await plainSrgb(image.bytes);
    near((await pixelsOf(image.bytes)).at(3, 3), [255, 128, 1], 1);
  });

  it('CMYK becomes sRGB, not inverted', async () => {
    const bytes = await picture().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe('cmyk');
    const image = await codec.normalise(bytes);
    await plainSrgb(image.bytes);
    const [red, green, blue] = (await pixelsOf(image.bytes)).at(16, 11) as [number, number, number];
    expect(red).toBeGreaterThan(180);
    expect(Math.max(green, blue)).toBeLessThan(90);
  });

  it.each([8, 16])('Display P3 with %i bits is converted by its profile', async (bits) => {
    // 234, 51, 35 in P3 is the pure red of sRGB.
    const p3 = await sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 255, g: 0, b: 0 } } })
      .toColourspace(bits === 16 ? 'rgb16' : 'srgb')
      .withIccProfile('p3')
      .png()
      .toBuffer();
    expect((await sharp(p3).metadata()).depth).toBe(bits === 16 ? 'ushort' : 'uchar');
    const stored = await pixelsOf(await sharp(p3, { ignoreIcc: true }).png().toBuffer());
    near(stored.at(4, 4), [234, 51, 35], 3);
    const image = await codec.normalise(p3);
    await plainSrgb(image.bytes);
    near((await pixelsOf(image.bytes)).at(4, 4), [255, 0, 0], 4);
  });

  it('grey becomes three channels', async () => {
    const bytes = await sharp({ create: { width: 9, height: 7, channels: 3, background: { r: 90, g: 90, b: 90 } } }).toColourspace('b-w').png().toBuffer();
    expect((await sharp(bytes).metadata()).channels).toBe(1);
    const image = await codec.normalise(bytes);
    await plainSrgb(image.bytes);
    near((await pixelsOf(image.bytes)).at(4, 4), [90, 90, 90], 1);
  });

  it('alpha is laid on white', async () => {
    const bytes = await sharp({ create: { width: 6, height: 6, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0.5 } } }).png().toBuffer();
    const image = await codec.normalise(bytes);
    await plainSrgb(image.bytes);
    near((await pixelsOf(image.bytes)).at(2, 2), [127, 127, 127], 1);
  });

  it('a PNG whose gamma only some readers follow loses it', async () => {
    const gamma = Buffer.alloc(4);
    gamma.writeUInt32BE(100_000);
    const image = await codec.normalise(withChunk(await picture().png().toBuffer(), 'gAMA', gamma));
    expect(Buffer.from(image.bytes).includes('gAMA')).toBe(false);
  });

  it('EXIF, GPS and the like are gone after a conversion', async () => {
    const bytes = await picture().withMetadata({ orientation: 6 }).withExifMerge({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitudeRef: 'N' } }).jpeg().toBuffer();
    const image = await codec.normalise(bytes);
    await plainSrgb(image.bytes);
    expect([image.widthPx, image.heightPx]).toEqual([30, 40]);
  });
});

describe('sizes at the edge', () => {
  it.each([
    [1, 1],
    [1, 300],
    [300, 1],
  ])('%i x %i', async (widthPx, heightPx) => {
    for (const format of ['png', 'webp', 'tiff'] as const) {
      const bytes = await textured(widthPx, heightPx).toFormat(format).toBuffer();
      expect(await codec.normalise(bytes)).toMatchObject({ widthPx, heightPx });
      expect((await codec.rgbAt(bytes, 64, 64)).data).toHaveLength(64 * 64 * 3);
      expect((await pixelsOf((await codec.preview(bytes, 100)).bytes)).widthPx).toBeGreaterThan(0);
      expect((await codec.overlayThumbnail(bytes, null, 64)).length).toBeGreaterThan(0);
    }
  });
});

describe('preview', () => {
  it('hands a small web picture through, and shrinks a large one into the box', async () => {
    const bytes = await textured(300, 200).jpeg().toBuffer();
    const small = await codec.preview(bytes, 300);
    expect([Buffer.compare(small.bytes, bytes), small.mediaType]).toEqual([0, 'image/jpeg']);
    const shrunk = await pixelsOf((await codec.preview(bytes, 150)).bytes);
    expect([shrunk.widthPx, shrunk.heightPx]).toEqual([150, 100]);
  });

  it('makes a TIFF and a CMYK JPEG something a browser shows', async () => {
    for (const bytes of [await picture().tiff().toBuffer(), await picture().toColourspace('cmyk').jpeg().toBuffer()]) {
      const shown = await codec.preview(bytes, null);
      expect(shown.mediaType).toBe('image/jpeg');
      expect(await codec.probe(shown.bytes)).toMatchObject({ webReady: true, widthPx: 40, heightPx: 30 });
    }
  });
});
