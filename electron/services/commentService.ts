import type { AssetRef } from '../../shared/domain/asset.ts';
import { maxCommentLength, type Comment } from '../../shared/domain/comment.ts';
import { asId, type CommentId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { AppEvents } from './appEvents.ts';
import type { CommentService } from './services.ts';

interface CommentParts {
  readonly store: Pick<Store, 'comments'>;
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

  return {
    list: (asset) => comments.ofAsset(asset),
    add: async ({ asset, revisionId, pointImagePx, text }) => {
      await comments.add({ commentId: asId<CommentId>(clock.uuid()), asset, revisionId, pointImagePx, author: reviewer(), text: checked(text) });
      return changed(asset);
    },
    edit: async (commentId, text) => changed((await comments.edit(commentId, reviewer(), checked(text))).asset),
    resolve: async (commentId, resolved) => changed((await comments.resolve(commentId, resolved ? reviewer() : null)).asset),
    remove: async (commentId) => {
      const asset = await assetOf(commentId);
      await comments.remove(commentId, reviewer());
      return changed(asset);
    },
  };
};
