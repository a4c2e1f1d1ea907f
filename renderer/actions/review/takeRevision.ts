import { core } from '../../bridge/core.ts';
import { uploadMask } from '../../bridge/pixels.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import { assetKey, sameAsset, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import { loadHistory } from '../../stores/history.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { pane, sideOfKind } from '../../stores/panes.ts';
import { patchQueue, refreshQueue } from '../../stores/queue.ts';
import { forgetContexts } from '../desk/contexts.ts';
import { dropDraft, keepMask } from '../desk/draftKeeper.ts';
import { editorOf } from '../desk/editors.ts';
import { showInPane } from '../desk/loadPane.ts';
import { openItem } from '../desk/openItem.ts';
import { logStep } from './undoSteps.ts';
import { undoThisStep } from './undoVerdict.ts';
import { afterVerdicts } from './verdictLog.ts';

/** An edit in hand that another version was chosen over: it is a version of its own by then. */
interface KeptEdit {
  readonly rle: Uint8Array;
  readonly base: RevisionId | null;
}

/** What was painted and not yet approved, if anything. */
const editOf = (asset: AssetRef): Uint8Array | null => {
  const editor = editorOf(sideOfKind[asset.kind]);
  return editor.assetKey === assetKey(asset) && editor.isDirty ? editor.toRle() : null;
};

const refOf = ({ kind, id }: AssetRef): AssetRef => ({ kind, id });

/** Takes the choice back: head and state as before, and the edit, where there was one, is a draft again. */
const takeBack = async (asset: AssetRef, edit: KeptEdit | null): Promise<void> => {
  const now = await afterVerdicts(() => core().review.undoMove({ asset: refOf(asset) }));
  if (edit !== null) await keepMask(asset, edit.base, edit.rle);
  editorOf(sideOfKind[asset.kind]).forget(assetKey(asset));
  forgetContexts();
  await refreshQueue();
  await openItem({ ...now, hasDraft: edit !== null || now.hasDraft });
  notify({ level: 'info', topic: 'verdict', message: `Choice of a mask for ${asset.id} taken back` });
};

const take = async (asset: Asset, revisionId: RevisionId): Promise<void> => {
  const side = sideOfKind[asset.kind];
  const ref = refOf(asset);
  const base = pane(side).seenHead;
  const rle = editOf(asset);
  let expectedHead = base;
  if (rle !== null) {
    const kept = await core().review.keepVersion({ asset: ref, expectedHead: base, maskSha256: await uploadMask(ref, rle) });
    if (kept.becameHead) expectedHead = kept.revision.revisionId;
  }
  const now = await afterVerdicts(() => core().review.moveHead({ asset: ref, revisionId, expectedHead }));
  await dropDraft(side, asset);
  editorOf(side).forget(assetKey(asset));
  patchQueue(now);
  forgetContexts();
  const edit: KeptEdit | null = rle === null ? null : { rle, base };
  const step = logStep(() => takeBack(ref, edit));
  const shown = pane(side).asset;
  if (shown !== null && sameAsset(shown, asset)) await showInPane(side, { ...now, hasDraft: false }, pane(side).siblings);
  await loadHistory(asset);
  notify({
    level: edit === null ? 'info' : 'warning',
    topic: 'verdict',
    message: edit === null ? `Another mask of ${asset.id} is the one to judge` : `Another mask of ${asset.id} is the one to judge. Your unfinished edit is kept as a version.`,
    lifeMs: edit === null ? 6000 : 10_000,
    buttons: [{ label: 'Undo', run: () => undoThisStep(step) }],
  });
};

/**
 * Makes an older or waiting version of the mask the one to judge, as a step that can be undone. An edit in hand is kept as a version first, so
 * that nothing that was painted is lost.
 */
export const takeRevision = (asset: Asset, revisionId: RevisionId): void => inBackground(take(asset, revisionId), 'take');
