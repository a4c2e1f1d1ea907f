import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { fileNameOfId } from '../../../shared/domain/fileName.ts';
import type { OptionValues } from '../../../shared/domain/formatOptions.ts';
import { areaPx, emptyBitmap, sameBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { unite } from '../../../shared/mask/compositing.ts';
import type { ExportFormat } from '../../../shared/ports/exportFormat.ts';
import type { ImportFormat } from '../../../shared/ports/importFormat.ts';
import { sha256Hex } from '../../base/hash.ts';
import { openFolderSource } from '../../exchange/folderSource.ts';
import { smallMask } from './arbitraryMask.ts';
import { inFolder } from './inFolder.ts';
import { arbitraryCategory, arbitraryId } from './oddNames.ts';
import { exportAll, openReader, readAll, recognising, type TriedMask } from './tryFormat.ts';

/** As the engine calls files: by id with the kind before it, or as the photos are called; unique whatever the case. */
const arbitrarySet: fc.Arbitrary<readonly TriedMask[]> = fc
  .record({
    items: fc.array(fc.record({ mask: smallMask, id: arbitraryId, category: arbitraryCategory, ending: fc.constantFrom('png', 'jpg', 'webp'), split: fc.constantFrom('train' as const, 'val' as const, 'test' as const) }), { minLength: 1, maxLength: 5 }),
    isSplit: fc.boolean(),
    prefix: fc.constantFrom('product-', ''),
  })
  .map(({ items, isSplit, prefix }) => {
    const named = items.map((item) => ({ ...item, split: isSplit ? item.split : null, stem: `${prefix}${fileNameOfId(item.id, sha256Hex)}` }));
    return named.filter(({ stem }, index) => named.findIndex((other) => other.stem.toLowerCase() === stem.toLowerCase()) === index);
  });

const pixels: Bitmap = { widthPx: 2, heightPx: 2, data: Uint8Array.of(0, 255, 255, 0) };

/** Each of these went wrong in some format; drawn they would come up now and then. */
const known: [readonly TriedMask[], boolean][] = [
  [['readme', 'train', 'classes', '1a2b3c4d-shoe', 'face-mask', 'face', 'a.b', '100%25'].map((stem) => ({ mask: pixels, stem, id: stem })), true],
  [[{ mask: pixels, stem: 'street_gtFine_labelIds', split: 'train' }, { mask: emptyBitmap(1, 1), stem: 'face_mask', split: 'test' }], true],
  [[{ mask: emptyBitmap(3, 2), stem: 'cup-mask' }], true],
  [['items', 'segments_info', 'caption', 'shapes'].map((category, index) => ({ mask: pixels, stem: `s${index}`, category, split: index < 2 ? 'train' : 'val' })), false],
  [['a\u0001', 'a\u0002', 'a\ufffd', 'yes', '12:30', '#x', '# label:x', 'a:b', 'a_b', 'p\nq', 'p q', ' lead ', 'lead', 'background', 'background 2'].map((category, index) => ({ mask: pixels, stem: `c${index}`, category })), false],
];

const stemOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');

/** Names that are safe everywhere, each once; none of a split that has nothing. */
const checkPaths = (paths: readonly string[], items: readonly TriedMask[]): void => {
  expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
  for (const path of paths) expect(path).toMatch(/^(?!\/)[A-Za-z0-9_.%/-]+$/);
  const stems = new Set(items.map(({ stem }) => stem));
  for (const split of ['train', 'val', 'test'] as const) {
    if (items.some((item) => item.split === null || item.split === split)) continue;
    const named = new RegExp(`(^|[/_-])${split === 'val' ? 'val(idation)?' : split}([/_.-]|$)`);
    expect(paths.filter((path) => !stems.has(stemOf(path)) && named.test(path.slice(0, path.lastIndexOf('/') + 1)))).toEqual([]);
  }
};

/**
 * A set of any names, categories and splits, also with a split that is empty: written, recognised before all `others`, and read back image by image with its
 * pixels and its categories; a category may be called otherwise only where the item's losses tell it.
 */
export const comesBack = async (exportFormat: ExportFormat, importFormat: ImportFormat, others: readonly ImportFormat[], { options = {}, numRuns = 15 }: { readonly options?: OptionValues; readonly numRuns?: number } = {}): Promise<void> => {
  await fc.assert(
    fc.asyncProperty(arbitrarySet, fc.boolean(), async (drawn, withPhotos) => {
      const items = drawn.map((item) => ({ category: 'product', split: null, ...item }));
      await inFolder({}, async (folder) => {
        const { losses, categoryOf, paths } = await exportAll(folder, exportFormat, items, { options, withPhotos: withPhotos || exportFormat.photos === 'always' });
        checkPaths(paths, items);
        const source = await openFolderSource(folder);
        const own = await importFormat.recognise(source, recognising);
        for (const other of others) if (other.id !== importFormat.id) expect(await other.recognise(source, recognising), `${other.id} is as sure of it`).toBeLessThan(own);
        await source.close();
        const reader = await openReader(folder, importFormat);
        const images = await readAll(reader);
        expect(images.map(({ file }) => stemOf(file)).toSorted()).toEqual(items.map(({ stem = '' }) => stem).toSorted());
        expect(reader.imageCount).toBe(items.length);
        for (const [index, item] of items.entries()) {
          const { instances } = images.find(({ file }) => stemOf(file) === item.stem) as (typeof images)[number];
          const { widthPx, heightPx } = item.mask;
          const found = instances.map(({ mask }) => mask).reduce<Bitmap>((a, b) => unite(a, b), emptyBitmap(widthPx, heightPx));
          expect(sameBitmap(found, item.mask)).toBe(true);
          if (areaPx(item.mask) > 0) expect(instances.length).toBeGreaterThan(0);
          if (!exportFormat.hasCategories) continue;
          for (const { category } of instances) {
            expect(category).toBe(categoryOf(item));
            expect(reader.categories).toContain(category);
          }
          expect(losses[index]?.length, JSON.stringify(item.category)).toBe(categoryOf(item) === item.category ? 0 : 1);
        }
        const called = new Map(items.map((item) => [item.category, categoryOf(item)]));
        expect(new Set(called.values()).size, 'two categories became one').toBe(called.size);
        // Photos are found where they came along.
        for (const { photoPath } of images) if (withPhotos && photoPath !== null) await readFile(join(folder, photoPath));
      });
    }),
    { numRuns: numRuns + known.length, examples: known },
  );
};
