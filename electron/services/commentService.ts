import { assetKey, type AssetRef } from '../../shared/domain/asset.ts';
import { maxCommentLength, type Comment } from '../../shared/domain/comment.ts';
import { asId, type CommentId, type RevisionId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { AppEvents } from './appEvents.ts';
import { assetOrThrow } from './assetOrThrow.ts';
import type { CommentService } from './services.ts';

interface CommentParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly events: AppEvents;
  /** Who writes here. */
  readonly reviewer: () => string;
}

const checked = (text: string): string => {
  const trimmed = text.trim();
  if (trimmed === '') throw new ExpectedError('invalid_input', 'A comment needs some text.');
  if (trimmed.length > maxCommentLength) throw new ExpectedError('invalid_input', `A comment may have ${maxCommentLength} characters, this one has ${trimmed.length}.`);
  return trimmed;
};

/** Each change is told as a change of its asset, so that every window's queue, pins and lists follow. */
export const createCommentService = ({ store, clock, events, reviewer }: CommentParts): CommentService => {
  const { comments } = store;

  const changed = (asset: AssetRef): Promise<readonly Comment[]> => {
    events.assetsChanged([asset]);
    return comments.ofAsset(asset);
  };

  const assetOf = async (commentId: CommentId): Promise<AssetRef> => {
    const comment = await comments.get(commentId);
    if (comment === null) throw new ExpectedError('not_found', 'That comment is not there any more.');
    return comment.asset;
  };

  /** A remark is about something that is there: a pin is within its picture, a version is one of its asset. */
  const assertPlace = async (asset: AssetRef, revisionId: RevisionId | null, point: Comment['pointImagePx']): Promise<void> => {
    const { id, widthPx, heightPx } = await assetOrThrow(store, asset);
    const revision = revisionId === null ? null : await store.revisions.get(revisionId);
    if (revisionId !== null && (revision === null || assetKey(revision.asset) !== assetKey(asset))) {
      throw new ExpectedError('not_found', `${id} has no mask version ${revisionId}.`);
    }
    if (point === null || widthPx === null || heightPx === null) return;
    if (point.xPx >= 0 && point.xPx <= widthPx && point.yPx >= 0 && point.yPx <= heightPx) return;
    throw new ExpectedError('invalid_input', `The place of a comment is within its picture, which is ${widthPx} x ${heightPx} pixels.`);
  };

  return {
    list: (asset) => comments.ofAsset(asset),
    add: async ({ asset, revisionId, pointImagePx, text }) => {
      await assertPlace(asset, revisionId, pointImagePx);
      await comments.add({ commentId: asId<CommentId>(clock.uuid()), asset, revisionId, pointImagePx, author: reviewer(), text: checked(text) });
      return changed(asset);
    },
    edit: async (commentId, text) => changed((await comments.edit(commentId, reviewer(), checked(text))).asset),
    resolve: async (commentId, resolved) => changed((await comments.resolve(commentId, reviewer(), resolved)).asset),
    remove: async (commentId) => {
      const asset = await assetOf(commentId);
      await comments.remove(commentId, reviewer());
      return changed(asset);
    },
  };
};
