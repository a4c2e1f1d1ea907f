import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import { maskPngExport, maskPngImport } from './maskPng.ts';
import { arbitraryMask } from './testing/arbitraryMask.ts';
import { fuzzImport } from './testing/fuzzImport.ts';
import { inFolder, sureness } from './testing/inFolder.ts';
import { labelsOf, textOf } from './testing/pictureOf.ts';
import { codec, exportTo, openReader, readAll } from './testing/tryFormat.ts';

test('every mask comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(arbitraryMask, { minLength: 1, maxLength: 4 }), async (masks) => {
      const folder = await mkdtemp(join(tmpdir(), 'maskdesk-format-'));
      try {
        await exportTo(folder, maskPngExport, masks.map((mask) => ({ mask })));
        const images = await readAll(await openReader(folder, maskPngImport));
        expect(images.map(({ file }) => file)).toEqual(masks.map((_mask, index) => `masks/product-p${index + 1}.png`));
        for (const [index, mask] of masks.entries()) expect(images[index]?.instances[0]?.mask).toEqual(mask);
      } finally {
        await rm(folder, { recursive: true });
      }
    }),
    { numRuns: 40 },
  );
});

test('broken PNGs are an error each', () => fuzzImport(maskPngImport, (folder) => exportTo(folder, maskPngExport, [{ mask: emptyBitmap(9, 5) }, { mask: emptyBitmap(1, 7) }, { mask: { widthPx: 2, heightPx: 2, data: Uint8Array.of(255, 0, 0, 255) } }])));

test('photos that come along are no masks', async () => {
  await inFolder({}, async (folder) => {
    await exportTo(folder, maskPngExport, [{ mask: labelsOf('#.') }], { withPhotos: true });
    expect(await readAll(await openReader(folder, maskPngImport))).toMatchObject([{ file: 'masks/product-p1.png', photoPath: 'images/product-p1.png', instances: [{ mask: labelsOf('#.') }] }]);
  });
});

const two = { widthPx: 2, heightPx: 1 };
test.each([
  ['grey', codec.encodeNumbers(2, 1, Uint8Array.of(127, 128)), '.#'],
  ['zeros and ones', codec.encodeNumbers(2, 1, Uint8Array.of(1, 0)), '#.'],
  ['16 bits', codec.encodeNumbers(2, 1, Uint16Array.of(0x7fff, 0x8000)), '.#'],
  ['indices with colours', codec.encodeIndexed(2, 1, Uint8Array.of(0, 1), Uint8Array.of(0, 0, 0, 128, 0, 0)), '.#'],
  ['a palette of greys, light first', codec.encodeIndexed(2, 1, Uint8Array.of(0, 1), Uint8Array.of(255, 255, 255, 0, 0, 0)), '#.'],
  ['red on black', codec.encodeRgb({ ...two, data: Uint8Array.of(255, 0, 0, 0, 0, 0) }), '#.'],
  ['white on white, told apart by alpha', codec.encodeCutout({ ...two, data: Uint8Array.of(255, 255, 255, 0, 255, 255, 255, 255) }, { format: 'png' }), '.#'],
  ['opaque with an alpha that says nothing', codec.encodeCutout({ ...two, data: Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 255) }, { format: 'png' }), '#.'],
  ['a soft mask that is weak everywhere', codec.encodeNumbers(2, 1, Uint8Array.of(30, 100)), '..'],
  ['numbers of classes', codec.encodeNumbers(2, 1, Uint8Array.of(3, 12)), '##'],
  ['an alpha that is not quite opaque somewhere', codec.encodeCutout({ ...two, data: Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 254) }, { format: 'png' }), '#.'],
  ['nothing', codec.encodeNumbers(2, 1, new Uint8Array(2)), '..'],
])('reads %s', async (_what, png, expected) => {
  await inFolder({ 'a.png': await png }, async (folder) => {
    const [image] = await readAll(await openReader(folder, maskPngImport));
    expect(textOf(image?.instances[0]?.mask as Bitmap)).toBe(expected);
  });
});

test('a photo that is called a mask is none where masks have a folder, and its mask keeps the whole name', async () => {
  await inFolder({}, async (folder) => {
    await exportTo(folder, maskPngExport, [{ mask: labelsOf('#.'), id: 'face-mask' }, { mask: labelsOf('.#'), id: 'face' }], { withPhotos: true });
    expect((await readAll(await openReader(folder, maskPngImport))).map(({ file, plainFile, photoPath }) => [file, plainFile, photoPath])).toEqual([
      ['masks/product-face-mask.png', 'masks/product-face.png', 'images/product-face-mask.png'],
      ['masks/product-face.png', undefined, 'images/product-face.png'],
    ]);
  });
});

test('names are offered without what says mask, too; a folder of photos is not taken for sure', async () => {
  const [grey, colour] = [await codec.encodeMask(labelsOf('#.')), await codec.encodeRgb({ ...two, data: new Uint8Array(6) })];
  await inFolder({ 'a_mask.png': grey, 'b-mask.png': grey, 'c.mask.png': grey, 'a.jpg': 'not looked at', 'b.png': colour, '_mask.png': grey }, async (folder) => {
    const images = await readAll(await openReader(folder, maskPngImport));
    expect(images.map(({ file, plainFile, photoPath }) => [file, plainFile, photoPath])).toEqual([['_mask.png', undefined, null], ['a_mask.png', 'a.png', 'a.jpg'], ['b-mask.png', 'b.png', 'b.png'], ['c.mask.png', 'c.png', null]]);
  });
  expect(await sureness({ 'a.png': colour, 'b.png': grey }, maskPngImport)).toBe(0.1);
  expect(await sureness({ 'a.png': grey }, maskPngImport)).toBe(0.4);
  expect(await sureness({ 'masks/a.png': grey }, maskPngImport)).toBe(0.6);
  expect(await sureness({ 'a.jpg': 'photo' }, maskPngImport)).toBe(0);
});
