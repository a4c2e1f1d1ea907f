import { MapPin, MessageSquarePlus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { sameAsset, type Asset } from '../../../shared/domain/asset.ts';
import type { Comment } from '../../../shared/domain/comment.ts';
import { comment as commentAction, editComment, removeComment, resolveComment, showComment, writeOnWhole } from '../../actions/review/comments.ts';
import { useAppInfo } from '../../stores/appInfo.ts';
import { commentsOf, pinNumbers, useComments } from '../../stores/comments.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { CommentComposer } from '../comments/CommentComposer.tsx';
import { capsOf } from '../shared/platform.ts';
import './CommentsSection.css';
import { InspectorSection } from './InspectorSection.tsx';
import { ago } from './revisionWords.ts';
import { SmallButton } from './SmallButton.tsx';
import { useNow } from './useNow.ts';

interface CommentRowProps {
  readonly comment: Comment;
  readonly number: number | undefined;
  readonly isOwn: boolean;
  readonly nowMs: number;
}

const CommentRow = ({ comment, number, isOwn, nowMs }: CommentRowProps) => {
  const { author, text, createdAtMs, editedAtMs, resolvedAtMs, resolvedBy, pointImagePx } = comment;
  const isActive = useComments((state) => state.active === comment.commentId);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const facts = [...(editedAtMs === null ? [] : ['edited']), ...(resolvedAtMs === null ? [] : [`resolved by ${resolvedBy ?? ''}`])];
  return (
    <li ref={row} className={`comment ${isActive ? 'comment-active' : ''} ${resolvedAtMs === null ? '' : 'comment-resolved'}`} data-testid="comment">
      <div className="comment-head">
        {number !== undefined && <span className="comment-number">{number}</span>}
        <strong className="ellipsis" title={author}>
          {author}
        </strong>
        <time className="note" dateTime={new Date(createdAtMs).toISOString()} title={new Date(createdAtMs).toLocaleString()}>
          {ago(createdAtMs, nowMs)}
        </time>
      </div>
      <p className="comment-text selectable">{text}</p>
      {facts.length > 0 && <p className="note">{facts.join(' · ')}</p>}
      <div className="comment-buttons">
        {pointImagePx !== null && <SmallButton onClick={() => showComment(comment)}>Show</SmallButton>}
        <SmallButton onClick={() => resolveComment(comment, resolvedAtMs === null)}>{resolvedAtMs === null ? 'Resolve' : 'Reopen'}</SmallButton>
        {isOwn && <SmallButton onClick={() => editComment(comment)}>Edit</SmallButton>}
        {isOwn && <SmallButton onClick={() => removeComment(comment)}>Delete</SmallButton>}
      </div>
    </li>
  );
};

/** What people said of the item; those with a place are pins on the picture, too. */
export const CommentsSection = ({ asset }: { readonly asset: Asset }) => {
  const comments = useComments((state) => commentsOf(state.lists, asset));
  const draft = useComments((state) => state.draft);
  const isShowingResolved = useComments((state) => state.isShowingResolved);
  const isOpen = useOverlay((state) => state.open === 'comment');
  const reviewer = useAppInfo((state) => state.info?.reviewer);
  const nowMs = useNow();
  const numbers = pinNumbers(comments);
  const open = comments.filter(({ resolvedAtMs }) => resolvedAtMs === null);
  const resolvedCount = comments.length - open.length;
  const listed = isShowingResolved ? comments : open;
  const isWriting = isOpen && draft !== null && sameAsset(draft.asset, asset) && draft.place === null;
  return (
    <InspectorSection
      id="comments"
      title={open.length === 0 ? 'Comments' : `Comments · ${open.length}`}
      aside={
        <>
          <IconButton label={commentAction.label} caps={capsOf(commentAction)} tipSide="left" onClick={commentAction.run}>
            <MapPin />
          </IconButton>
          <IconButton label="Comment on the whole picture" tipSide="left" onClick={() => writeOnWhole(asset)}>
            <MessageSquarePlus />
          </IconButton>
        </>
      }
    >
      {isWriting && <CommentComposer />}
      {listed.length > 0 && (
        <ul className="comments">
          {listed.map((one) => (
            <CommentRow key={one.commentId} comment={one} number={numbers.get(one.commentId)} isOwn={one.author === reviewer} nowMs={nowMs} />
          ))}
        </ul>
      )}
      {comments.length === 0 && !isWriting && <p className="secondary">None yet. A comment can be pinned to a place in the picture.</p>}
      {resolvedCount > 0 && (
        <SmallButton onClick={() => useComments.setState({ isShowingResolved: !isShowingResolved })}>
          {isShowingResolved ? 'Hide resolved' : `Show ${resolvedCount} resolved`}
        </SmallButton>
      )}
    </InspectorSection>
  );
};
