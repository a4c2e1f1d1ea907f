import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assetKinds } from '../../../shared/domain/asset.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { SnapshotEntry } from '../../../shared/domain/maskSet.ts';
import { plainStem, Stems } from './stems.ts';

const id = fc.oneof(fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'ß', '/', '.', '%', '~'), minLength: 1, maxLength: 4 }), fc.string({ unit: fc.constantFrom('x', 'X'), minLength: 200, maxLength: 202 }));
const entries = fc.uniqueArray(fc.tuple(fc.constantFrom(...assetKinds), id), { selector: ([kind, text]) => `${kind} ${text}`, minLength: 1, maxLength: 40 });

test('stems are safe, unique whatever the case, found again in any case, and plain where nothing clashes', async () => {
  await fc.assert(
    fc.asyncProperty(entries, async (list) => {
      const all = list.map(([kind, text], position) => ({ position, asset: { kind, id: asId(text) } }) as unknown as SnapshotEntry);
      const stems = new Stems(all.length, 'ids');
      for (const entry of all) stems.add(entry);
      await stems.settle(async (position) => all[position] as SnapshotEntry);
      const names = all.map((entry) => stems.of(entry));
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
      const plain = all.map(({ asset }) => plainStem(asset));
      names.forEach((name, position) => {
        expect(name).toMatch(/^(product|frame)-[A-Za-z0-9._%~-]{1,194}$/);
        expect([stems.find(name), stems.find(name.toUpperCase())]).toEqual([position, position]);
        const clashes = plain.filter((other) => other.toLowerCase() === plain[position]?.toLowerCase()).length > 1;
        expect(name === plain[position]).toBe(!clashes);
      });
      expect(stems.find('product-of nobody')).toBeNull();
    }),
    { numRuns: 100 },
  );
});

const step = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '.', '_', ' ', 'é'), minLength: 1, maxLength: 3 });
const paths = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 30 });

test('original names: safe, unique and found again; as the photo is called wherever no other one is called so', async () => {
  await fc.assert(
    fc.asyncProperty(paths, async (list) => {
      const all = list.map((steps, position) => ({ position, asset: { kind: 'product_image', id: asId(`id${position}`) }, localPath: `/${steps.join('/')}.jpg` }) as unknown as SnapshotEntry);
      const stems = new Stems(all.length, 'original');
      for (const entry of all) stems.add(entry);
      await stems.settle(async (position) => all[position] as SnapshotEntry);
      const names = all.map((entry) => stems.of(entry));
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
      const own = list.map((steps) => (steps.at(-1) ?? '').toLowerCase());
      names.forEach((name, position) => {
        expect(name).toMatch(/^[A-Za-z0-9._%~-]{1,200}$/);
        expect([stems.find(name), stems.find(name.toUpperCase())]).toEqual([position, position]);
        if (own.filter((other) => other === own[position]).length === 1 && /^[ab_]+$/i.test(own[position] ?? '')) expect(name).toBe(list[position]?.at(-1));
      });
      expect(stems.granted.reduce((sum, count) => sum + count)).toBe(all.length);
    }),
    { numRuns: 100 },
  );
});

test.each<readonly [readonly string[], readonly string[]]>([
  [['/photos/shoe/back.jpg', '/photos/car/Front View.png'], ['back', 'Front%20View']],
  [['shoe/front.jpg', 'car/front.jpg', 'car/side.v2.jpg'], ['shoe_front', 'car_front', 'side.v2']],
  [['x/view/front.jpg', 'y/VIEW/front.jpg'], ['x_view_front', 'y_VIEW_front']],
  [['shoe/front.jpg', 'car/front.jpg', 'shoe_front.jpg'], ['photos_missing', 'car_front', 'shoe_front']],
])('%j', async (localPaths, expected) => {
  const all = localPaths.map((localPath, position) => ({ position, asset: { kind: 'product_image', id: asId(`id${position}`) }, localPath }) as unknown as SnapshotEntry);
  const stems = new Stems(all.length, 'original');
  for (const entry of all) stems.add(entry);
  await stems.settle(async (position) => all[position] as SnapshotEntry);
  const names = all.map((entry) => stems.of(entry));
  // Who comes last to a name that is taken gets a digest.
  expect(names.map((name, position) => (expected[position] === 'photos_missing' ? (name.startsWith('shoe_front~') ? expected[position] : name) : name))).toEqual(expected);
});
