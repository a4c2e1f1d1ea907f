import { maxKeptMattes } from '../../../shared/contracts/rpc/matteTrail.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import type { MatteStepRecord, MatteTrailRecord } from '../../../shared/domain/matteTrailRecord.ts';
import { sameTile } from '../../../shared/edits/tileCodec.ts';
import { tilesOfRle } from '../../../shared/edits/tilesOfRle.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { KeptMatte, MatteStep } from '../../editor/matte/matteTrail.ts';
import { pane, type Side } from '../../stores/panes.ts';
import { editorOf, raster } from './editors.ts';
import { storeMatte, storedMattesOf } from './storedMattes.ts';
import { storeMask } from './storedMasks.ts';

/** The mattes of a mask that goes into the store. Asked for at once, so that what is done later is not meant; stored when they are awaited. */
export interface TakenMattes {
  /** For a draft: those of its undo steps too. */
  record(): Promise<MatteTrailRecord | null>;
  /** For a version: the one that goes with the mask as it is shown, hard where that was painted. Null: none. */
  stored(): Promise<Sha256 | null>;
}

const none: TakenMattes = { record: () => Promise.resolve(null), stored: () => Promise.resolve(null) };

const isSame = (a: TileState, b: TileState): boolean => a === b || a.tiles.every((tile, index) => sameTile(tile, present(b.tiles[index], 'A tile of the mask')));

const storeShown = async (asset: AssetRef, kept: KeptMatte | null, mask: TileState): Promise<Sha256 | null> => {
  if (kept === null) return null;
  if (isSame(kept.made, mask)) return storeMatte(asset, kept.matte);
  return storeMatte(asset, await raster.run('followMatte', { ...kept, now: mask }, { assetKey: assetKey(asset) }));
};

const recordOf = async (asset: AssetRef, { step, coming }: MatteStep): Promise<MatteStepRecord | null> => {
  const kept = await coming;
  return kept === null ? null : { step, matteSha256: await storeMatte(asset, kept.matte), madeSha256: await storeMask(asset, kept.made) };
};

/** Of what a pane shows now. */
export const takeMattes = (side: Side): TakenMattes => {
  const { asset } = pane(side);
  const trail = editorOf(side).mattes.taken();
  if (asset === null || trail === null || trail.mattes.length === 0) return none;
  const ref: AssetRef = { kind: asset.kind, id: asset.id };
  return {
    record: async () => {
      const records = await Promise.all(trail.mattes.slice(-maxKeptMattes).map((matte) => recordOf(ref, matte)));
      return { applied: trail.applied, mattes: records.filter((record) => record !== null) };
    },
    stored: async () => storeShown(ref, await trail.atMask, trail.mask),
  };
};

/** Of a draft that is not on the desk. */
export const mattesOfDraft = (asset: AssetRef, record: MatteTrailRecord | null, rle: Uint8Array): TakenMattes => {
  const atMask = record?.mattes.findLast(({ step }) => step <= record.applied);
  return {
    record: () => Promise.resolve(record),
    stored: async () => (atMask === undefined ? null : storeShown(asset, await present(storedMattesOf(asset, { applied: 0, mattes: [atMask] }).mattes[0], 'Its matte').coming, tilesOfRle(rle))),
  };
};
