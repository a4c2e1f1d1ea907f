import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import type { SnapshotId } from '../../../shared/domain/ids.ts';
import type { SplitChoice, SplitName } from '../../../shared/domain/maskSet.ts';
import type { SetStore } from '../../../shared/ports/store/setStore.ts';
import { assignSplits, countBySplit } from './assignSplits.ts';
import { SplitGroups } from './splitGroups.ts';

/** How many masks come into each split: of a snapshot as an export of it would have them, of a filter as if it were frozen now. @throws ExpectedError not_found; CancelledError */
export const divide = async (sets: Pick<SetStore, 'splitMembers'>, of: AssetFilter | SnapshotId, choice: SplitChoice, signal?: AbortSignal): Promise<readonly { readonly name: SplitName; readonly masks: number }[]> => {
  const { members, links } = await sets.splitMembers(of);
  const groups = new SplitGroups(links);
  for (const { masks, ...member } of members) groups.add(member, masks);
  const sizes = groups.sizes();
  const counts = countBySplit(sizes, await assignSplits(sizes, choice, signal), choice);
  return [...counts].map(([name, masks]) => ({ name, masks }));
};
