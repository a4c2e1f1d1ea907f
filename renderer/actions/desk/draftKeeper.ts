import { fetchDraft, removeDraft, saveDraft, type KeptDraft } from '../../bridge/pixels.ts';
import { assetKey, sameAsset, withDraftOf, type AssetRef } from '../../../shared/domain/asset.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import { appInfo } from '../../stores/appInfo.ts';
import { markDraft } from '../../stores/drafts.ts';
import { inBackground } from '../../stores/notices.ts';
import { otherSide, pane, setPane, sideOfKind, type Side } from '../../stores/panes.ts';
import { assetAt, indexInQueue, patchQueue } from '../../stores/queue.ts';
import { takePrompts, type TakenPrompts } from '../prompts/promptRecords.ts';
import { afterFrame } from './afterFrame.ts';
import { bothEditors, editorOf } from './editors.ts';
import { SaveClock } from './saveClock.ts';
import { takeMattes, type TakenMattes } from './takenMattes.ts';

/** The next stroke is begun often enough before a save; the page is idle between its events. */
const idleTimeoutMs = 200;

/** Panes whose last change is in no write yet. */
const unkept = new Set<Side>();
/** Writes of one asset follow each other. */
const writes = new Map<string, Promise<void>>();

/** An approval that is on its way: it stands among the writes, those behind it wait for what it says. */
interface Approval {
  /** The head that it made; null: it made none, or was refused. */
  head: RevisionId | null;
}
const approvals = new Map<string, Approval>();

/** What a write is to bring. It is kept here until the core has it: a failure leaves it for the next try. */
interface Unwritten {
  readonly ref: AssetRef;
  readonly side: Side;
  readonly base: RevisionId | null;
  /** Null: undone to the loaded mask, the draft goes. */
  readonly rle: Uint8Array | null;
  /** What it was prompted with. */
  readonly prompts: TakenPrompts;
  /** Soft coverage beside it. */
  readonly mattes: TakenMattes;
  /** The approval that it came behind. */
  readonly behind: Approval | null;
}
const unwritten = new Map<string, Unwritten>();

const inOrder = (key: string, work: () => Promise<void>): Promise<void> => {
  const next = (writes.get(key) ?? Promise.resolve()).catch(() => undefined).then(work);
  writes.set(key, next);
  return next.finally(() => {
    if (writes.get(key) === next) writes.delete(key);
  });
};

/** In the queue and the strip; in the queue also when the item was left before its draft was written. */
const showDraft = (side: Side, ref: AssetRef, hasDraft: boolean): void => {
  const { asset } = pane(side);
  const shown = asset !== null && sameAsset(asset, ref) ? asset : null;
  const row = indexInQueue(ref);
  const known = shown ?? (row === -1 ? null : assetAt(row));
  const reviewer = appInfo()?.reviewer;
  if (known === null || reviewer === undefined || known.draftsBy.includes(reviewer) === hasDraft) return;
  const now = withDraftOf(known, reviewer, hasDraft);
  if (shown !== null) setPane(side, { asset: now });
  patchQueue(now);
};

/** What the pane shows, seen from the mask that has been approved meanwhile, if one was. */
const contentNow = ({ side, ref, rle, mattes, behind }: Unwritten): Pick<Unwritten, 'rle' | 'mattes'> => {
  const editor = editorOf(side);
  if (behind === null || editor.assetKey !== assetKey(ref) || editor.isGestureRunning) return { rle, mattes };
  return { rle: editor.isDirty ? editor.toRle() : null, mattes: takeMattes(side) };
};

const write = (entry: Unwritten): Promise<void> => {
  const { ref, side, behind } = entry;
  const key = assetKey(ref);
  unwritten.set(key, entry);
  markDraft(key, 'saving');
  return inOrder(key, async () => {
    // A newer one follows, or it was given up.
    if (unwritten.get(key) !== entry) return;
    try {
      const { rle, mattes } = contentNow(entry);
      await (rle === null ? removeDraft(ref) : saveDraft(ref, behind?.head ?? entry.base, rle, { prompts: await entry.prompts(), mattes: await mattes.record() }));
      if (unwritten.get(key) !== entry) return;
      unwritten.delete(key);
      showDraft(side, ref, rle !== null);
      // A burst of strokes goes on: its last write says so.
      if (!unkept.has(side) || editorOf(side).assetKey !== key) markDraft(key, rle === null ? null : 'saved');
    } catch (error) {
      markDraft(key, 'failed');
      throw error;
    }
  });
};

