import { assetKey } from '../../../../shared/domain/asset.ts';
import { isCancelled } from '../../../../shared/errors/errors.ts';
import type { Revision } from '../../../../shared/domain/revision.ts';
import { sameSettings, useMaskLayers, type LayerSetting } from '../../../stores/maskLayers.ts';
import { activeEditor, raster } from '../../desk/editors.ts';
import { tileLayersOf } from './layerMasks.ts';
import { waysOfJoining } from './waysOfJoining.ts';

const mostVisited = 6;
/** Ways in which the parts of the revision in hand were joined in this visit, newest first. */
let visited: readonly (readonly LayerSetting[])[] = [];

export const rememberWay = (settings: readonly LayerSetting[]): void => {
  visited = [settings, ...visited.filter((way) => !sameSettings(way, settings))].slice(0, mostVisited);
};

export const forgetWays = (): void => {
  visited = [];
};

export const waysInHand = (revision: Revision, current: readonly LayerSetting[]): readonly (readonly LayerSetting[])[] => waysOfJoining(revision, current, visited);

/**
 * Looks how the parts are joined in the mask in hand, and lets the rows say so: after undo, after a change that was kept or dropped, and for a mask that
 * somebody stored with parts out.
 * @throws ExpectedError blob_missing, offline
 */
export const findSettings = async (): Promise<void> => {
  const { asset, revision, settings } = useMaskLayers.getState();
  const editor = activeEditor();
  const { document } = editor;
  if (asset === null || revision === null || document === null || editor.assetKey !== assetKey(asset)) return;
  const ways = waysInHand(revision, settings);
  const mask = document.state;
  try {
    const candidates = await Promise.all(ways.map((way) => tileLayersOf(asset, revision, way)));
    const { index, editedPx } = await raster.run('findCombination', { mask, candidates }, { assetKey: assetKey(asset), lane: 'find layers' });
    const now = useMaskLayers.getState();
    // Somebody has gone on meanwhile: that look is another one.
    if (now.revision !== revision || now.isChanging || editor.document?.state !== mask) return;
    useMaskLayers.setState({ settings: ways[index] ?? settings, editedPx });
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
};
