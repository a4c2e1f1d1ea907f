import { fetchDraft, removeDraft, saveDraft, type KeptDraft } from '../../bridge/pixels.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { markDraft } from '../../stores/drafts.ts';
import { inBackground } from '../../stores/notices.ts';
import { otherSide, pane, type Side } from '../../stores/panes.ts';
import { bothEditors, editorOf } from './editors.ts';

/** A moment after the last stroke, so that a burst of strokes is one write. */
const restMs = 700;

const timers = new Map<Side, ReturnType<typeof setTimeout>>();
/** Writes of one asset follow each other. */
const writes = new Map<string, Promise<void>>();

const inOrder = (key: string, work: () => Promise<void>): Promise<void> => {
  const next = (writes.get(key) ?? Promise.resolve()).catch(() => undefined).then(work);
  writes.set(key, next);
  return next.finally(() => {
    if (writes.get(key) === next) writes.delete(key);
  });
};

const cancelTimer = (side: Side): boolean => {
  const timer = timers.get(side);
  if (timer === undefined) return false;
  clearTimeout(timer);
  timers.delete(side);
  return true;
};

/** Keeps what the pane shows, now. Undone to the loaded mask: nothing is left to keep. */
const keepNow = (side: Side): Promise<void> => {
  cancelTimer(side);
  const { asset, seenHead } = pane(side);
  const editor = editorOf(side);
  if (asset === null || editor.document === null || editor.assetKey !== assetKey(asset)) return Promise.resolve();
  const key = assetKey(asset);
  const ref: AssetRef = { kind: asset.kind, id: asset.id };
  const rle = editor.isDirty ? editor.toRle() : null;
  markDraft(key, 'saving');
  return inOrder(key, async () => {
    try {
      await (rle === null ? removeDraft(ref) : saveDraft(ref, seenHead, rle));
      markDraft(key, rle === null ? null : 'saved');
    } catch (error) {
      markDraft(key, 'failed');
      throw error;
    }
  });
};

/** Watches both editors: each finished gesture, undo and redo is kept a moment later. Called once. */
export const startDraftKeeper = (onCommitted: () => void): void => {
  for (const editor of bothEditors) {
    const side: Side = editor === editorOf('left') ? 'left' : 'right';
    editor.subscribe((change) => {
      if (change.kind !== 'committed' || editor.assetKey === null) return;
      onCommitted();
      markDraft(editor.assetKey, 'unsaved');
      cancelTimer(side);
      timers.set(side, setTimeout(() => inBackground(keepNow(side), 'draft'), restMs));
    });
  }
};

/** Before the pane shows something else. */
export const keepBeforeLeaving = (side: Side): void => {
  if (timers.has(side)) inBackground(keepNow(side), 'draft');
};

/** Before the window goes: resolves when everything is kept. */
export const keepEverything = async (): Promise<void> => {
  for (const side of ['left', otherSide('left')] as const) if (timers.has(side)) await keepNow(side);
  await Promise.all(writes.values());
};

/** The draft, once every write of it has ended. */
export const readDraft = async (asset: AssetRef): Promise<KeptDraft | null> => {
  await writes.get(assetKey(asset))?.catch(() => undefined);
  return fetchDraft(asset);
};

/** A verdict is about to be given on the mask: no later write may bring the draft back. */
export const stopKeeping = async (side: Side, asset: AssetRef): Promise<void> => {
  const key = assetKey(asset);
  if (editorOf(side).assetKey === key) cancelTimer(side);
  await writes.get(key)?.catch(() => undefined);
};

/** Keeps a mask that is not on screen any more, as after an approval that was refused. */
export const keepMask = (asset: AssetRef, baseRevisionId: Parameters<typeof saveDraft>[1], rle: Uint8Array): Promise<void> =>
  inOrder(assetKey(asset), () => saveDraft({ kind: asset.kind, id: asset.id }, baseRevisionId, rle));

/** Drops the draft for good. */
export const dropDraft = async (side: Side, asset: AssetRef): Promise<void> => {
  await stopKeeping(side, asset);
  await removeDraft({ kind: asset.kind, id: asset.id });
  markDraft(assetKey(asset), null);
};
