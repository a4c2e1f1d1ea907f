import { create } from 'zustand';
import { assetKey, type AssetRef } from '../../shared/domain/asset.ts';
import type { Comment } from '../../shared/domain/comment.ts';
import type { CommentId } from '../../shared/domain/ids.ts';
import { core } from '../bridge/core.ts';

/** A comment that is being written: a new one, or another text for one that is there. */
export interface CommentDraft {
  readonly asset: AssetRef;
  /** Null: a new one. */
  readonly commentId: CommentId | null;
  /** placing: the next click on the picture is its place · null: about the whole picture. */
  readonly place: Comment['pointImagePx'] | 'placing';
  readonly text: string;
}

interface CommentsState {
  /** By assetKey, oldest first; of the items on the desk. */
  readonly lists: Readonly<Record<string, readonly Comment[]>>;
  readonly draft: CommentDraft | null;
  /** Texts that were begun and left, by {@link draftKey}: they come back. */
  readonly begun: Readonly<Record<string, string>>;
  /** The one that was jumped to last. */
  readonly active: CommentId | null;
  readonly isShowingResolved: boolean;
}

export const useComments = create<CommentsState>(() => ({ lists: {}, draft: null, begun: {}, active: null, isShowingResolved: false }));

/** More items than are on the desk are not kept. */
const mostLists = 6;

export const setComments = (asset: AssetRef, comments: readonly Comment[]): void =>
  useComments.setState(({ lists }) => {
    const key = assetKey(asset);
    const others = Object.entries(lists).filter(([other]) => other !== key);
    return { lists: Object.fromEntries([...others.slice(-(mostLists - 1)), [key, comments]]) };
  });

export const loadComments = async (asset: AssetRef): Promise<void> => {
  const ref: AssetRef = { kind: asset.kind, id: asset.id };
  setComments(ref, await core().comments.list({ asset: ref }));
};

export const setCommentDraft = (draft: CommentDraft | null): void => useComments.setState({ draft });
/** One that is there has its text, and each picture one new text. */
const draftKey = (asset: AssetRef, commentId: CommentId | null): string => commentId ?? assetKey(asset);

export const setCommentText = (text: string): void =>
  useComments.setState(({ draft, begun }) => (draft === null ? {} : { draft: { ...draft, text }, begun: { ...begun, [draftKey(draft.asset, draft.commentId)]: text } }));
/** What was written and not kept yet; null: nothing was begun. */
export const begunText = (asset: AssetRef, commentId: CommentId | null): string | null => useComments.getState().begun[draftKey(asset, commentId)] ?? null;
/** It is kept, or its comment is gone. */
export const forgetBegun = (asset: AssetRef, commentId: CommentId | null): void =>
  useComments.setState(({ begun }) => {
    const { [draftKey(asset, commentId)]: _kept, ...others } = begun;
    return { begun: others };
  });
export const activateComment = (active: CommentId | null): void => useComments.setState({ active });

const none: readonly Comment[] = [];
export const commentsOf = (lists: CommentsState['lists'], asset: AssetRef | null): readonly Comment[] => (asset === null ? none : (lists[assetKey(asset)] ?? none));

/** Their numbers on the pins and in the list: by age, among those with a place. */
export const pinNumbers = (comments: readonly Comment[]): ReadonlyMap<CommentId, number> =>
  new Map(comments.filter(({ pointImagePx }) => pointImagePx !== null).map(({ commentId }, index) => [commentId, index + 1]));
