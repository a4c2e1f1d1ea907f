import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asId } from '../../../shared/domain/ids.ts';
import { splitNames, type SnapshotEntry, type SnapshotLink, type SplitChoice } from '../../../shared/domain/maskSet.ts';
import { assignSplits, madeSplits } from './assignSplits.ts';
import { SplitGroups } from './splitGroups.ts';

type Member = Pick<SnapshotEntry, 'asset' | 'productId' | 'videoId'>;

const member = fc.record({ product: fc.option(fc.integer({ min: 0, max: 12 })), video: fc.option(fc.integer({ min: 0, max: 6 })) });
const members = fc.array(member, { minLength: 1, maxLength: 60 }).map((list) =>
  list.map(({ product, video }, index): Member => {
    const isImage = product !== null || video === null;
    return { asset: { kind: isImage ? 'product_image' : 'keyframe', id: asId(`a${index}`) }, productId: isImage && product !== null ? asId(`same${product}`) : null, videoId: isImage ? null : asId(`same${video}`) };
  }),
);
const links = fc.array(fc.record({ productId: fc.integer({ min: 0, max: 14 }), videoId: fc.integer({ min: 0, max: 8 }) }), { maxLength: 8 }).map((list) => list.map(({ productId, videoId }): SnapshotLink => ({ productId: asId(`same${productId}`), videoId: asId(`same${videoId}`) })));
const choice = fc.record({ weights: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat(4), fc.nat(4)), seed: fc.nat() }).map(({ weights, seed }): SplitChoice => {
  const sum = weights[0] + weights[1] + weights[2];
  return { shares: { train: weights[0] / sum, val: weights[1] / sum, test: weights[2] / sum }, seed };
});

const split = async (list: readonly Member[], linked: readonly SnapshotLink[], chosen: SplitChoice): Promise<Map<string, string>> => {
  const groups = new SplitGroups(linked);
  for (const each of list) groups.add(each);
  const assigned = await assignSplits(groups.sizes(), chosen);
  return new Map(list.map((each) => [each.asset.id, assigned.get(groups.of(each)) ?? 'none']));
};

test('no product, no video and no two that are linked are in two splits; every entry is in one that is made; the order of entries and links does not matter', async () => {
  await fc.assert(
    fc.asyncProperty(members, links, choice, fc.nat(), async (list, linked, chosen, turn) => {
      const result = await split(list, linked, chosen);
      const together = (key: (each: Member) => string | null): void => {
        const seen = new Map<string, string>();
        for (const each of list) {
          const [name, where] = [key(each), result.get(each.asset.id) ?? ''];
          if (name !== null) expect(seen.get(name) ?? where).toBe(where);
          if (name !== null) seen.set(name, where);
        }
        return undefined;
      };
      together(({ productId }) => productId);
      together(({ videoId }) => videoId);
      for (const { productId, videoId } of linked) together((each) => (each.productId === productId || each.videoId === videoId ? 'linked' : null));
      for (const where of result.values()) expect(madeSplits(chosen)).toContain(where);
      const at = turn % list.length;
      expect(await split([...list.slice(at), ...list.slice(0, at)].reverse(), [...linked].reverse(), chosen)).toEqual(new Map([...result].map(([id]) => [id, result.get(id)])));
    }),
    { numRuns: 200 },
  );
});

test('no group that moves, and no two that change places, would bring the counts nearer to the shares; no split is empty that need not be', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 40 }).map((list) => new Map(list.map((size, index) => [`g${index}`, size])));
  await fc.assert(
    fc.asyncProperty(sizes, choice, async (groups, chosen) => {
      const names = madeSplits(chosen);
      const total = [...groups.values()].reduce((sum, size) => sum + size, 0);
      const assigned = await assignSplits(groups, chosen);
      const distance = (of: ReadonlyMap<string, string>): number => {
        const counts = new Map<string, number>();
        for (const [group, size] of groups) counts.set(of.get(group) ?? '', (counts.get(of.get(group) ?? '') ?? 0) + size);
        return names.reduce((sum, name) => sum + ((counts.get(name) ?? 0) - chosen.shares[name] * total) ** 2, 0);
      };
      const members = (name: string | undefined): number => [...assigned.values()].filter((other) => other === name).length;
      const standing = distance(assigned);
      for (const [group] of groups) {
        if (members(assigned.get(group)) > 1) for (const name of names) expect(distance(new Map(assigned).set(group, name))).toBeGreaterThanOrEqual(standing - 1e-5);
        for (const [other] of groups) {
          const swapped = new Map<string, string>(assigned).set(group, assigned.get(other) ?? '').set(other, assigned.get(group) ?? '');
          expect(distance(swapped)).toBeGreaterThanOrEqual(standing - 1e-5);
        }
      }
      if (groups.size >= names.length) for (const name of names) expect(members(name)).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});

test('products of one image come out as asked for; another seed chooses others', async () => {
  const groups = new Map(Array.from({ length: 1000 }, (_, index) => [`product:${index}`, 1]));
  const shares = { train: 0.8, val: 0.1, test: 0.1 };
  const [first, again, other] = (await Promise.all([1, 1, 2].map((seed) => assignSplits(groups, { shares, seed })))) as [ReadonlyMap<string, string>, ReadonlyMap<string, string>, ReadonlyMap<string, string>];
  expect(splitNames.map((name) => [...first.values()].filter((each) => each === name).length)).toEqual([800, 100, 100]);
  expect(again).toEqual(first);
  const moved = [...first].filter(([group, name]) => other.get(group) !== name).length;
  expect(moved).toBeGreaterThan(200);
});
