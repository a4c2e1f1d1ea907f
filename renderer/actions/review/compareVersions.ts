import { core } from '../../bridge/core.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import type { MaskComparison } from '../../../shared/contracts/rpc/review.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { changeOf } from '../../../shared/metrics/changeOf.ts';
import { countOverlapOfRuns } from '../../../shared/metrics/compareRle.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import { present } from '../../../shared/errors/errors.ts';
import { fetchStoredMaskRle, fetchStoredMaskTiles } from '../../bridge/pixels.ts';
import { tilesOf } from '../../editor/maskSource.ts';
import { chooseVersion, forgetChosen, storedDigestOf, useCompare, type MaskVersion } from '../../stores/compare.ts';
import { useHistory } from '../../stores/history.ts';
import { inBackground } from '../../stores/notices.ts';
import { closeOverlay, openOverlay, useOverlay } from '../../stores/overlay.ts';
import { sideOfKind } from '../../stores/panes.ts';
import type { Action } from '../action.ts';
import { maskRleOf, maskTilesOf } from '../desk/assetPixels.ts';
import { editorOf } from '../desk/editors.ts';
import { fitPreviews, zoomPreviews } from './previews.ts';

const isOpen = (): boolean => useOverlay.getState().open === 'compare';

const isStored = (version: MaskVersion): version is `stored:${Sha256}` => storedDigestOf(version) !== null;
const digestOf = (version: `stored:${Sha256}`): Sha256 => present(storedDigestOf(version), 'the digest');

const draftRle = (asset: AssetRef): Uint8Array => {
  const editor = editorOf(sideOfKind[asset.kind]);
  return editor.assetKey === assetKey(asset) ? editor.toRle() : new Uint8Array();
};

const tilesOfVersion = async (asset: AssetRef, version: MaskVersion): Promise<TileState> =>
  version === 'draft' ? tilesOf({ rle: draftRle(asset) }) : isStored(version) ? fetchStoredMaskTiles(digestOf(version)) : maskTilesOf(version);

const rleOfVersion = async (asset: AssetRef, version: MaskVersion): Promise<Uint8Array> =>
  version === 'draft' ? draftRle(asset) : isStored(version) ? fetchStoredMaskRle(digestOf(version)) : maskRleOf(version);

/** The core counts stored ones; an edit that only this window has is counted here, run by run. */
const countPair = async (asset: AssetRef, a: MaskVersion, b: MaskVersion): Promise<MaskComparison> => {
  if (a !== 'draft' && b !== 'draft' && !isStored(a) && !isStored(b)) return core().review.compare({ a, b });
  const overlap = countOverlapOfRuns(await rleOfVersion(asset, a), await rleOfVersion(asset, b));
  return changeOf(overlap);
};

const show = async (asset: AssetRef, a: MaskVersion, b: MaskVersion): Promise<void> => {
  const pair = { a, b };
  useCompare.setState({ pair, masks: null, numbers: null, error: null, isFlipped: false });
  openOverlay('compare');
  const isCurrent = (): boolean => useCompare.getState().pair === pair;
  try {
    const numbers = await countPair(asset, a, b);
    const [tilesA, tilesB] = await Promise.all([tilesOfVersion(asset, a), tilesOfVersion(asset, b)]);
    if (isCurrent()) useCompare.setState({ numbers, masks: { a: tilesA, b: tilesB } });
  } catch (error) {
    if (isCurrent()) useCompare.setState({ error: sentenceOf(error) });
  }
};

/** Place in time: the edit in hand is the newest. */
const ageOf = (version: MaskVersion): number => {
  const { revisions } = useHistory.getState();
  return version === 'draft' || isStored(version) ? -1 : revisions.findIndex(({ revisionId }) => revisionId === version);
};

/** A click on a version; with two of them the comparison opens, from the older to the newer. */
export const pickVersion = (asset: AssetRef, version: MaskVersion, isAdding: boolean): void => {
  chooseVersion(asset, version, isAdding);
  const [first, second] = useCompare.getState().chosen;
  if (first === undefined || second === undefined) {
    if (isOpen()) closeOverlay();
    return;
  }
  const [a, b] = ageOf(first) > ageOf(second) ? [first, second] : [second, first];
  inBackground(show({ kind: asset.kind, id: asset.id }, a, b), 'compare');
};

/** A version against the one to judge. */
export const compareWith = (asset: AssetRef, version: MaskVersion, other: MaskVersion): void => {
  forgetChosen();
  pickVersion(asset, version, false);
  pickVersion(asset, other, true);
};

/** Two in an order of one's own: what changes from the first to the second. */
export const compareInOrder = (asset: AssetRef, a: MaskVersion, b: MaskVersion): void => {
  useCompare.setState({ asset, chosen: [a, b], view: 'difference' });
  inBackground(show({ kind: asset.kind, id: asset.id }, a, b), 'compare');
};

/** The two that were compared are not chosen any more. */
export const leaveComparison = (): void => {
  if (isOpen()) closeOverlay();
  forgetChosen();
};

const zoomStep = 1.5;

export const compareActions: readonly Action[] = [
  {
    id: 'compare.swap',
    label: 'Swap the compared masks',
    group: 'View',
    context: 'compare',
    keys: ['X'],
    run: () => {
      const { pair, asset } = useCompare.getState();
      if (pair !== null && asset !== null) inBackground(show(asset, pair.b, pair.a), 'compare');
    },
  },
  {
    id: 'compare.flip',
    label: 'Show the other mask while held',
    group: 'View',
    context: 'compare',
    keys: ['Space'],
    run: () => useCompare.setState({ isFlipped: true }),
    release: () => useCompare.setState({ isFlipped: false }),
  },
  {
    id: 'compare.view',
    label: 'Difference, one mask, the other',
    group: 'View',
    context: 'compare',
    keys: ['V'],
    run: () => useCompare.setState(({ view }) => ({ view: view === 'difference' ? 'a' : view === 'a' ? 'b' : 'difference' })),
  },
  { id: 'compare.fit', label: 'Fit the compared masks', group: 'View', context: 'compare', keys: ['F'], run: fitPreviews },
  { id: 'compare.zoomIn', label: 'Zoom the comparison in', group: 'View', context: 'compare', keys: ['+', '='], run: () => zoomPreviews(zoomStep) },
  { id: 'compare.zoomOut', label: 'Zoom the comparison out', group: 'View', context: 'compare', keys: ['-'], run: () => zoomPreviews(1 / zoomStep) },
];
