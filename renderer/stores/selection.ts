import { create } from 'zustand';
import { sameAsset, type AssetRef } from '../../shared/domain/asset.ts';

interface Selection {
  /** The queue's item on the desk; its counterpart is chosen for it. */
  readonly item: AssetRef | null;
  /** Items in the order in which they were looked at; `step` is where the person is in it. */
  readonly trail: readonly AssetRef[];
  readonly step: number;
}

/** As far back as anybody remembers. */
const longestTrail = 200;

export const useSelection = create<Selection>(() => ({ item: null, trail: [], step: -1 }));

/** Takes an item in hand. A new one ends the trail there, as a link followed ends a browser's way forward. */
export const selectItem = (item: AssetRef | null): void =>
  useSelection.setState(({ trail, step }) => {
    const here = trail[step];
    if (item === null || (here !== undefined && sameAsset(here, item))) return { item };
    const walked = [...trail.slice(0, step + 1), item].slice(-longestTrail);
    return { item, trail: walked, step: walked.length - 1 };
  });

/** What was looked at before (-1) or after (1) the item in hand; null at the trail's end. */
export const onTrail = (step: -1 | 1): AssetRef | null => {
  const { trail, step: here } = useSelection.getState();
  return trail[here + step] ?? null;
};

/**
 * Takes items out of the trail that are not in the store any more.
 * @param way where the person came to them: going back (-1) they stand before what follows, else behind what came before
 */
export const forgetOnTrail = (gone: readonly AssetRef[], way: -1 | 1 = 1): void =>
  useSelection.setState(({ trail, step }) => {
    const isThere = (item: AssetRef): boolean => !gone.some((other) => sameAsset(other, item));
    const before = trail.slice(0, step + 1).filter(isThere).length;
    const here = trail[step];
    const left = trail.filter(isThere);
    return { trail: left, step: Math.min(left.length - 1, way === -1 && here !== undefined && !isThere(here) ? before : before - 1) };
  });

/** Goes along the trail; the caller opens what is there. */
export const walkTrail = (step: -1 | 1): AssetRef | null => {
  const there = onTrail(step);
  if (there !== null) useSelection.setState(({ step: here }) => ({ step: here + step }));
  return there;
};
