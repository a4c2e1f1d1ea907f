import { core } from '../../bridge/core.ts';
import { assetKey, sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import { loadHistory } from '../../stores/history.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { pane, setPane, sideOfKind } from '../../stores/panes.ts';
import { dropDraft, keepMask, readDraft } from '../desk/draftKeeper.ts';
import { mattesOfDraft, takeMattes, type TakenMattes } from '../desk/takenMattes.ts';
import { takePrompts, type TakenPrompts } from '../prompts/promptRecords.ts';
import { editorOf } from '../desk/editors.ts';
import { freshContextOf } from '../desk/contexts.ts';
import { openRef } from '../desk/openItem.ts';
import { compareWith } from './compareVersions.ts';
import { forgetStrokes } from './undoSteps.ts';

const agoOf = (atMs: number): string => {
  const minutes = Math.round((Date.now() - atMs) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  return `at ${new Date(atMs).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}`;
};

/** Who made the mask that is head now, for a sentence. */
const describeHead = async (asset: Asset): Promise<string> => {
  const { revisions } = await core().review.history({ asset: { kind: asset.kind, id: asset.id } });
  const head = revisions.find(({ revisionId }) => revisionId === asset.headRevisionId);
  if (head === undefined) return `The mask of ${asset.id} is gone from this store.`;
  return `${head.author} changed the mask of ${asset.id} ${agoOf(head.createdAtMs)}.`;
};

const reload = async (asset: Asset): Promise<void> => {
  const side = sideOfKind[asset.kind];
  await dropDraft(side, asset);
  editorOf(side).forget(assetKey(asset));
  forgetStrokes(assetKey(asset));
  if (pane(side).asset?.id === asset.id) setPane(side, { status: 'loading', seenHead: null });
  await openRef(asset);
};

/** The edit as it is by now: in hand, or kept as a draft. */
const editNow = async (asset: Asset): Promise<{ readonly rle: Uint8Array; readonly prompts: TakenPrompts; readonly mattes: TakenMattes } | null> => {
  const side = sideOfKind[asset.kind];
  const editor = editorOf(side);
  if (editor.assetKey === assetKey(asset) && editor.isDirty) return { rle: editor.toRle(), prompts: takePrompts(side), mattes: takeMattes(side) };
  const draft = await readDraft(asset);
  if (draft === null) return null;
  return { rle: draft.rle, prompts: () => Promise.resolve(draft.prompts), mattes: mattesOfDraft(asset, draft.mattes, draft.rle) };
};

/** The edit stays; the person has seen whose work it replaces, so the next verdict names that as seen. */
const keepEdit = async (asset: Asset): Promise<void> => {
  const edit = await editNow(asset);
  if (edit !== null) await keepMask(asset, asset.headRevisionId, edit.rle, edit.prompts, edit.mattes);
  await openRef(asset);
  setPane(sideOfKind[asset.kind], { seenHead: asset.headRevisionId });
};

/** Theirs and one's own over the picture, from the older to the newer; nothing is decided by it. */
const compare = async (seen: Asset, now: Asset, hasEdit: boolean): Promise<void> => {
  await openRef(now);
  await loadHistory(now);
  const before = hasEdit ? 'draft' : seen.headRevisionId;
  if (before !== null && now.headRevisionId !== null) compareWith(now, before, now.headRevisionId);
};

/**
 * The head moved under a person's work: says who did it and offers both ways on. Never a dialog.
 * @param hasEdit whether there is a mask of the reviewer's own; it is the draft until they choose, on the head that they saw, so that nothing
 *   of the other's is replaced unseen
 * @param refused whether a verdict was given and refused
 */
export const offerStaleChoices = async (asset: Asset, hasEdit: boolean, refused: boolean): Promise<void> => {
  const { asset: now } = await freshContextOf(asset);
  const side = sideOfKind[now.kind];
  const shown = pane(side).asset;
  if (shown !== null && sameAsset(shown, now)) setPane(side, { asset: now });
  const message = await describeHead(now);
  notify({
    level: 'warning',
    topic: `verdict:${assetKey(asset)}`,
    message: refused ? `${message} Your verdict was not recorded.` : message,
    buttons: [
      ...(hasEdit || asset.headRevisionId !== now.headRevisionId ? [{ label: 'Compare', run: () => inBackground(compare(asset, now, hasEdit)) }] : []),
      { label: 'Show theirs', run: () => inBackground(reload(now)) },
      ...(hasEdit ? [{ label: 'Keep my edit', run: () => inBackground(keepEdit(now)) }] : []),
    ],
  });
};