/** Keeps what the pane shows, now. Undone to the loaded mask: nothing is left to keep. */
const keepNow = (side: Side): Promise<void> => {
  clocks[side].stop();
  unkept.delete(side);
  const { asset, seenHead } = pane(side);
  const editor = editorOf(side);
  if (asset === null || editor.document === null || editor.assetKey !== assetKey(asset)) return Promise.resolve();
  const behind = approvals.get(assetKey(asset)) ?? null;
  // Behind an approval nobody knows yet what is a change: even the loaded mask may be one.
  const rle = editor.isDirty || behind !== null ? editor.toRle() : null;
  return write({ ref: { kind: asset.kind, id: asset.id }, side, base: seenHead, rle, prompts: takePrompts(side), mattes: takeMattes(side), behind });
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
export const startDraftKeeper = (onCommitted: (assetKey: string, direction: 'forward' | 'back') => void): void => {
  for (const editor of bothEditors) {
    const side: Side = editor === editorOf('left') ? 'left' : 'right';
    const tell = (): void => {
      if (editor.assetKey !== null && unkept.has(side)) markDraft(editor.assetKey, 'unsaved');
    };
    editor.subscribe((change) => {
      if (change.kind !== 'committed' || editor.assetKey === null) return;
      onCommitted(editor.assetKey, change.direction);
      unkept.add(side);
      clocks[side].changed();
      afterFrame(tell);
    });
  }
};

/** Before the pane shows something else. */
export const keepBeforeLeaving = (side: Side): void => {
  editorOf(side).accept();
  if (unkept.has(side)) inBackground(keepNow(side), 'draft');
  inBackground(editorOf(side).flushHistory());
};

/** Tries again what could not be written: the core is back, or the window is to go. */
export const keepUnwritten = async (): Promise<void> => {
  const waiting = [...unwritten].filter(([key]) => !writes.has(key)).map(([, entry]) => write(entry));
  for (const outcome of await Promise.allSettled(waiting)) if (outcome.status === 'rejected') throw outcome.reason;
};

/** Before the window goes: resolves when everything is kept. @throws what kept it from being so; the work stays here for another try */
export const keepEverything = async (): Promise<void> => {
  for (const side of ['left', otherSide('left')] as const) {
    await editorOf(side).settled();
    editorOf(side).accept();
    // What fails is among the unwritten, which are tried once more below.
    if (unkept.has(side)) await keepNow(side).catch(() => undefined);
    await editorOf(side).flushHistory();
  }
  await Promise.allSettled(writes.values());
  await keepUnwritten();
};

/** Whether something was painted on it that no verdict has taken: in hand, on its way, or kept. */
export const hasUnapproved = (asset: AssetRef): boolean => {
  const side = sideOfKind[asset.kind];
  const editor = editorOf(side);
  return hasUnwritten(asset) || (editor.assetKey === assetKey(asset) && editor.isDirty);
};

/** The draft as it is, written or not. */
export const hasUnwritten = (asset: AssetRef): boolean => (unwritten.get(assetKey(asset))?.rle ?? null) !== null;

/** The draft, once every write of it has ended. */
export const readDraft = async (asset: AssetRef): Promise<KeptDraft | null> => {
  await writes.get(assetKey(asset))?.catch(() => undefined);
  const waiting = unwritten.get(assetKey(asset));
  if (waiting?.rle != null) {
    const prompts = await waiting.prompts().catch(() => null);
    // Mattes that can't be stored are in the pane's session, which comes back by itself.
    const mattes = await waiting.mattes.record().catch(() => null);
    return { rle: waiting.rle, prompts, mattes, baseRevisionId: waiting.behind?.head ?? waiting.base };
  }
  return fetchDraft(asset);
};

/** No later write may bring the draft back. */
const stopKeeping = async (side: Side, asset: AssetRef): Promise<void> => {
  const key = assetKey(asset);
  if (editorOf(side).assetKey === key) {
    unkept.delete(side);
    clocks[side].stop();
  }
  unwritten.delete(key);
  await writes.get(key)?.catch(() => undefined);
};

/** The asset is not in the store any more: nothing of it can be kept. */
export const giveUpDraft = (side: Side, asset: AssetRef): void => {
  inBackground(stopKeeping(side, asset), 'draft');
  markDraft(assetKey(asset), null);
};

/** What an approval that takes an edit holds of the asset's writes. */
export interface DraftHandover {
  /** Every write from before has ended: none comes behind the approval. */
  readonly earlier: Promise<void>;
  /** To be called once, with the head that was made; null when there is none. Writes of what was painted meanwhile go on. */
  end(head: RevisionId | null): void;
}

/** The pane's mask, as it is now, goes into an approval; from here on only what is painted later is work to keep. */
export const handOver = (side: Side, asset: AssetRef): DraftHandover => {
  const key = assetKey(asset);
  const { isDirty } = editorOf(side);
  // Undone to the loaded mask a moment ago: an approval without an edit leaves drafts alone, so this one goes now.
  if (unkept.has(side) && !isDirty) inBackground(keepNow(side), 'draft');
  if (isDirty) unwritten.delete(key);
  unkept.delete(side);
  clocks[side].stop();
  const earlier = (writes.get(key) ?? Promise.resolve()).catch(() => undefined);
  const approval: Approval = { head: null };
  approvals.set(key, approval);
  const { promise, resolve } = Promise.withResolvers<void>();
  void inOrder(key, () => promise);
  return {
    earlier,
    end: (head) => {
      approval.head = head;
      if (approvals.get(key) === approval) approvals.delete(key);
      resolve();
    },
  };
};

/** Whether something newer of the asset is on its way to the store by itself, or will be. */
const hasNewer = (side: Side, key: string): boolean => unwritten.has(key) || (unkept.has(side) && editorOf(side).assetKey === key);

/** The mask of an approval that was refused is a draft again, unless something newer is. */
export const takeUpAgain = async (side: Side, asset: AssetRef, base: RevisionId | null, rle: Uint8Array, prompts: TakenPrompts, mattes: TakenMattes): Promise<void> => {
  if (!hasNewer(side, assetKey(asset))) await keepMask(asset, base, rle, prompts, mattes);
};

/** Keeps a mask that is not on screen any more. */
export const keepMask = ({ kind, id }: AssetRef, base: RevisionId | null, rle: Uint8Array, prompts: TakenPrompts, mattes: TakenMattes): Promise<void> =>
  write({ ref: { kind, id }, side: sideOfKind[kind], base, rle, prompts, mattes, behind: null });

/** Drops the draft for good. */
export const dropDraft = async (side: Side, asset: AssetRef): Promise<void> => {
  await stopKeeping(side, asset);
  await removeDraft({ kind: asset.kind, id: asset.id });
  showDraft(side, asset, false);
  markDraft(assetKey(asset), null);
};
