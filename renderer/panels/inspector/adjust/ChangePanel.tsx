import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { applyChange, cancelChange } from '../../../actions/tools/liveChange.ts';
import { Button } from '../../../ui/Button.tsx';
import { capsOf } from '../../shared/platform.ts';

/** Under the buttons. */
const roomPx = 16;

const steps: Readonly<Record<string, readonly [direction: -1 | 1, times: number]>> = {
  ArrowLeft: [-1, 1],
  ArrowDown: [-1, 1],
  ArrowRight: [1, 1],
  ArrowUp: [1, 1],
  PageDown: [-1, 10],
  PageUp: [1, 10],
};

interface ChangePanelProps {
  readonly label: string;
  readonly isWorking: boolean;
  /** Exact steps by the arrow keys on the first slider; absent: it has its own. */
  readonly onStep?: (direction: -1 | 1, times: number) => void;
  /** Whether its first slider has the keyboard at once; else that stays with the picture. */
  readonly takesFocus?: boolean;
  readonly children: ReactNode;
}

/** What is set of a change that is shown on the picture, and the two ways to end it. */
export const ChangePanel = ({ label, isWorking, onStep, takesFocus = true, children }: ChangePanelProps) => {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The slider's thumb is not displayed before it knows its place.
    const frame = requestAnimationFrame(() => {
      if (takesFocus) panel.current?.querySelector<HTMLElement>('[role="slider"]')?.focus({ preventScroll: true });
      const list = panel.current?.closest('.inspector-scroll');
      if (panel.current === null || list == null) return;
      // By hand: scrollIntoView moves sideways too, by the width of the marks in the margin.
      const belowPx = panel.current.getBoundingClientRect().bottom + roomPx - list.getBoundingClientRect().bottom;
      if (belowPx > 0) list.scrollTop += belowPx;
    });
    return () => cancelAnimationFrame(frame);
  }, [takesFocus]);
  const press = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'slider') return;
    if (event.key === 'Enter') {
      event.preventDefault();
      applyChange.run();
      return;
    }
    const step = steps[event.key];
    if (step === undefined || onStep === undefined || event.target !== panel.current?.querySelector('[role="slider"]')) return;
    event.preventDefault();
    onStep(step[0], step[1] * (event.shiftKey ? 10 : 1));
  };
  return (
    <div ref={panel} className="change-panel" role="group" aria-label={label} aria-busy={isWorking} data-testid="change-panel" onKeyDownCapture={press}>
      {children}
      <div className="change-buttons">
        <Button tone="accent" caps={capsOf(applyChange)} onClick={applyChange.run}>
          Apply
        </Button>
        <Button caps={capsOf(cancelChange)} onClick={cancelChange.run}>
          Cancel
        </Button>
        <span className="change-working" role="status">
          {isWorking ? 'Working…' : ''}
        </span>
      </div>
    </div>
  );
};
