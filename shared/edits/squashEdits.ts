import { BugError } from '../errors/errors.ts';
import type { Edit, TileChange } from './edit.ts';
import { sameTile } from './tileCodec.ts';

/**
 * One edit that does what `first` and then `second` do; tiles that end as they began are left out.
 * @throws BugError when `second` does not begin where `first` ended
 */
export const squashEdits = (first: Edit, second: Edit): Edit => {
  if (first.widthPx !== second.widthPx || first.heightPx !== second.heightPx) throw new BugError('Edits of different masks cannot be squashed');
  const byIndex = new Map<number, TileChange>(first.tiles.map((change) => [change.index, change]));
  for (const change of second.tiles) {
    const earlier = byIndex.get(change.index);
    if (earlier === undefined) {
      byIndex.set(change.index, change);
      continue;
    }
    if (!sameTile(earlier.after, change.before)) throw new BugError(`Edits do not meet at tile ${change.index}`);
    if (sameTile(earlier.before, change.after)) byIndex.delete(change.index);
    else byIndex.set(change.index, { index: change.index, before: earlier.before, after: change.after });
  }
  const tiles = [...byIndex.values()].sort((a, b) => a.index - b.index);
  return { widthPx: first.widthPx, heightPx: first.heightPx, tiles };
};
