import { useEffect, useRef } from 'react';
import { followPlace, placeComment } from '../../actions/review/comments.ts';
import { sameAsset } from '../../../shared/domain/asset.ts';
import { useComments } from '../../stores/comments.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { usePanes, type Side } from '../../stores/panes.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { CommentComposer } from './CommentComposer.tsx';
import './CommentLayer.css';

/** Catches the click that says where. */
const Catcher = ({ side }: { readonly side: Side }) => (
  <div
    className="comment-catcher"
    data-testid={`comment-catcher-${side}`}
    onPointerDown={(event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      const box = event.currentTarget.getBoundingClientRect();
      placeComment(side, event.clientX - box.left, event.clientY - box.top);
    }}
  >
    <p className="comment-hint" role="status">
      Click the place that you mean. <Kbd caps={['Enter']} /> the whole picture
    </p>
  </div>
);

const besidePinPx = 14;
const marginPx = 8;

/** Beside its pin, inside the pane, wherever the view moves. */
const AtPin = ({ side, place }: { readonly side: Side; readonly place: { readonly xPx: number; readonly yPx: number } }) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      followPlace(side, place, (x, y) => {
        const { current } = box;
        const room = current?.parentElement;
        if (current == null || room == null) return;
        const within = (value: number, most: number): number => Math.max(marginPx, Math.min(most - marginPx, value));
        const { offsetWidth: width, offsetHeight: height } = current;
        const fitsRight = x + besidePinPx + width + marginPx <= room.clientWidth;
        const fitsLeft = x - besidePinPx - width >= marginPx;
        // In a narrow pane it lies under the pin, so that the place itself stays in sight.
        const left = fitsRight ? x + besidePinPx : fitsLeft ? x - besidePinPx - width : x - width / 2;
        const top = fitsRight || fitsLeft ? y - 20 : y + besidePinPx / 2;
        current.style.left = `${within(left, room.clientWidth - width)}px`;
        current.style.top = `${within(top, room.clientHeight - height)}px`;
      }),
    [side, place],
  );
  return (
    <div className="comment-popup" ref={box}>
      <CommentComposer />
    </div>
  );
};

/** Over a pane while somebody comments on a place of it. */
export const CommentLayer = ({ side }: { readonly side: Side }) => {
  const isOpen = useOverlay((state) => state.open === 'comment');
  const draft = useComments((state) => state.draft);
  const { asset, status } = usePanes((state) => state[side]);
  if (!isOpen || draft === null || asset === null || status !== 'ready') return null;
  if (draft.place === 'placing') return <Catcher side={side} />;
  if (draft.place === null || !sameAsset(draft.asset, asset)) return null;
  return <AtPin side={side} place={draft.place} />;
};
