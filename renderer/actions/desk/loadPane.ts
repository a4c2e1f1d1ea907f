import { useOffline, waitingDraft } from '../../stores/offline.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import type { KeptDraft } from '../../bridge/pixels.ts';
import type { KeptHistory } from '../../editor/history.ts';
import type { StoredMattes } from '../../editor/matte/matteTrail.ts';
import { zoomOf } from '../../editor/viewport.ts';
import { assetKey, sameAsset, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import { present } from '../../../shared/errors/errors.ts';
import { markDraft } from '../../stores/drafts.ts';
import { keepDraftPrompts } from '../../stores/keptPrompts.ts';
import { inBackground } from '../../stores/notices.ts';
import { clearPane, pane, setPane, usePanes, type Side } from '../../stores/panes.ts';
import { afterFrame } from './afterFrame.ts';
import { dropPreviewOf, isPreviewEnough, maskTilesOf, photoOf, pinPhotos, wholePhotoOf } from './assetPixels.ts';
import { giveUpDraft, hasUnwritten, keepBeforeLeaving, readDraft } from './draftKeeper.ts';
import { editorOf } from './editors.ts';
import { beforeLeaving } from './leaving.ts';
import { letGo } from './leases.ts';
import { mattesOfRevision, storedMattesOf } from './storedMattes.ts';
import { keptHistoryOf } from './strokeArchive.ts';

/** Newer loads of a pane make older ones void. */
const loads: Record<Side, number> = { left: 0, right: 0 };

const leave = (side: Side): void => {
  const { asset } = pane(side);
  if (asset === null) return;
  keepBeforeLeaving(side);
  letGo(asset);
};

/** Those of the draft, where one is kept, else of the head. */
const storedMattes = (asset: Asset, draft: KeptDraft | null, kept: KeptHistory | null): StoredMattes | null => {
  if (draft !== null) return draft.mattes === null ? null : storedMattesOf(asset, draft.mattes, kept);
  return asset.headRevisionId === null ? null : mattesOfRevision(asset, asset.headRevisionId);
};

/** Whose photo a pane draws: while the next one loads, that of the item before. */
const drawn: Record<Side, Asset | null> = { left: null, right: null };

const pinShown = (): void => {
  const { left, right } = usePanes.getState();
  pinPhotos([left.asset, right.asset, drawn.left, drawn.right]);
};

/**
 * Who goes through items quickly never sees more than previews: decoding 24 MP of each would only delay the next. Whoever stays, or zooms in to
 * where the preview is not sharp, gets every pixel.
 */
const restMs = 500;

const untilWanted = (side: Side, asset: Asset): Promise<void> =>
  new Promise((resolve) => {
    const editor = editorOf(side);
    const isWanted = (): boolean => !isPreviewEnough(asset, zoomOf(editor.viewport));
    if (isWanted()) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      end();
      resolve();
    };
    const end = editor.subscribe(({ kind }) => {
      if (kind === 'loaded' || (kind === 'viewport' && isWanted())) done();
    });
    const timer = setTimeout(done, restMs);
  });

/** Every pixel of a large photo, after its preview. */
const showWholePhoto = async (side: Side, asset: Asset, isCurrent: () => boolean): Promise<void> => {
  await untilWanted(side, asset);
  if (!isCurrent()) return;
  const photo = await wholePhotoOf(asset);
  if (!isCurrent()) return;
  setPane(side, { photo });
  // Until the next frame the canvas may still draw it.
  afterFrame(() => dropPreviewOf(asset));
};

export const emptyPaneOf = async (side: Side): Promise<void> => {
  const load = ++loads[side];
  await beforeLeaving(side);
  if (loads[side] !== load) return;
  leave(side);
  editorOf(side).unload();
  clearPane(side);
  drawn[side] = null;
  pinShown();
};

/** Empties a pane whose asset is not in the store any more: there is nothing to keep it for, and nobody to wait for. */
export const dropFromPane = (side: Side, asset: AssetRef): void => {
  loads[side]++;
  giveUpDraft(side, asset);
  letGo(asset);
  editorOf(side).forget(assetKey(asset));
  editorOf(side).unload();
  clearPane(side);
  drawn[side] = null;
  pinShown();
};

/**
 * Shows an asset in its pane: the photo, then the draft where one is kept, else the head's mask, else a blank one. What was there before stays
 * until all of it has come, so that nothing flashes between two items.
 */
export const showInPane = async (side: Side, asset: Asset, siblings: readonly Asset[]): Promise<void> => {
  const shown = pane(side);
  if (shown.asset !== null && sameAsset(shown.asset, asset) && shown.status === 'ready' && shown.seenHead === asset.headRevisionId) {
    setPane(side, { asset, siblings });
    return;
  }
  const load = ++loads[side];
  const isCurrent = (): boolean => loads[side] === load;
  const settled = beforeLeaving(side);
  if (settled !== null) await settled;
  if (!isCurrent()) return;
  const isSame = shown.asset !== null && sameAsset(shown.asset, asset);
  if (!isSame) leave(side);
  setPane(side, { asset, siblings, ...(isSame ? {} : { pairs: [] }), status: 'loading', error: null, seenHead: asset.headRevisionId });
  pinShown();
  try {
    const key = assetKey(asset);
    const isEdited = asset.hasDraft || hasUnwritten(asset) || waitingDraft(useOffline.getState().items, asset) !== undefined;
    const [photo, draft, kept, head] = await Promise.all([
      photoOf(asset),
      isEdited ? readDraft(asset) : Promise.resolve(null),
      // Without its undo steps a draft is as good.
      isEdited ? keptHistoryOf(asset).catch(() => null) : Promise.resolve(null),
      asset.headRevisionId === null ? Promise.resolve(null) : maskTilesOf(asset.headRevisionId),
    ]);
    if (!isCurrent()) return;
    const size = { widthPx: photo.widthPx, heightPx: photo.heightPx };
    // A draft speaks of the head that it was painted on: should somebody have replaced that, a verdict is refused and says so.
    const base = draft === null ? asset.headRevisionId : draft.baseRevisionId;
    const outcome = editorOf(side).load({
      ...(draft !== null ? { rle: draft.rle } : head === null ? { blank: size } : { tiles: head }),
      assetKey: key,
      revisionId: base,
      isDraft: draft !== null,
      mattes: () => storedMattes(asset, draft, kept),
      kept: draft === null ? null : kept,
    });
    if (outcome === 'fresh') {
      markDraft(key, draft === null ? null : 'restored');
      keepDraftPrompts(key, draft?.prompts ?? null);
    }
    const document = present(editorOf(side).document, 'the loaded mask');
    if (document.widthPx !== size.widthPx || document.heightPx !== size.heightPx) {
      throw new RangeError(`The mask is ${document.widthPx} x ${document.heightPx}, the photo ${size.widthPx} x ${size.heightPx}.`);
    }
    setPane(side, { photo, status: 'ready', seenHead: base });
    drawn[side] = asset;
    pinShown();
    if (photo.detail === 'preview') inBackground(showWholePhoto(side, asset, isCurrent), 'photo');
  } catch (error) {
    if (!isCurrent()) return;
    editorOf(side).unload();
    setPane(side, { status: 'error', error: sentenceOf(error), photo: null });
    drawn[side] = null;
  }
};
