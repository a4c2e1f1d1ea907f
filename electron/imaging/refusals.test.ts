import { describe, expect, it } from 'vitest';
import { isExpected } from '../../shared/errors/errors.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { createImageCodec } from './imageCodec.ts';
import { pngBomb, textured } from './testing/pictures.ts';

const codec = createImageCodec({ threads: 1 });

const refusal = async (work: Promise<unknown>): Promise<{ code: ErrorCode; message: string; cause: unknown }> => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isExpected(error)) throw error instanceof Error ? error : new Error('It was accepted');
  return { code: error.code, message: error.message, cause: error.cause };
};

/** Asked for one after the other: a refusal that comes before anybody waits for it would end the process. */
const everyWay = (bytes: Uint8Array): readonly (() => Promise<unknown>)[] => [
  () => codec.normalise(bytes),
  () => codec.rgbAt(bytes, 32, 32),
  () => codec.preview(bytes, 32),
  () => codec.overlayThumbnail(bytes, null, 32),
];

describe('damaged files', () => {
  it.each(['jpeg', 'png', 'webp', 'avif', 'tiff'] as const)('a %s that was cut off anywhere is refused with a sentence', async (format) => {
    const whole = await textured(90, 70).toFormat(format).toBuffer();
    for (const share of [0.02, 0.2, 0.5, 0.8, 0.95]) {
      const { code, message } = await refusal(codec.normalise(whole.subarray(0, Math.floor(whole.length * share))));
      expect([code, message]).toEqual(['image_unreadable', expect.stringMatching(/\.$/)]);
    }
  });

  it('a PNG that lacks nothing but its end is refused all the same', async () => {
    const whole = await textured(90, 70).png().toBuffer();
    expect((await refusal(codec.normalise(whole.subarray(0, -12)))).code).toBe('image_unreadable');
  });

  it('pixels that were overwritten are found, and the words of the decoder are kept as cause', async () => {
    const whole = Buffer.from(await textured(200, 150).png().toBuffer());
    whole.fill(0xaa, 2000, 4000);
    const { code, cause } = await refusal(codec.normalise(whole));
    expect(code).toBe('image_unreadable');
    expect((cause as Error).message.length).toBeGreaterThan(0);
  });

  it('an empty file', async () => {
    for (const ask of everyWay(new Uint8Array(0))) expect((await refusal(ask())).code).toBe('image_unreadable');
  });
});

describe('files that are no photos', () => {
  it.each([
    ['text renamed to .jpg', 'This is a shopping list, not a photo.\n', /text/],
    ['SVG', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', /SVG/],
    ['SVG without a prologue', '<svg width="9" height="9"></svg>', /SVG/],
    ['PDF', '%PDF-1.7\n%\xe2\xe3\xcf\xd3', /PDF/],
    ['GIF', 'GIF89a\x01\x00\x01\x00\x80\x00\x00', /GIF/],
    ['HEIC', '\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic', /HEIC/],
    ['a film', '\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2', /video/],
    ['a web page', '<!DOCTYPE html><html></html>', /web page/],
  ])('%s', async (_, content, words) => {
    for (const ask of everyWay(Buffer.from(content, 'latin1'))) {
      const { code, message } = await refusal(ask());
      expect(code).toBe('image_unsupported');
      expect(message).toMatch(words);
    }
  });
});

describe('decompression bombs', () => {
  it('are refused by their header, with the numbers', async () => {
    for (const ask of everyWay(pngBomb(50_000, 50_000))) {
      const { code, message } = await refusal(ask());
      expect(code).toBe('image_too_large');
      expect(message).toContain('50000 x 50000');
      expect(message).toContain('100 megapixels');
    }
    expect((await refusal(codec.decodeMask(pngBomb(50_000, 50_000)))).code).toBe('image_too_large');
  });

  it('the limit is a setting, and exact', async () => {
    const bytes = await textured(100, 100).png().toBuffer();
    await expect(createImageCodec({ maxMegapixels: 0.01 }).normalise(bytes)).resolves.toMatchObject({ widthPx: 100 });
    expect((await refusal(createImageCodec({ maxMegapixels: 0.009999 }).normalise(bytes))).code).toBe('image_too_large');
  });
});
