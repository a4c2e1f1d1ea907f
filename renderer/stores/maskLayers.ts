import { create } from 'zustand';
import type { AssetRef } from '../../shared/domain/asset.ts';
import type { RevisionId } from '../../shared/domain/ids.ts';
import type { MaskPart, PartOperation, PartRole } from '../../shared/domain/maskPart.ts';
import type { Revision } from '../../shared/domain/revision.ts';
import type { AreaChange } from '../../shared/edits/changeOfTiles.ts';

/** One part as it counts in the mask in hand. */
export interface LayerSetting {
  /** Which of the revision's parts. */
  readonly part: number;
  readonly isOn: boolean;
  readonly operation: PartOperation;
  /** Its edge is moved outwards by so much before it joins, below 0 inwards; whole px. */
  readonly growPx: number;
}

interface MaskLayersState {
  readonly asset: AssetRef | null;
  /** Whose parts they are: the mask on the desk or the one that it was made from; null: it has none. */
  readonly revision: Revision | null;
  /** In the order in which they join. */
  readonly settings: readonly LayerSetting[];
  /** Parts whose eye is open: they are drawn over the picture. Stays from one item to the next. */
  readonly seen: readonly number[];
  /** Another way of joining is on screen and not kept yet. */
  readonly isChanging: boolean;
  readonly isWorking: boolean;
  /** What it does to the area; null before the first result. */
  readonly change: AreaChange | null;
  /** So many pixels of the mask are a person's own; null: not known yet. */
  readonly editedPx: number | null;
  readonly keepsEdits: boolean;
}

export const noLayers = { revision: null, settings: [], isChanging: false, isWorking: false, change: null, editedPx: null, keepsEdits: true } as const;

/** Parts of the mask of the item in hand. Their pixels are elsewhere. */
export const useMaskLayers = create<MaskLayersState>(() => ({ asset: null, seen: [], ...noLayers }));

export const leastGrowPx = -40;
export const mostGrowPx = 60;

export const layerNames: Readonly<Record<PartRole, string>> = { foreground: 'Foreground', people: 'People' };

export const partsOf = (revision: Revision | null): readonly MaskPart[] => revision?.parts ?? [];

/** As the recipe joined them. */
export const recipeSettings = (revision: Revision): readonly LayerSetting[] => partsOf(revision).map(({ isApplied, operation }, part) => ({ part, isOn: isApplied, operation, growPx: 0 }));

export const sameSettings = (a: readonly LayerSetting[], b: readonly LayerSetting[]): boolean =>
  a.length === b.length &&
  a.every(({ part, isOn, operation, growPx }, index) => {
    const other = b[index];
    return other !== undefined && other.part === part && other.isOn === isOn && other.operation === operation && other.growPx === growPx;
  });

/** The revision that the mask on the desk has its parts from: itself, else the nearest that it was made from. Null: no recipe made any of them. */
export const layeredRevision = (revisions: readonly Revision[], seenHead: RevisionId | null): Revision | null => {
  const byId = new Map(revisions.map((revision) => [revision.revisionId, revision]));
  const passed = new Set<RevisionId>();
  for (let at = seenHead; at !== null && !passed.has(at); ) {
    passed.add(at);
    const revision = byId.get(at);
    if (revision === undefined) return null;
    if (partsOf(revision).length > 0) return revision;
    at = revision.parentId;
  }
  return null;
};
