import { useCallback, useEffect, useMemo } from 'react';
import type { CanvasMark } from '../../canvas/CanvasMarks.tsx';
import { pinPressed } from '../../actions/review/comments.ts';
import { sameAsset } from '../../../shared/domain/asset.ts';
import { commentsOf, loadComments, pinNumbers, useComments } from '../../stores/comments.ts';
import { inBackground } from '../../stores/notices.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { usePanes, type Side } from '../../stores/panes.ts';

interface CommentMarks {
  readonly marks: readonly CanvasMark[];
  readonly onMark: (id: string) => void;
}

/** Pins of the comments on a side's picture; resolved ones only while they are listed. Reads them again whenever the item changes. */
export const useCommentMarks = (side: Side): CommentMarks => {
  const asset = usePanes((state) => state[side].asset);
  const comments = useComments((state) => commentsOf(state.lists, asset));
  const active = useComments((state) => state.active);
  const isShowingResolved = useComments((state) => state.isShowingResolved);
  const isOpen = useOverlay((state) => state.open === 'comment');
  const newPlace = useComments(({ draft }) => {
    if (!isOpen || draft === null || asset === null || draft.commentId !== null || draft.place === 'placing') return null;
    return sameAsset(draft.asset, asset) ? draft.place : null;
  });
  useEffect(() => {
    if (asset !== null) inBackground(loadComments(asset), 'comments');
  }, [asset]);
  const marks = useMemo((): readonly CanvasMark[] => {
    const numbers = pinNumbers(comments);
    const pins = comments.flatMap(({ commentId, pointImagePx, author, text, resolvedAtMs }): CanvasMark[] =>
      pointImagePx === null || (resolvedAtMs !== null && !isShowingResolved)
        ? []
        : [
            {
              id: commentId,
              pointImagePx,
              label: `${author}: ${text}`,
              caption: String(numbers.get(commentId) ?? ''),
              tone: resolvedAtMs === null ? 'accent' : 'quiet',
              isActive: commentId === active,
            },
          ],
    );
    return newPlace === null ? pins : [...pins, { id: 'new', pointImagePx: newPlace, label: 'New comment', tone: 'accent', isActive: true }];
  }, [comments, active, isShowingResolved, newPlace]);
  const onMark = useCallback(
    (id: string) => {
      if (asset !== null) pinPressed(asset, id);
    },
    [asset],
  );
  return { marks, onMark };
};
