import { openOverlay, type OverlayName } from '../../stores/overlay.ts';
import { Button } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';

interface WorkJobProps {
  readonly testId: string;
  /** The card that has all of it. */
  readonly card: OverlayName;
  /** How it is while it is under way; null: it has ended. */
  readonly running: {
    /** "Importing boots" */
    readonly title: string;
    /** 0..1; null while nothing is known. */
    readonly share: number | null;
    /** Phase, count, rate, time left. */
    readonly progress: string;
    readonly cancel: () => void;
  } | null;
  /** How it ended, or what it waits for, in a sentence. */
  readonly ending: string;
}

/** Work that has a card of its own: how far it is, or how it ended until it is put away. */
export const WorkJob = ({ testId, card, running, ending }: WorkJobProps) => {
  const details = (
    <Button tone="quiet" className="jobs-small" onClick={() => openOverlay(card)}>
      Details…
    </Button>
  );
  if (running === null) {
    return (
      <div className="jobs-overall" data-testid={testId}>
        <p className="jobs-overall-words selectable">{ending}</p>
        {details}
      </div>
    );
  }
  const { title, share, progress, cancel } = running;
  return (
    <div className="jobs-batch" data-testid={testId}>
      <p className="jobs-name ellipsis" title={title}>
        {title}
      </p>
      <ProgressBar
        share={share}
        label={title}
        shown={progress}
        buttons={
          <>
            {details}
            <Button tone="quiet" className="jobs-small" onClick={cancel}>
              Cancel
            </Button>
          </>
        }
      />
    </div>
  );
};
