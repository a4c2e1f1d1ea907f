import { create } from 'zustand';
import type { AssetRef } from '../../shared/domain/asset.ts';
import type { RevisionId, Sha256 } from '../../shared/domain/ids.ts';
import type { MaskComparison } from '../../shared/contracts/rpc/review.ts';
import type { TileState } from '../../shared/edits/tileState.ts';

/** A version of the mask, the edit in hand, or a stored mask that is no version yet, by its digest. */
export type MaskVersion = RevisionId | 'draft' | `stored:${Sha256}`;

export const storedDigestOf = (version: MaskVersion): Sha256 | null => (version.startsWith('stored:') ? (version.slice('stored:'.length) as Sha256) : null);

export const comparisonViews = ['difference', 'a', 'b'] as const;
export type ComparisonView = (typeof comparisonViews)[number];

interface CompareState {
  readonly asset: AssetRef | null;
  /** At most two, in the order in which they were chosen. */
  readonly chosen: readonly MaskVersion[];
  /** What is compared: from a to b. Null while fewer than two are chosen. */
  readonly pair: { readonly a: MaskVersion; readonly b: MaskVersion } | null;
  /** A handle on the engine's compressed tiles. */
  readonly masks: { readonly a: TileState; readonly b: TileState } | null;
  readonly numbers: MaskComparison | null;
  readonly error: string | null;
  readonly view: ComparisonView;
  /** While the key is held: the other one of the two. */
  readonly isFlipped: boolean;
}

const nothing = { pair: null, masks: null, numbers: null, error: null, isFlipped: false } as const;

/** Two versions of the mask of the item in hand, side by side. */
export const useCompare = create<CompareState>(() => ({ asset: null, chosen: [], view: 'difference', ...nothing }));

/** @param isAdding as with Ctrl or Shift: beside the one that is chosen already; a third takes the place of the first */
export const chooseVersion = (asset: AssetRef, version: MaskVersion, isAdding: boolean): void =>
  useCompare.setState(({ chosen }) => {
    if (!isAdding) return { asset, chosen: chosen.length === 1 && chosen[0] === version ? [] : [version], ...nothing };
    const others = chosen.filter((other) => other !== version);
    return { asset, chosen: others.length < chosen.length ? others : [...others.slice(-1), version], ...nothing };
  });

export const forgetChosen = (): void => useCompare.setState({ asset: null, chosen: [], view: 'difference', ...nothing });

/** Which mask is drawn now. */
export const shownView = ({ view, isFlipped }: Pick<CompareState, 'view' | 'isFlipped'>): ComparisonView => {
  if (!isFlipped) return view;
  return view === 'a' ? 'b' : 'a';
};
