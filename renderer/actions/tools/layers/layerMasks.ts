import { assetKey, type AssetRef } from '../../../../shared/domain/asset.ts';
import type { MaskPart } from '../../../../shared/domain/maskPart.ts';
import type { Revision } from '../../../../shared/domain/revision.ts';
import type { TileLayer } from '../../../../shared/edits/combineTiles.ts';
import type { TileState } from '../../../../shared/edits/tileState.ts';
import { present } from '../../../../shared/errors/errors.ts';
import { partsOf, type LayerSetting } from '../../../stores/maskLayers.ts';
import { raster } from '../../desk/editors.ts';
import { storedMaskOf } from '../../desk/storedMasks.ts';

/** Compressed tiles: tens of kilobytes each. */
const mostKept = 48;
/** By digest and growth, least recently used first. */
const kept = new Map<string, Promise<TileState>>();

const remembered = (key: string, make: () => Promise<TileState>): Promise<TileState> => {
  const known = kept.get(key);
  const mask = known ?? make();
  kept.delete(key);
  kept.set(key, mask);
  if (known === undefined) mask.catch(() => kept.delete(key));
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - mostKept))) kept.delete(oldest);
  return mask;
};

/**
 * A part's mask with its edge moved by `growPx`, whole px.
 * @throws ExpectedError blob_missing, offline
 */
export const layerMask = async (asset: AssetRef, { maskSha256 }: MaskPart, growPx: number): Promise<TileState> => {
  const plain = remembered(maskSha256, () => storedMaskOf(maskSha256));
  if (growPx === 0) return plain;
  return remembered(`${maskSha256} ${growPx}`, async () => {
    const { mask } = await raster.run('adjustMask', { mask: await plain, kind: growPx > 0 ? 'grow' : 'shrink', amount: Math.abs(growPx) }, { assetKey: assetKey(asset) });
    return mask;
  });
};

/** @throws ExpectedError blob_missing, offline */
export const tileLayersOf = (asset: AssetRef, revision: Revision, settings: readonly LayerSetting[]): Promise<readonly TileLayer[]> =>
  Promise.all(
    settings
      .filter(({ isOn }) => isOn)
      .map(async ({ part, operation, growPx }) => ({ operation, isOn: true, mask: await layerMask(asset, present(partsOf(revision)[part], 'A part of the mask'), growPx) })),
  );
