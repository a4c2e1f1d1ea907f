import type { WorkMark } from '../../editor/types.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import { uploadMask } from '../../bridge/pixels.ts';
import type { VerdictResult } from '../../../shared/contracts/rpc/review.ts';
import { assetKey, sameAsset, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { RevisionId, Sha256 } from '../../../shared/domain/ids.ts';
import type { PromptRecord } from '../../../shared/domain/promptRecord.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import { markDraft } from '../../stores/drafts.ts';
import { dismissTopic, inBackground, isNoticeShown, notify } from '../../stores/notices.ts';
import { countVerdict } from '../../stores/pace.ts';
import { activate, activePane, otherSide, pane, setPane, usePanes, type Side } from '../../stores/panes.ts';
import { dropFromQueue, patchQueue, refreshQueue, restoreToQueue, useQueue } from '../../stores/queue.ts';
import { useSelection } from '../../stores/selection.ts';
import { nextOpen, nothingLeft } from '../desk/advance.ts';
import { forgetContexts } from '../desk/contexts.ts';
import { handOver, takeUpAgain, type DraftHandover } from '../desk/draftKeeper.ts';
import { editorOf } from '../desk/editors.ts';
import { takePrompts, type TakenPrompts } from '../prompts/promptRecords.ts';
import { takeMattes, type TakenMattes } from '../desk/takenMattes.ts';
import { open } from '../desk/openItem.ts';
import { offerStaleChoices } from './staleHead.ts';
import { tellChecks } from './tellChecks.ts';
import { forgetStrokes, logStep, takeStep } from './undoSteps.ts';
import { tellsTaken } from './takeOver.ts';
import { tellsUnfinished } from './unfinishedObstacle.ts';
import { takeBackVerdict, undoThisStep } from './undoVerdict.ts';
import { isBeingApproved, logVerdict } from './verdictLog.ts';
import { whyNotApprove } from './whyNotApprove.ts';

/** How one kind of verdict is asked of the core and told to the person. */
export interface VerdictKindSpec {
  readonly kind: 'approve' | 'reject' | 'reopen';
  /** For the toast: "Approved". */
  readonly done: string;
  /** For a failure: "approved". */
  readonly participle: string;
  readonly takesEdit: boolean;
  /** Whether the desk goes on to the next item; a reopened one is there to be worked on. */
  readonly movesOn: boolean;
  ask(
    asset: AssetRef,
    expectedHead: RevisionId | null,
    maskSha256: Sha256 | null,
    beside: { readonly prompts: PromptRecord | null; readonly matteSha256: Sha256 | null },
  ): Promise<VerdictResult>;
}

/** Whether the active pane holds something that a verdict can be about. */
export const canJudge = (): boolean => {
  const { asset, status } = activePane();
  return asset !== null && status === 'ready';
};

/** Set from a verdict until the next item is on its way: a second press in between is not meant for the item just judged. */
let isMovingOn = false;

/** @param isJudged whether the item leaves a list of one state, ahead of the core's answer */
const moveOn = async (side: Side, judged: Asset, isJudged: boolean): Promise<void> => {
  const { item } = useSelection.getState();
  const isQueueItem = item !== null && sameAsset(item, judged);
  isMovingOn = true;
  // Looked for from the row that the item leaves.
  const finding = isQueueItem ? nextOpen(judged) : Promise.resolve(null);
  const { state } = useQueue.getState().filter;
  if (isQueueItem && isJudged && state !== null) dropFromQueue(judged);
  const next = await finding.finally(() => {
    isMovingOn = false;
  });
  if (next !== null) return open(next);
  // The counterpart was judged: back to the item that it was compared with.
  if (!isQueueItem && pane(otherSide(side)).asset !== null) return activate(otherSide(side));
  notify({ level: 'info', message: nothingLeft('That was the last item in this list.'), topic: 'last' });
};

interface Given {
  readonly side: Side;
  readonly asset: Asset;
  readonly seenHead: RevisionId | null;
  readonly edit: Uint8Array | null;
  /** Of the edit. */
  readonly prompts: TakenPrompts;
  /** Soft coverage that goes with the edit. */
  readonly mattes: TakenMattes;
  /** Of a verdict that takes an edit. */
  readonly taken: {
    /** Where the editor stood: what is painted while the answer is awaited is work of its own. */
    readonly mark: WorkMark;
    readonly drafts: DraftHandover;
  } | null;
}

const record = async ({ side, asset, seenHead, edit, prompts, mattes, taken }: Given, spec: VerdictKindSpec): Promise<VerdictResult | null> => {
  const ref: AssetRef = { kind: asset.kind, id: asset.id };
  try {
    await taken?.drafts.earlier;
    const maskSha256 = edit === null ? null : await uploadMask(ref, edit);
    const matteSha256 = edit === null ? null : await mattes.stored();
    const result = await spec.ask(ref, seenHead, maskSha256, { prompts: edit === null ? null : await prompts(), matteSha256 });
    if (taken !== null) settleEditor(side, result, taken.mark);
    taken?.drafts.end(result.head?.revisionId ?? null);
    patchQueue(result.asset);
    forgetContexts();
    countVerdict(Date.now());
    return result;
  } catch (error) {
    taken?.drafts.end(null);
    if (taken !== null) editorOf(side).release(taken.mark);
    dismissTopic('verdict');
    // The row was taken out ahead of the answer, and a colleague's work is no news from our own core: list and counters are read again.
    forgetContexts();
    restoreToQueue(asset);
    // The first failure is the one to tell; the draft keeper tries again.
    if (edit !== null) await takeUpAgain(side, asset, seenHead, edit, prompts, mattes).catch(() => undefined);
    if (!isExpected(error, 'offline')) inBackground(refreshQueue(), 'queue');
    if (isExpected(error, 'stale_revision')) {
      await offerStaleChoices(asset, edit !== null, true);
      return null;
    }
    notify({
      level: 'error',
      topic: `verdict:${assetKey(asset)}`,
      message: `${asset.id} was not ${spec.participle}. ${sentenceOf(error)}`,
      buttons: [{ label: 'Go there', run: () => open(asset) }],
    });
    return null;
  }
};

/** The edit is a revision now: what the session kept of it as unsaved is settled, and what was painted since stays. */
const settleEditor = (side: Side, { head, asset }: VerdictResult, mark: WorkMark): void => {
  const key = assetKey(asset);
  const editor = editorOf(side);
  const shown = pane(side);
  if (shown.asset !== null && sameAsset(shown.asset, asset) && head !== null && shown.status === 'ready') setPane(side, { seenHead: head.revisionId });
  const isInHand = editor.assetKey === key;
  if (head !== null && editor.settle(mark, head.revisionId)) return;
  markDraft(key, null);
  if (isInHand) return;
  editor.forget(key);
  forgetStrokes(key);
};

/** Enter on a mask that is approved as it is says so and goes on: a second verdict would say nothing new. */
const saidAlready = (asset: Asset, seenHead: RevisionId | null, isEdited: boolean): boolean =>
  !isEdited && ((asset.state === 'approved' && asset.headRevisionId === seenHead) || isBeingApproved(asset, seenHead));

/** Shorter than this nobody asks what a verdict waits for. */
const patienceMs = 300;
/** What a verdict waits for already: a second press means the same one. */
const awaited = new Set<string>();

/** A click is being worked out: the mask that is meant is the one with it. */
const afterWork = (side: Side, asset: Asset, spec: VerdictKindSpec): void => {
  const key = assetKey(asset);
  if (awaited.has(key)) return;
  awaited.add(key);
  const editor = editorOf(side);
  const topic = `prompts:${key}`;
  const what = editor.prompts.isAnswering ? 'the answer to your prompt' : 'what you asked for';
  const slow = setTimeout(() => notify({ level: 'info', topic, message: `${asset.id} waits for ${what}, then it is ${spec.participle}. Esc takes both back.` }), patienceMs);
  const goOn = async (): Promise<void> => {
    const isComplete = await editor.settled().finally(() => {
      clearTimeout(slow);
      dismissTopic(topic);
      awaited.delete(key);
    });
    const shown = pane(side);
    // Esc, another item or no answer: the press was for something else.
    if (isComplete && shown.asset !== null && sameAsset(shown.asset, asset) && usePanes.getState().active === side) giveVerdict(spec);
  };
  inBackground(goOn());
};

/** Gives a verdict on what the active pane shows. The desk moves on at once; the core's answer is awaited behind it. */
export const giveVerdict = (spec: VerdictKindSpec): void => {
  const side = usePanes.getState().active;
  const { asset, seenHead, status } = pane(side);
  if (asset === null || status !== 'ready' || isMovingOn) return;
  if (tellsTaken(asset)) return;
  const editor = editorOf(side);
  // What is seen is what counts: a stroke in hand, what is being worked out, and what is only shown so far. Of a verdict on the stored mask it is the draft.
  editor.finishGesture();
  if (spec.takesEdit && editor.isPending) return afterWork(side, asset, spec);
  if (spec.takesEdit && tellsUnfinished(editor, asset)) return;
  editor.accept();
  const edit = spec.takesEdit && editor.isDirty ? editor.toRle() : null;
  const prompts = takePrompts(side);
  const mattes = takeMattes(side);
  const obstacle = spec.takesEdit ? whyNotApprove(asset, edit !== null) : null;
  if (obstacle !== null) {
    notify({ level: 'warning', topic: 'nomask', message: obstacle });
    return;
  }
  if (spec.kind === 'approve' && saidAlready(asset, seenHead, edit !== null)) {
    notify({ level: 'info', topic: 'already', message: `${asset.id} is already approved` });
    inBackground(moveOn(side, asset, false), 'open');
    return;
  }
  const isUnchanged = spec.kind === 'approve' && edit === null;
  const taken = spec.takesEdit ? { mark: editor.mark(), drafts: handOver(side, asset) } : null;
  const verdict = logVerdict(asset, () => record({ side, asset, seenHead, edit, prompts, mattes, taken }, spec), isUnchanged ? { head: seenHead } : null);
  inBackground(verdict.result);
  const step = logStep(() => takeBackVerdict(verdict));
  // A refused one is nothing to take back: the key is for what came before.
  verdict.result.then((result) => result === null && takeStep(step), () => takeStep(step));
  const message = `${spec.done} ${asset.id}`;
  const undo = { label: 'Undo', run: () => undoThisStep(step) };
  const noticeId = notify({ level: spec.kind === 'approve' ? 'success' : 'info', topic: 'verdict', message, buttons: [undo] });
  inBackground(verdict.result.then((result) => {
    if (result?.isWaiting === true && isNoticeShown(noticeId)) notify({ level: 'info', topic: 'verdict', message: `${message}. It waits here until the store is back.`, buttons: [undo] });
  }));
  if (spec.kind === 'approve' && edit !== null) inBackground(verdict.result.then((result) => (result?.head == null || result.isWaiting === true ? undefined : tellChecks(asset, result.head.revisionId, { noticeId, message, undo }))), 'checks');
  if (spec.movesOn) inBackground(moveOn(side, asset, true), 'open');
};
