import { fetchDraft, removeDraft, saveDraft, type KeptDraft } from '../../bridge/pixels.ts';
import { assetKey, sameAsset, withDraftOf, type AssetRef } from '../../../shared/domain/asset.ts';
import { appInfo } from '../../stores/appInfo.ts';
import { markDraft } from '../../stores/drafts.ts';
import { inBackground } from '../../stores/notices.ts';
import { otherSide, pane, setPane, type Side } from '../../stores/panes.ts';
import { patchQueue } from '../../stores/queue.ts';
import { afterFrame } from './afterFrame.ts';
import { bothEditors, editorOf } from './editors.ts';
import { SaveClock } from './saveClock.ts';

/** The next stroke is begun often enough before a save; the page is idle between its events. */
const idleTimeoutMs = 200;

/** Panes whose last change is in no write yet. */
const unkept = new Set<Side>();
/** Writes of one asset follow each other. */
const writes = new Map<string, Promise<void>>();

const inOrder = (key: string, work: () => Promise<void>): Promise<void> => {
  const next = (writes.get(key) ?? Promise.resolve()).catch(() => undefined).then(work);
  writes.set(key, next);
  return next.finally(() => {
    if (writes.get(key) === next) writes.delete(key);
  });
};

/** In the queue and the strip. */
const showDraft = (side: Side, ref: AssetRef, hasDraft: boolean): void => {
  const { asset } = pane(side);
  const reviewer = appInfo()?.reviewer;
  if (asset === null || reviewer === undefined || !sameAsset(asset, ref) || asset.draftsBy.includes(reviewer) === hasDraft) return;
  const now = withDraftOf(asset, reviewer, hasDraft);
  setPane(side, { asset: now });
  patchQueue(now);
};

/** Keeps what the pane shows, now. Undone to the loaded mask: nothing is left to keep. */
const keepNow = (side: Side): Promise<void> => {
  clocks[side].stop();
  unkept.delete(side);
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
      showDraft(side, ref, rle !== null);
      // A burst of strokes goes on: its last write says so.
      if (!unkept.has(side) || editor.assetKey !== key) markDraft(key, rle === null ? null : 'saved');
    } catch (error) {
      markDraft(key, 'failed');
      throw error;
    }
  });
};

const keepWhenIdle = (side: Side): void => {
  requestIdleCallback(
    () => {
      // Half a stroke is no draft: the stroke's own end asks again.
      if (editorOf(side).isGestureRunning) clocks[side].changed();
      else if (unkept.has(side)) inBackground(keepNow(side), 'draft');
    },
    { timeout: idleTimeoutMs },
  );
};

const clocks: Readonly<Record<Side, SaveClock>> = {
  left: new SaveClock(() => keepWhenIdle('left')),
  right: new SaveClock(() => keepWhenIdle('right')),
};

/** Watches both editors: each finished gesture, undo and redo is kept a moment later. Called once. */
export const startDraftKeeper = (onCommitted: () => void): void => {
  for (const editor of bothEditors) {
    const side: Side = editor === editorOf('left') ? 'left' : 'right';
    const tell = (): void => {
      if (editor.assetKey !== null && unkept.has(side)) markDraft(editor.assetKey, 'unsaved');
    };
    editor.subscribe((change) => {
      if (change.kind !== 'committed' || editor.assetKey === null) return;
      onCommitted();
      unkept.add(side);
      clocks[side].changed();
      afterFrame(tell);
    });
  }
};

/** Before the pane shows something else. */
export const keepBeforeLeaving = (side: Side): void => {
  if (unkept.has(side)) inBackground(keepNow(side), 'draft');
  inBackground(editorOf(side).flushHistory());
};

/** Before the window goes: resolves when everything is kept. */
export const keepEverything = async (): Promise<void> => {
  for (const side of ['left', otherSide('left')] as const) {
    if (unkept.has(side)) await keepNow(side);
    await editorOf(side).flushHistory();
  }
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
  if (editorOf(side).assetKey === key) {
    // Undone to the loaded mask a moment ago: an approval without an edit leaves drafts alone, so this one goes now.
    if (unkept.has(side) && !editorOf(side).isDirty) await keepNow(side);
    unkept.delete(side);
    clocks[side].stop();
  }
  await writes.get(key)?.catch(() => undefined);
};

/** Keeps a mask that is not on screen any more, as after an approval that was refused. */
export const keepMask = (asset: AssetRef, baseRevisionId: Parameters<typeof saveDraft>[1], rle: Uint8Array): Promise<void> =>
  inOrder(assetKey(asset), () => saveDraft({ kind: asset.kind, id: asset.id }, baseRevisionId, rle));

/** Drops the draft for good. */
export const dropDraft = async (side: Side, asset: AssetRef): Promise<void> => {
  await stopKeeping(side, asset);
  await removeDraft({ kind: asset.kind, id: asset.id });
  showDraft(side, asset, false);
  markDraft(assetKey(asset), null);
};
