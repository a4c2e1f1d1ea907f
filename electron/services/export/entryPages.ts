import type { SnapshotId } from '../../../shared/domain/ids.ts';
import type { SnapshotEntry } from '../../../shared/domain/maskSet.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { SetStore } from '../../../shared/ports/store/setStore.ts';

const pageSize = 500;
/** Of what is written and what is read back, which need not have the same order. */
const keptPages = 8;

/** A snapshot's entries without all of them in memory. */
export interface EntryPages {
  /** @param position from 0 */
  readonly at: (position: number) => Promise<SnapshotEntry>;
  /** In order. */
  readonly from: (position: number) => AsyncGenerator<SnapshotEntry>;
}

export const openEntryPages = (sets: Pick<SetStore, 'entries'>, snapshotId: SnapshotId, total: number): EntryPages => {
  /** Youngest last. */
  const pages = new Map<number, Promise<readonly SnapshotEntry[]>>();
  const page = (index: number): Promise<readonly SnapshotEntry[]> => {
    const known = pages.get(index) ?? sets.entries(snapshotId, index * pageSize - 1, pageSize);
    pages.delete(index);
    pages.set(index, known);
    // What failed is asked for again.
    known.catch(() => pages.get(index) === known && pages.delete(index));
    const oldest = pages.keys().next();
    if (pages.size > keptPages && oldest.done !== true) pages.delete(oldest.value);
    return known;
  };
  const at = async (position: number): Promise<SnapshotEntry> => present((await page(Math.floor(position / pageSize)))[position % pageSize], `entry ${position} of snapshot ${snapshotId}`);
  return {
    at,
    from: async function* (position) {
      for (let next = position; next < total; next++) yield at(next);
    },
  };
};
