import type { CategoryChoice, FileNaming } from '../../../shared/contracts/rpc/exports.ts';
import type { Snapshot, SnapshotEntry, SplitChoice, SplitName } from '../../../shared/domain/maskSet.ts';
import { present, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { Category } from '../../../shared/ports/exportFormat.ts';
import type { SetStore } from '../../../shared/ports/store/setStore.ts';
import { assignSplits, countBySplit } from './assignSplits.ts';
import { Categories } from './categories.ts';
import { openEntryPages, type EntryPages } from './entryPages.ts';
import { SplitGroups } from './splitGroups.ts';
import { Stems } from './stems.ts';

/** What an entry is in an export, of the snapshot and the choices alone. */
export interface PlannedItem {
  readonly entry: SnapshotEntry;
  /** From 1. */
  readonly number: number;
  readonly stem: string;
  readonly split: SplitName | null;
  readonly category: Category;
}

export interface ExportPlan {
  readonly snapshot: Snapshot;
  readonly entries: EntryPages;
  readonly categories: readonly Category[];
  /** Empty: not split. */
  readonly splits: readonly SplitName[];
  /** How many masks come into a split. */
  masksOf(split: SplitName): number;
  /** Masks in which nothing is. */
  readonly empty: number;
  /** How many have the first name that was thought of, the second and so on; the last: those that are told apart by a digest. */
  readonly namesGranted: readonly number[];
  itemOf(entry: SnapshotEntry): PlannedItem;
  /** The entry whose files have this stem. */
  find(stem: string): Promise<PlannedItem | null>;
}

/** Reads through all entries once; keeps some 20 bytes of each, and the products and videos. */
export const planExport = async (sets: Pick<SetStore, 'entries' | 'links'>, snapshot: Snapshot, choice: { readonly split: SplitChoice | null; readonly categories: CategoryChoice; readonly names: FileNaming }, signal?: AbortSignal): Promise<ExportPlan> => {
  const { snapshotId, entryCount } = snapshot;
  const entries = openEntryPages(sets, snapshotId, entryCount);
  const links = await sets.links(snapshotId);
  const stems = new Stems(entryCount, choice.names);
  const categories = new Categories(choice.categories, links);
  const groups = new SplitGroups(links);
  let empty = 0;
  for await (const entry of entries.from(0)) {
    throwIfCancelled(signal);
    stems.add(entry);
    if (entry.areaPx === 0) empty++;
    categories.add(entry);
    if (choice.split !== null) groups.add(entry);
  }
  await stems.settle(entries.at);
  const all = categories.settle();
  const sizes = groups.sizes();
  const assigned = choice.split === null ? null : await assignSplits(sizes, choice.split, signal);
  const counts: ReadonlyMap<SplitName, number> = choice.split === null || assigned === null ? new Map() : countBySplit(sizes, assigned, choice.split);
  const itemOf = (entry: SnapshotEntry): PlannedItem => ({
    entry,
    number: entry.position + 1,
    stem: stems.of(entry),
    split: assigned === null ? null : present(assigned.get(groups.of(entry)), 'the split of a group'),
    category: categories.of(entry),
  });
  return {
    snapshot,
    entries,
    categories: all,
    splits: [...counts.keys()],
    masksOf: (split) => counts.get(split) ?? 0,
    empty,
    namesGranted: stems.granted,
    itemOf,
    find: async (stem) => {
      const position = stems.find(stem);
      if (position === null) return null;
      const item = itemOf(await entries.at(position));
      return item.stem.toLowerCase() === stem.toLowerCase() ? item : null;
    },
  };
};
