import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { decode as decodeOtherwise, encode as encodeOtherwise } from 'fast-png';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { BugError } from '../../../shared/errors/errors.ts';
import { createImageCodec } from '../imageCodec.ts';
import { pngBomb, pngChunk, pngSignature } from '../testing/pictures.ts';

const codec = createImageCodec({ threads: 2, maxMegapixels: 1 });

const sized = <T>(values: (count: number) => fc.Arbitrary<T>, channels = 1): fc.Arbitrary<{ widthPx: number; heightPx: number; data: T }> =>
  fc.record({ widthPx: fc.integer({ min: 1, max: 40 }), heightPx: fc.integer({ min: 1, max: 30 }) }).chain(({ widthPx, heightPx }) => values(widthPx * heightPx * channels).map((data) => ({ widthPx, heightPx, data })));

const bytes = (most: number) => (count: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: count, maxLength: count, max: most });
const palette = Uint8Array.from({ length: 768 }, (_, index) => (index * 37 + 11) % 256);
const rowsOf = (image: { heightPx: number; data: Uint8Array }, rowBytes: number): Buffer =>
  Buffer.concat(Array.from({ length: image.heightPx }, (_, y) => Buffer.concat([Buffer.of(0), image.data.subarray(y * rowBytes, (y + 1) * rowBytes)])));

const made = (widthPx: number, heightPx: number, [bitDepth, colourType]: readonly [number, number], rows: Uint8Array, ...between: Buffer[]): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([bitDepth, colourType], 8);
  return Buffer.concat([pngSignature, pngChunk('IHDR', header), ...between, pngChunk('IDAT', deflateSync(rows)), pngChunk('IEND', Buffer.alloc(0))]);
};

