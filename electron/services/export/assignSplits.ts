import { splitNames, type SplitChoice, type SplitName } from '../../../shared/domain/maskSet.ts';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { present, throwIfCancelled } from '../../../shared/errors/errors.ts';
import { lowerBound } from '../../../shared/flat/lowerBound.ts';
import { sha256Hex } from '../../base/hash.ts';

/** More than are ever needed: each step comes nearer to the shares, the first ones by far the most. */
const maxImprovements = 1000;

/** Of ascending sizes below `limit` the ones next to `wanted` on both sides; 0 stands for none. */
const nearest = (sizes: readonly number[], wanted: number, limit: number): readonly number[] => {
  const above = lowerBound(sizes.length, (index) => (sizes[index] as number) < wanted);
  return [0, ...sizes.slice(Math.max(0, above - 1), above + 1)].filter((size) => size < limit);
};

/** Longer than this nobody else of this process has to wait. */
const turnMs = 15;

export const madeSplits = ({ shares }: SplitChoice): readonly SplitName[] => splitNames.filter((name) => shares[name] > 0);

/** Groups of one split by their size; in each the order in which they came. */
class Pile {
  readonly bySize = new Map<number, string[]>();
  total = 0;
  groups = 0;

  push(group: string, size: number): void {
    const same = this.bySize.get(size);
    if (same === undefined) this.bySize.set(size, [group]);
    else same.push(group);
    this.total += size;
    this.groups++;
  }

  pop(size: number): string {
    const same = present(this.bySize.get(size), 'a group of that size');
    const group = present(same.pop(), 'a group of that size');
    if (same.length === 0) this.bySize.delete(size);
    this.total -= size;
    this.groups--;
    return group;
  }

  sizes(): readonly number[] {
    return [...this.bySize.keys()].sort((a, b) => a - b);
  }
}

interface Exchange {
  readonly from: SplitName;
  readonly to: SplitName;
  readonly gives: number;
  /** 0: nothing comes back. */
  readonly takes: number;
}

/**
 * Which split each group goes to. Groups come in an order that the seed shuffles, each to the split that lacks most of its share; then single groups move or change
 * places while that brings the counts nearer to the shares (least squares). Where there are enough groups no split is empty. The seed, the shares and the groups decide it
 * alone, in whatever order they were found. Others of this process have their turns in between.
 * @param sizes entries of each group
 * @throws CancelledError
 */
export const assignSplits = async (sizes: ReadonlyMap<string, number>, choice: SplitChoice, signal?: AbortSignal): Promise<ReadonlyMap<string, SplitName>> => {
  const names = madeSplits(choice);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const wanted = (name: SplitName): number => choice.shares[name] * total;
  const piles = new Map(names.map((name) => [name, new Pile()] as const));
  const pile = (name: SplitName): Pile => present(piles.get(name), `split ${name}`);
  const lack = (name: SplitName): number => (wanted(name) - pile(name).total) / wanted(name);

  const shuffled = [...sizes.keys()].map((group) => [sha256Hex(`${choice.seed}\n${group}`), group] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, group] of shuffled) {
    const neediest = names.reduce((best, name) => (lack(name) > lack(best) ? name : best));
    pile(neediest).push(group, present(sizes.get(group), 'its size'));
  }

  const move = ({ from, to, gives, takes }: Exchange): void => {
    const given = pile(from).pop(gives);
    const taken = takes === 0 ? null : pile(to).pop(takes);
    pile(to).push(given, gives);
    if (taken !== null) pile(from).push(taken, takes);
  };
  const fewest = Math.min(names.length, sizes.size);
  for (let empty = names.find((name) => pile(name).groups === 0); empty !== undefined && names.filter((name) => pile(name).groups > 0).length < fewest; empty = names.find((name) => pile(name).groups === 0)) {
    const richest = names.reduce((best, name) => (pile(name).groups > pile(best).groups ? name : best));
    move({ from: richest, to: empty, gives: present(pile(richest).sizes()[0], 'a group'), takes: 0 });
  }

  /** How much nearer `change` entries from one split to another bring both: a sum of squares before less the one after. */
  const gain = (from: SplitName, to: SplitName, change: number): number => {
    const [over, under] = [pile(from).total - wanted(from), pile(to).total - wanted(to)];
    return over ** 2 + under ** 2 - (over - change) ** 2 - (under + change) ** 2;
  };
  let turnedAtMs = performance.now();
  for (let step = 0; step < maxImprovements; step++) {
    if (performance.now() - turnedAtMs >= turnMs) {
      await nextTurn();
      throwIfCancelled(signal);
      turnedAtMs = performance.now();
    }
    let best: Exchange | null = null;
    // Rounding of shares must not move the same group to and fro.
    let bestGain = 1e-6;
    const sizesOf = new Map(names.map((name) => [name, pile(name).sizes()] as const));
    for (const from of names) {
      for (const to of names) {
        if (from === to) continue;
        const returned = sizesOf.get(to) ?? [];
        // The gain is largest where this is moved, and falls on both sides: of what could come back only the neighbours of the best are looked at.
        const ideal = (pile(from).total - wanted(from) - (pile(to).total - wanted(to))) / 2;
        for (const gives of sizesOf.get(from) ?? []) {
          for (const takes of nearest(returned, gives - ideal, gives)) {
            if (takes === 0 && pile(from).groups === 1) continue;
            const gained = gain(from, to, gives - takes);
            if (gained > bestGain) [best, bestGain] = [{ from, to, gives, takes }, gained];
          }
        }
      }
    }
    if (best === null) break;
    move(best);
  }
  return new Map([...piles].flatMap(([name, { bySize }]) => [...bySize.values()].flat().map((group) => [group, name] as const)));
};

/** How many masks come into each split that was asked for. @param sizes as assigned */
export const countBySplit = (sizes: ReadonlyMap<string, number>, assigned: ReadonlyMap<string, SplitName>, choice: SplitChoice): ReadonlyMap<SplitName, number> => {
  const counts = new Map(madeSplits(choice).map((name) => [name, 0]));
  for (const [group, split] of assigned) counts.set(split, (counts.get(split) ?? 0) + (sizes.get(group) ?? 0));
  return counts;
};
