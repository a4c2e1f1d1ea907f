import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { keepLeftShare, leastPaneShare, setLeftShare, useDeskLayout } from '../../stores/deskLayout.ts';
import { inBackground } from '../../stores/notices.ts';

const stepShare = 0.02;

/** The line between the panes: dragged, moved by arrows, put back into the middle by a double click. */
export const Splitter = () => {
  const share = useDeskLayout((state) => state.leftShare);
  const drag = useRef<{ readonly leftPx: number; readonly widthPx: number } | null>(null);
  const set = (next: number): void => {
    setLeftShare(next);
    inBackground(keepLeftShare(), 'layout');
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const desk = event.currentTarget.parentElement?.getBoundingClientRect();
    if (event.button !== 0 || desk === undefined) return;
    drag.current = { leftPx: desk.left, widthPx: desk.width };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (drag.current !== null) setLeftShare((event.clientX - drag.current.leftPx) / drag.current.widthPx);
  };
  const endDrag = (): void => {
    if (drag.current === null) return;
    drag.current = null;
    inBackground(keepLeftShare(), 'layout');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowLeft' ? -stepShare : event.key === 'ArrowRight' ? stepShare : null;
    if (step === null && event.key !== 'Home') return;
    event.preventDefault();
    event.stopPropagation();
    set(step === null ? 0.5 : share + step);
  };
  return (
    <div
      className="desk-splitter"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the two pictures"
      aria-valuemin={leastPaneShare * 100}
      aria-valuemax={(1 - leastPaneShare) * 100}
      aria-valuenow={Math.round(share * 100)}
      data-testid="splitter"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endDrag}
      onPointerCancel={endDrag}
      onKeyDown={onKeyDown}
      onDoubleClick={() => set(0.5)}
    />
  );
};
