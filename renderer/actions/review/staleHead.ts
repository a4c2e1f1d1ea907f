import { core } from '../../bridge/core.ts';
import { assetKey, sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { pane, setPane, sideOfKind } from '../../stores/panes.ts';
import { keepMask, dropDraft } from '../desk/draftKeeper.ts';
import { editorOf } from '../desk/editors.ts';
import { freshContextOf } from '../desk/contexts.ts';
import { openRef } from '../desk/openItem.ts';

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
  if (pane(side).asset?.id === asset.id) setPane(side, { status: 'loading', seenHead: null });
  await openRef(asset);
};

/** The edit stays; the person has seen whose work it replaces, so the next verdict names that as seen. */
const keepEdit = async (asset: Asset, edit: Uint8Array | null): Promise<void> => {
  if (edit !== null) await keepMask(asset, asset.headRevisionId, edit);
  await openRef(asset);
  setPane(sideOfKind[asset.kind], { seenHead: asset.headRevisionId });
};

/**
 * The head moved under a person's work: says who did it and offers both ways on. Never a dialog.
 * @param edit the reviewer's own mask, when there was one: it is kept as the draft until they choose
 * @param base the head that the reviewer saw; the draft stays on it, so that nothing of the other's is replaced unseen
 * @param refused whether a verdict was given and refused
 */
export const offerStaleChoices = async (asset: Asset, edit: Uint8Array | null, base: RevisionId | null, refused: boolean): Promise<void> => {
  const { asset: now } = await freshContextOf(asset);
  if (edit !== null) await keepMask(now, base, edit);
  const side = sideOfKind[now.kind];
  const shown = pane(side).asset;
  if (shown !== null && sameAsset(shown, now)) setPane(side, { asset: now });
  const message = await describeHead(now);
  notify({
    level: 'warning',
    topic: `verdict:${assetKey(asset)}`,
    message: refused ? `${message} Your verdict was not recorded.` : message,
    buttons: [
      { label: 'Show theirs', run: () => inBackground(reload(now)) },
      ...(edit === null ? [] : [{ label: 'Keep my edit', run: () => inBackground(keepEdit(now, edit)) }]),
    ],
  });
};
