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
      const stems = new Stems(all.length);
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