describe('what we write', () => {
  it('indices and colours come back as they are, and other decoders see them too', async () => {
    await fc.assert(
      fc.asyncProperty(sized(bytes(255)), async ({ widthPx, heightPx, data }) => {
        const png = await codec.encodeIndexed(widthPx, heightPx, data, palette);
        expect(Buffer.compare(png, await codec.encodeIndexed(widthPx, heightPx, data, palette))).toBe(0);
        const read = await codec.decodeIndexed(png);
        expect(read).toMatchObject({ widthPx, heightPx, channels: 1, bitDepth: 8 });
        expect([Buffer.compare(read.data as Uint8Array, data), Buffer.compare(read.palette as Uint8Array, palette)]).toEqual([0, 0]);
        const other = decodeOtherwise(png, { checkCrc: true });
        expect(Buffer.compare(other.data as Uint8Array, data)).toBe(0);
        const colours = Uint8Array.from({ length: data.length * 3 }, (_, at) => palette[(data[Math.floor(at / 3)] as number) * 3 + (at % 3)] as number);
        expect(Buffer.compare((await codec.decodeRgb(png)).data, colours)).toBe(0);
        expect(Buffer.compare(await sharp(png).toColourspace('srgb').raw().toBuffer(), colours)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('numbers of 16 bits and colours too', async () => {
    await fc.assert(
      fc.asyncProperty(sized((count) => fc.uint16Array({ minLength: count, maxLength: count })), sized(bytes(255), 3), async (deep, rgb) => {
        const png = await codec.encodeNumbers(deep.widthPx, deep.heightPx, deep.data);
        expect(await codec.decodeIndexed(png)).toEqual({ widthPx: deep.widthPx, heightPx: deep.heightPx, channels: 1, bitDepth: 16, data: deep.data, palette: null, paletteAlpha: null });
        expect(decodeOtherwise(png, { checkCrc: true }).data).toEqual(deep.data);
        const read = await codec.decodeRgb(await codec.encodeRgb(rgb));
        expect([read.widthPx, read.heightPx, Buffer.compare(read.data, rgb.data)]).toEqual([rgb.widthPx, rgb.heightPx, 0]);
      }),
      { numRuns: 30 },
    );
  });

  it('refuses an index without a colour', async () => {
    await expect(codec.encodeIndexed(1, 1, Uint8Array.of(2), Uint8Array.of(0, 0, 0, 9, 9, 9))).rejects.toBeInstanceOf(BugError);
  });
});

describe('what others write', () => {
  it.each([1, 2, 4])('indices and grey of %i bits', async (bitDepth) => {
    await fc.assert(
      fc.asyncProperty(sized(bytes((1 << bitDepth) - 1)), async ({ widthPx, heightPx, data }) => {
        const rowBytes = Math.ceil((widthPx * bitDepth) / 8);
        const packed = new Uint8Array(rowBytes * heightPx);
        data.forEach((value, index) => {
          const [x, y] = [index % widthPx, Math.floor(index / widthPx)];
          const bit = x * bitDepth;
          packed[y * rowBytes + (bit >> 3)] = (packed[y * rowBytes + (bit >> 3)] as number) | (value << (8 - bitDepth - (bit & 7)));
        });
        const rows = rowsOf({ heightPx, data: packed }, rowBytes);
        const colours = palette.slice(0, 3 << bitDepth);
        expect(Buffer.compare((await codec.decodeIndexed(made(widthPx, heightPx, [bitDepth, 0], rows))).data as Uint8Array, data)).toBe(0);
        const indexed = await codec.decodeIndexed(made(widthPx, heightPx, [bitDepth, 3], rows, pngChunk('PLTE', colours), pngChunk('tRNS', Buffer.of(0))));
        expect([Buffer.compare(indexed.data as Uint8Array, data), Buffer.compare(indexed.palette as Uint8Array, colours), indexed.paletteAlpha?.[0]]).toEqual([0, 0, 0]);
      }),
      { numRuns: 20 },
    );
  });

  it('every filter, interlaced or not, 8 and 16 bits, up to four samples a pixel', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(3, 4), fc.boolean(), sized(bytes(255), 4), async (channels, progressive, { widthPx, heightPx, data }) => {
        const values = data.subarray(0, widthPx * heightPx * channels);
        const png = await sharp(values, { raw: { width: widthPx, height: heightPx, channels: channels } }).png({ progressive, adaptiveFiltering: true }).toBuffer();
        const read = await codec.decodeSamples(png);
        expect([read.channels, Buffer.compare(read.data as Uint8Array, values)]).toEqual([channels, 0]);
      }),
      { numRuns: 30 },
    );
    const deep = Uint16Array.from({ length: 45 * 31 }, (_, index) => (index * 4099) % 65536);
    for (const interlace of ['null', 'Adam7'] as const) {
      const png = encodeOtherwise({ width: 45, height: 31, data: deep, depth: 16, channels: 1 }, { interlace });
      expect((await codec.decodeIndexed(png)).data).toEqual(deep);
    }
  });

  it('indices of less than 8 bits, interlaced', async () => {
    const stripes = Uint8Array.from({ length: 53 * 29 * 3 }, (_, at) => (Math.floor(at / 3) % 53 < 20 ? [250, 10, 0] : Math.floor(at / 159) < 9 ? [0, 20, 255] : [7, 7, 7])[at % 3] as number);
    const png = await sharp(stripes, { raw: { width: 53, height: 29, channels: 3 } }).png({ palette: true, colours: 3, dither: 0, progressive: true }).toBuffer();
    const read = await codec.decodeIndexed(png);
    expect([read.bitDepth, png[28]]).toEqual([2, 1]);
    expect(Buffer.compare((await codec.decodeRgb(png)).data, await sharp(png).toColourspace('srgb').raw().toBuffer())).toBe(0);
  });
});

describe('what is refused', () => {
  const grey = [8, 0] as const;
  it.each([
    ['too large by its header', pngBomb(2000, 2000), 'image_too_large'],
    ['pixels that so few bytes cannot hold', pngBomb(900, 900), 'image_unreadable'],
    ['more than it claims', made(10, 10, grey, Buffer.alloc(5_000_000)), 'image_unreadable'],
    ['fewer rows', made(10, 10, grey, Buffer.alloc(60)), 'image_unreadable'],
    ['a filter that is none', made(2, 1, grey, Buffer.of(9, 0, 0)), 'image_unreadable'],
    ['depth and colour that do not go together', made(2, 1, [2, 6], Buffer.of(0, 0, 0)), 'image_unreadable'],
    ['no palette', made(1, 1, [8, 3], Buffer.of(0, 0)), 'image_unreadable'],
    ['an index without a colour', made(1, 1, [8, 3], Buffer.of(0, 5), pngChunk('PLTE', Buffer.alloc(6))), 'image_unreadable'],
    ['no picture', Buffer.concat([pngSignature, pngChunk('IEND', Buffer.alloc(0))]), 'image_unreadable'],
    ['no PNG', Buffer.from('<svg/>'), 'image_unsupported'],
    ['colours where labels are meant', made(1, 1, [8, 2], Buffer.of(0, 1, 2, 3)), 'image_unsupported'],
  ])('%s', async (_what, png, code) => {
    await expect(codec.decodeIndexed(png)).rejects.toMatchObject({ code });
  });

  it('whatever is cut or changed: an error or a picture, never anything else', async () => {
    const whole = await codec.encodeIndexed(20, 12, Uint8Array.from({ length: 240 }, (_, index) => index), palette);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), async (at, value, cut) => {
        const png = cut ? whole.slice(0, at) : Uint8Array.from(whole, (byte, index) => (index === at ? value : byte));
        const read = await codec.decodeSamples(png).catch((error: unknown) => error);
        if (read instanceof Error) expect(read).toMatchObject({ code: expect.stringMatching(/^image_/) as string });
        else expect((read as { data: Uint8Array; widthPx: number; heightPx: number; channels: number }).data).toHaveLength((read as { widthPx: number }).widthPx * (read as { heightPx: number }).heightPx * (read as { channels: number }).channels);
      }),
      { numRuns: 150 },
    );
  });
});

describe('cut-outs', () => {
  it('PNG and lossless WebP keep every value, also of what cannot be seen', async () => {
    await fc.assert(
      fc.asyncProperty(sized(bytes(255), 4), async (picture) => {
        for (const file of [{ format: 'png' }, { format: 'webp', quality: null }] as const) {
          const read = await codec.decodeCutout(await codec.encodeCutout(picture, file));
          expect([read.widthPx, read.heightPx, Buffer.compare(read.data, picture.data)]).toEqual([picture.widthPx, picture.heightPx, 0]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('WebP with a quality keeps alpha', async () => {
    const picture = { widthPx: 40, heightPx: 30, data: Uint8Array.from({ length: 4800 }, (_, at) => (at % 4 === 3 ? (at * 7) % 256 : 128)) };
    const read = await codec.decodeCutout(await codec.encodeCutout(picture, { format: 'webp', quality: 80 }));
    expect(read.data.filter((_, at) => at % 4 === 3)).toEqual(Buffer.from(picture.data.filter((_, at) => at % 4 === 3)));
  });
});
