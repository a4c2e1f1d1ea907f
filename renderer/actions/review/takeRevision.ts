import { core } from '../../bridge/core.ts';
import { uploadMask } from '../../bridge/pixels.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import { assetKey, sameAsset, withDraftOf, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import { appInfo } from '../../stores/appInfo.ts';
import { loadHistory } from '../../stores/history.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { pane, setPane, sideOfKind } from '../../stores/panes.ts';
import { patchQueue, refreshQueue } from '../../stores/queue.ts';
import { forgetContexts } from '../desk/contexts.ts';
import { dropDraft, keepMask, readDraft } from '../desk/draftKeeper.ts';
import { mattesOfDraft, takeMattes, type TakenMattes } from '../desk/takenMattes.ts';
import { takePrompts, type TakenPrompts } from '../prompts/promptRecords.ts';
import { editorOf } from '../desk/editors.ts';
import { showInPane } from '../desk/loadPane.ts';
import { openItem } from '../desk/openItem.ts';
import { tellsTaken } from './takeOver.ts';
import { forgetStrokes, logStep } from './undoSteps.ts';
import { undoThisStep } from './undoVerdict.ts';
import { afterVerdicts } from './verdictLog.ts';

/** An edit in hand that another version was chosen over: it is a version of its own by then. */
interface KeptEdit {
  readonly rle: Uint8Array;
  readonly base: RevisionId | null;
  readonly prompts: TakenPrompts;
  readonly mattes: TakenMattes;
}

/** What was painted and not yet approved, if anything. */
const editOf = (asset: AssetRef): KeptEdit | null => {
  const side = sideOfKind[asset.kind];
  const editor = editorOf(side);
  return editor.assetKey === assetKey(asset) && editor.isDirty ? { rle: editor.toRle(), base: pane(side).seenHead, prompts: takePrompts(side), mattes: takeMattes(side) } : null;
};

/** The same, of an item that may not be on the desk: what was painted on it is its draft then. */
const paintedNow = async (asset: AssetRef): Promise<KeptEdit | null> => {
  const edit = editOf(asset);
  if (edit !== null) return edit;
  const draft = await readDraft(asset);
  if (draft === null) return null;
  return { rle: draft.rle, base: draft.baseRevisionId, prompts: () => Promise.resolve(draft.prompts), mattes: mattesOfDraft(asset, draft.mattes, draft.rle) };
};

const refOf = ({ kind, id }: AssetRef): AssetRef => ({ kind, id });

/** A mask that was painted becomes a version beside the others, or the head where nobody's work stands. @returns the head after that */
const keepAsVersion = async (asset: AssetRef, head: RevisionId | null, { rle, prompts, mattes }: KeptEdit): Promise<RevisionId | null> => {
  const matteSha256 = await mattes.stored();
  const kept = await core().review.keepVersion({ asset, expectedHead: head, maskSha256: await uploadMask(asset, rle), prompts: await prompts(), matteSha256 });
  return kept.becameHead ? kept.revision.revisionId : head;
};

/** Another mask is about to take the place of what is in hand: until it has, nothing is painted that would go with the old one. */
const withoutPainting = async (asset: AssetRef, work: () => Promise<void>): Promise<void> => {
  const side = sideOfKind[asset.kind];
  const isShown = (): boolean => pane(side).asset !== null && sameAsset(pane(side).asset as Asset, asset);
  if (isShown()) {
    if (pane(side).status === 'ready') setPane(side, { status: 'loading' });
    // What is seen is kept as a version, and what was asked for with it.
    await editorOf(side).settled({ leavesReading: true });
    editorOf(side).accept();
  }
  try {
    await work();
  } catch (error) {
    if (isShown() && editorOf(side).assetKey === assetKey(asset) && pane(side).status === 'loading') setPane(side, { status: 'ready' });
    throw error;
  }
};

/**
 * Takes the choice back: head and state as before, and the edit, where there was one, is a draft again. What was painted on the chosen mask since
 * is kept as a version first.
 */
const takeBack = (asset: AssetRef, edit: KeptEdit | null): Promise<void> =>
  withoutPainting(asset, async () => {
    const side = sideOfKind[asset.kind];
    const newer = await paintedNow(asset);
    const now = await afterVerdicts(async () => {
      if (newer !== null) await keepAsVersion(asset, newer.base, newer);
      return core().review.undoMove({ asset });
    });
    if (newer !== null) await dropDraft(side, asset);
    if (edit !== null) await keepMask(asset, edit.base, edit.rle, edit.prompts, edit.mattes);
    editorOf(side).forget(assetKey(asset));
    forgetStrokes(assetKey(asset));
    forgetContexts();
    await refreshQueue();
    await openItem(withDraftOf(now, appInfo()?.reviewer ?? '', edit !== null));
    const kept = newer === null ? '' : '. What you painted since is kept as a version.';
    notify({ level: newer === null ? 'info' : 'warning', topic: 'verdict', message: `Choice of a mask for ${asset.id} taken back${kept}` });
  });

/** A verdict was about the mask before: that it is open again, and what that means, is said. */
const takenWords = (before: Asset, { state, id }: Asset): string =>
  before.state === 'approved' && state !== 'approved'
    ? `Another mask of ${id} is the one to judge. Its approval is open again: until it is approved, no new export has it.`
    : `Another mask of ${id} is the one to judge.`;

const take = async (asset: Asset, revisionId: RevisionId): Promise<void> => {
  const side = sideOfKind[asset.kind];
  const ref = refOf(asset);
  const base = pane(side).seenHead;
  const edit = editOf(asset);
  const now = await afterVerdicts(async () => {
    const expectedHead = edit === null ? base : await keepAsVersion(ref, base, edit);
    return core().review.moveHead({ asset: ref, revisionId, expectedHead });
  });
  await dropDraft(side, asset);
  editorOf(side).forget(assetKey(asset));
  forgetStrokes(assetKey(asset));
  patchQueue(now);
  forgetContexts();
  const step = logStep(() => takeBack(ref, edit));
  const shown = pane(side).asset;
  if (shown !== null && sameAsset(shown, asset)) await showInPane(side, withDraftOf(now, appInfo()?.reviewer ?? '', false), pane(side).siblings);
  await loadHistory(asset);
  notify({
    level: edit === null ? 'info' : 'warning',
    topic: 'verdict',
    message: [takenWords(asset, now), ...(edit === null ? [] : ['Your unfinished edit is kept as a version.'])].join(' '),
    lifeMs: edit === null ? 6000 : 10_000,
    buttons: [{ label: 'Undo', run: () => undoThisStep(step) }],
  });
};

/**
 * Makes an older or waiting version of the mask the one to judge, as a step that can be undone. An edit in hand is kept as a version first, so
 * that nothing that was painted is lost.
 */
export const takeRevision = (asset: Asset, revisionId: RevisionId): void => {
  if (!tellsTaken(asset)) inBackground(withoutPainting(asset, () => take(asset, revisionId)), 'take');
};
