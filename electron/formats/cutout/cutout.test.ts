import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sameBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { maskPngImport } from '../maskPng.ts';
import { fuzzImport } from '../testing/fuzzImport.ts';
import { inFolder, sureness } from '../testing/inFolder.ts';
import { labelsOf, lines, textOf } from '../testing/pictureOf.ts';
import { codec, exportTo, openReader, readAll } from '../testing/tryFormat.ts';
import { cutoutExport, cutoutImport } from './index.ts';

const withMatte: fc.Arbitrary<{ mask: Bitmap; matte: Uint8Array | undefined }> = arbitraryMask.chain((mask) =>
  fc.option(fc.uint8Array({ minLength: mask.data.length, maxLength: mask.data.length }), { nil: undefined, freq: 2 }).map((matte) => ({ mask, matte })),
);

test('a mask comes back as it was, and with a matte’s edge exactly what was declared is lost', async () => {
  await fc.assert(
    fc.asyncProperty(withMatte, fc.constantFrom('png', 'webp', 'webp-lossy'), fc.boolean(), fc.constantFrom('matte', 'mask'), async ({ mask, matte }, format, trim, edge) => {
      await inFolder({}, async (folder) => {
        const [losses] = await exportTo(folder, cutoutExport, [{ mask, ...(matte === undefined ? {} : { matte }) }], { options: { format, trim, edge } });
        const [image] = await readAll(await openReader(folder, cutoutImport));
        const read = image?.instances[0]?.mask as Bitmap;
        expect(image).toMatchObject({ file: 'product-p1.png', size: { widthPx: mask.widthPx, heightPx: mask.heightPx } });
        const expected = edge === 'mask' || matte === undefined ? mask : { ...mask, data: matte.map((value) => (value >= 128 ? 255 : 0)) };
        expect(sameBitmap(read, expected)).toBe(true);
        expect(losses).toHaveLength(sameBitmap(expected, mask) ? 0 : 1);
      });
    }),
    { numRuns: 60 },
  );
});

test('colours are the photo’s, alpha is straight, nothing of the background comes along', async () => {
  const photo = await codec.encodeRgb({ widthPx: 3, heightPx: 2, data: Uint8Array.from({ length: 18 }, (_, at) => 10 * at) });
  await inFolder({}, async (folder) => {
    const losses = await exportTo(folder, cutoutExport, [{ mask: labelsOf('.## ...'), matte: Uint8Array.of(0, 40, 255, 0, 0, 0), photo, split: 'val' }]);
    expect(losses).toEqual([["1 pixel is on the other side of the matte's edge than of the mask's."]]);
    const read = await codec.decodeCutout(await readFile(join(folder, 'val/cutouts/product-p1.png')));
    expect([read.widthPx, read.heightPx, [...read.data]]).toEqual([2, 1, [30, 40, 50, 40, 60, 70, 80, 255]]);
    expect(await readFile(join(folder, 'val/cutouts.jsonl'), 'utf8')).toBe(
      '{"file":"cutouts/product-p1.png","image":"product-p1.png","width":3,"height":2,"left":1,"top":0,"cutout_width":2,"cutout_height":1,"edge":"matte","category":"product"}\n',
    );
  });
});

test('cut-outs of other tools: as large as their photos, without a sidecar', async () => {
  const files = { 'a.png': await codec.encodeCutout({ widthPx: 2, heightPx: 1, data: Uint8Array.of(9, 9, 9, 127, 9, 9, 9, 128) }, { format: 'png' }), 'b.webp': await codec.encodeCutout({ widthPx: 2, heightPx: 1, data: Uint8Array.of(1, 2, 3, 200, 1, 2, 3, 0) }, { format: 'webp', quality: null }) };
  expect(await sureness(files, cutoutImport)).toBe(0.5);
  expect(await sureness({ 'a.png': await codec.encodeMask(labelsOf('.#')) }, cutoutImport)).toBe(0);
  await inFolder(files, async (folder) => {
    const images = await readAll(await openReader(folder, cutoutImport));
    expect(images.map(({ file, instances }) => [file, textOf(instances[0]?.mask as Bitmap)])).toEqual([['a.png', lines('.#')], ['b.webp', lines('#.')]]);
  });
});

test('pictures whose alpha cuts nothing out are no cut-outs: masks in black and white among them', async () => {
  const opaque = await codec.encodeCutout({ widthPx: 2, heightPx: 1, data: Uint8Array.of(0, 0, 0, 255, 255, 255, 255, 255) }, { format: 'png' });
  const cutOut = await codec.encodeCutout({ widthPx: 2, heightPx: 1, data: Uint8Array.of(9, 9, 9, 0, 9, 9, 9, 255) }, { format: 'png' });
  expect(await sureness({ 'a.png': opaque, 'b.png': opaque }, cutoutImport)).toBeLessThan(await sureness({ 'a.png': opaque, 'b.png': opaque }, maskPngImport));
  expect(await sureness({ 'a.png': opaque, 'b.png': cutOut }, cutoutImport)).toBe(0.5);
  // Also where the first ones fill their frames, and where none can be read.
  expect(await sureness(Object.fromEntries(Array.from('abcdefghijklmnopqrst', (name) => [`${name}.png`, name < 'f' ? opaque : cutOut])), cutoutImport)).toBe(0.5);
  expect(await sureness({ 'a.png': cutOut.subarray(0, 40) }, cutoutImport)).toBe(0.5);
  await inFolder({ 'a.png': opaque, 'b.png': cutOut }, async (folder) => {
    await expect(openReader(folder, cutoutImport).then(readAll)).rejects.toMatchObject({ code: 'annotations_invalid', message: expect.stringMatching(/^a\.png: .*Mask PNGs/) as string });
  });
});

test.each([
  ['beyond the photo', { left: 2 }, 'cutouts.jsonl, line 1, column 1: The cut-out reaches beyond its photo.'],
  ['a path that leads out', { file: '../../secret.png' }, 'There is no file ../../secret.png beside it.'],
  ['another size than the file', { cutout_width: 1 }, 'cutouts/a.png: It is 2 x 1 pixels, and cutouts.jsonl says 1 x 1.'],
  ['a size without end', { width: 1e9, height: 1e9 }, 'It claims 1000000000 x 1000000000 pixels'],
])('refuses %s', async (_what, change, sentence) => {
  const line = { file: 'cutouts/a.png', image: 'a.jpg', width: 3, height: 1, left: 0, top: 0, cutout_width: 2, cutout_height: 1, edge: 'mask', category: 'cup', ...change };
  const files = { 'cutouts.jsonl': `${JSON.stringify(line)}\n`, 'cutouts/a.png': await codec.encodeCutout({ widthPx: 2, heightPx: 1, data: new Uint8Array(8) }, { format: 'png' }) };
  await inFolder(files, async (folder) => {
    await expect(openReader(folder, cutoutImport).then(readAll)).rejects.toMatchObject({ code: 'annotations_invalid', message: expect.stringContaining(sentence) as string });
  });
});

test('whatever is broken: an error with its place, or what is there', async () => {
  await fuzzImport(cutoutImport, async (folder) => void (await exportTo(folder, cutoutExport, [{ mask: labelsOf('##.. #..# ####') }, { mask: labelsOf('.#') }])), { numRuns: 300 });
});
