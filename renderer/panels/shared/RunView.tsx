import { CircleAlert, CircleCheck, CirclePause, LoaderCircle, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { CardFoot } from '../../ui/CardFoot.tsx';
import { Meter } from '../../ui/Meter.tsx';
import './RunView.css';

/** How long work stands: underWay · done · doneWithLosses: done, with something to look at · stopped: by the person · failed. */
export type RunStanding = 'underWay' | 'done' | 'doneWithLosses' | 'stopped' | 'failed';

const marks: Readonly<Record<RunStanding, readonly [Icon: LucideIcon, className: string]>> = {
  underWay: [LoaderCircle, 'dim'],
  done: [CircleCheck, 'tone-ok'],
  doneWithLosses: [TriangleAlert, 'tone-warn'],
  stopped: [CirclePause, 'dim'],
  failed: [CircleAlert, 'tone-bad'],
};

interface RunViewProps {
  /** Of the view; its state is the attribute data-state, its progress is `<testId>-progress`, its error `<testId>-error`. */
  readonly testId: string;
  readonly state: string;
  readonly standing: RunStanding;
  readonly headline: string;
  /** 0..1; null while nothing is known. */
  readonly share: number | null;
  /** Phase, count, rate, time left. */
  readonly progress: string;
  readonly error: string | null;
  /** What is left behind where it did not come to its end; null: nothing to say. */
  readonly aftermath: string | null;
  readonly onCancel: () => void;
  /** Puts away what has ended; what is under way goes on behind the closed card. */
  readonly onClose: () => void;
  /** What helps, by how it ended; stands before Done. */
  readonly buttons: ReactNode;
  /** What came of it. */
  readonly children: ReactNode;
}

/** Long work on a card of its own: how far it is, then what came of it. */
export const RunView = ({ testId, state, standing, headline, share, progress, error, aftermath, onCancel, onClose, buttons, children }: RunViewProps) => {
  const main = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that had the focus is gone; who works on meanwhile keeps it.
    if (document.activeElement === document.body) main.current?.focus();
  }, [state]);
  const isUnderWay = standing === 'underWay';
  const [Icon, className] = marks[standing];
  return (
    <div className="run-view" data-testid={testId} data-state={state}>
      <div className="run-view-scroll" tabIndex={-1}>
        <div className="run-view-head">
          <Icon className={className} aria-hidden="true" />
          <p className="run-view-title selectable" role="status">
            {headline}
          </p>
        </div>
        {isUnderWay && (
          <div className="run-view-progress">
            <Meter share={share} label={progress} />
            <p className="secondary figures" data-testid={`${testId}-progress`}>
              {progress}
            </p>
          </div>
        )}
        {error !== null && (
          <p className="tone-bad run-view-error selectable" role="alert" data-testid={`${testId}-error`}>
            {error}
          </p>
        )}
        {aftermath !== null && <p className="dim">{aftermath}</p>}
        {children}
      </div>
      <CardFoot words={isUnderWay ? 'It goes on when this is closed; Jobs has it too.' : ''}>
        {isUnderWay ? <Button onClick={onCancel}>Cancel</Button> : buttons}
        <Button ref={main} tone="accent" onClick={onClose}>
          {isUnderWay ? 'Go on in the background' : 'Done'}
        </Button>
      </CardFoot>
    </div>
  );
};
