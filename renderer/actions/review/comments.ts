import { core } from '../../bridge/core.ts';
import { sentenceOf } from '../../bridge/errors.ts';
import type { Asset, AssetRef } from '../../../shared/domain/asset.ts';
import type { Comment } from '../../../shared/domain/comment.ts';
import { viewToImageX, viewToImageY, imageToViewX, imageToViewY } from '../../editor/viewport.ts';
import { activateComment, begunText, forgetBegun, setCommentDraft, setComments, useComments, type CommentDraft } from '../../stores/comments.ts';
import { unfoldSection } from '../../stores/foldedSections.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { closeOverlay, openOverlay, useOverlay } from '../../stores/overlay.ts';
import { activePane, pane, sideOfKind, type Side } from '../../stores/panes.ts';
import type { Action } from '../action.ts';
import { editorOf } from '../desk/editors.ts';

const isOpen = (): boolean => useOverlay.getState().open === 'comment';

const begin = (draft: CommentDraft): void => {
  setCommentDraft(draft);
  openOverlay('comment');
};

/** What was begun and left comes back where it fits: nothing that was written is lost by a key. */
const keptText = (asset: AssetRef): string => begunText(asset, null) ?? '';

const refOf = ({ kind, id }: AssetRef): AssetRef => ({ kind, id });

/** The next click on a picture is the place; Enter: the whole picture. */
export const comment: Action = {
  id: 'comment',
  label: 'Comment on a place',
  group: 'Verdict',
  keys: ['K'],
  when: () => (useOverlay.getState().open === null || isOpen()) && activePane().status === 'ready',
  run: () => {
    if (isOpen()) return closeOverlay();
    const { asset } = activePane();
    if (asset !== null) begin({ asset: refOf(asset), commentId: null, place: 'placing', text: keptText(asset) });
  },
};

export const commentOnWhole: Action = {
  id: 'comment.whole',
  label: 'Comment on the whole picture',
  group: 'Verdict',
  context: 'comment',
  keys: ['Enter'],
  when: () => useComments.getState().draft?.place === 'placing',
  run: () => {
    const { draft } = useComments.getState();
    if (draft !== null) writeOnWhole(draft.asset);
  },
};

export const writeOnWhole = (asset: AssetRef): void => {
  begin({ asset: refOf(asset), commentId: null, place: null, text: keptText(asset) });
  inBackground(unfoldSection('comments'));
};

/** A click while the place is looked for; beside the picture there is none. @param xViewPx in the side's canvas */
export const placeComment = (side: Side, xViewPx: number, yViewPx: number): void => {
  const { asset, photo } = pane(side);
  const { draft } = useComments.getState();
  if (asset === null || photo === null || draft === null) return;
  const { viewport } = editorOf(side);
  const xPx = viewToImageX(viewport, xViewPx);
  const yPx = viewToImageY(viewport, yViewPx);
  if (xPx < 0 || yPx < 0 || xPx > photo.widthPx || yPx > photo.heightPx) return;
  setCommentDraft({ ...draft, asset: refOf(asset), place: { xPx, yPx } });
};

/** Where a place of the picture is in its pane, now and at each change of the view. @returns a function that stops it */
export const followPlace = (side: Side, place: { readonly xPx: number; readonly yPx: number }, onPlace: (xViewPx: number, yViewPx: number) => void): (() => void) => {
  const editor = editorOf(side);
  const tell = (): void => onPlace(imageToViewX(editor.viewport, place.xPx), imageToViewY(editor.viewport, place.yPx));
  tell();
  return editor.subscribe(({ kind }) => {
    if (kind === 'viewport' || kind === 'loaded') tell();
  });
};

const send = async ({ asset, commentId, place, text }: CommentDraft): Promise<void> => {
  if (commentId !== null) return setComments(asset, await core().comments.edit({ commentId, text }));
  const known = new Set((await core().comments.list({ asset })).map((one) => one.commentId));
  const revisionId = pane(sideOfKind[asset.kind]).seenHead;
  const comments = await core().comments.add({ asset, revisionId, pointImagePx: place === 'placing' ? null : place, text });
  setComments(asset, comments);
  activateComment(comments.findLast((one) => !known.has(one.commentId))?.commentId ?? null);
};

const save = async (draft: CommentDraft): Promise<void> => {
  closeOverlay();
  setCommentDraft(null);
  try {
    await send(draft);
    forgetBegun(draft.asset, draft.commentId);
  } catch (error) {
    notify({
      level: 'error',
      topic: 'comment',
      message: `Your comment was not kept. ${sentenceOf(error)}`,
      buttons: [{ label: 'Back to it', run: () => begin(draft) }],
    });
  }
};

/** Enter in the field. An empty one is none. */
export const saveComment = (): void => {
  const { draft } = useComments.getState();
  if (draft === null || draft.place === 'placing') return;
  if (draft.text.trim() === '') return closeOverlay();
  inBackground(save(draft), 'comment');
};

export const editComment = ({ asset, commentId, pointImagePx, text }: Comment): void => begin({ asset, commentId, place: pointImagePx, text: begunText(asset, commentId) ?? text });

export const resolveComment = ({ asset, commentId }: Comment, resolved: boolean): void =>
  inBackground(core().comments.resolve({ commentId, resolved }).then((comments) => setComments(asset, comments)), 'comment');

const remove = async (removed: Comment): Promise<void> => {
  const { asset, commentId, pointImagePx, revisionId, text } = removed;
  setComments(asset, await core().comments.remove({ commentId }));
  forgetBegun(asset, commentId);
  const putBack = async (): Promise<void> => setComments(asset, await core().comments.add({ asset, revisionId, pointImagePx, text }));
  notify({ level: 'info', topic: 'comment', message: 'Comment removed', buttons: [{ label: 'Undo', run: () => inBackground(putBack(), 'comment') }] });
};

export const removeComment = (removed: Comment): void => inBackground(remove(removed), 'comment');

/** Around the place, as a share of the photo's longer side. */
const closeUpShare = 0.15;

/** Goes to the place of a comment, on the side that shows its picture. */
export const showComment = ({ commentId, asset, pointImagePx }: Comment): void => {
  activateComment(commentId);
  const side = sideOfKind[asset.kind];
  const { photo, asset: shown } = pane(side);
  if (pointImagePx === null || photo === null || shown?.id !== asset.id) return;
  const sidePx = Math.max(48, Math.max(photo.widthPx, photo.heightPx) * closeUpShare);
  editorOf(side).showRect({ xPx: pointImagePx.xPx - sidePx / 2, yPx: pointImagePx.yPx - sidePx / 2, widthPx: sidePx, heightPx: sidePx });
};

/** From a pin: its comment in the inspector. */
export const pinPressed = (asset: Asset, commentId: string): void => {
  const found = useComments.getState().lists[`${asset.kind}:${asset.id}`]?.find((one) => one.commentId === commentId);
  if (found === undefined) return;
  activateComment(found.commentId);
  inBackground(unfoldSection('comments'));
};
