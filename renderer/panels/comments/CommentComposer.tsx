import { useEffect, useRef, type KeyboardEvent } from 'react';
import { maxCommentLength } from '../../../shared/domain/comment.ts';
import { saveComment } from '../../actions/review/comments.ts';
import { setCommentText, useComments } from '../../stores/comments.ts';
import { closeOverlay } from '../../stores/overlay.ts';
import { Button } from '../../ui/Button.tsx';
import './CommentComposer.css';

const work = (event: KeyboardEvent): void => {
  if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) saveComment();
  else if (event.key === 'Escape') closeOverlay();
  else return;
  event.preventDefault();
  event.stopPropagation();
};

/** Where a comment is written. Enter keeps it, Shift+Enter is a new line; what is left half-written comes back the next time. */
export const CommentComposer = () => {
  const draft = useComments((state) => state.draft);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const { current } = field;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);
  if (draft === null) return null;
  const isEmpty = draft.text.trim() === '';
  return (
    <div className="composer" data-layer="">
      <textarea
        ref={field}
        className="composer-field"
        aria-label="Comment"
        placeholder="What should be seen here?"
        rows={3}
        maxLength={maxCommentLength}
        value={draft.text}
        onChange={(event) => setCommentText(event.target.value)}
        onKeyDown={work}
      />
      <div className="composer-buttons">
        <Button tone="quiet" onClick={closeOverlay}>
          Cancel
        </Button>
        <Button tone="accent" caps={['Enter']} disabled={isEmpty} onClick={saveComment}>
          {draft.commentId === null ? 'Comment' : 'Save'}
        </Button>
      </div>
    </div>
  );
};
