import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';

interface ChoiceButton {
  readonly label: string;
  readonly run: () => void;
  /** The one that most newcomers want. */
  readonly isFirst?: boolean;
  readonly testId?: string;
}

interface ChoiceProps {
  readonly icon: ReactNode;
  readonly title: string;
  /** Null: there is nothing to do about it. */
  readonly button: ChoiceButton | null;
  readonly second?: ChoiceButton;
  /** What happens next, in a line or two. */
  readonly children: ReactNode;
}

/** One way to begin. */
export const Choice = ({ icon, title, button, second, children }: ChoiceProps) => (
  <section className="welcome-choice" aria-label={title}>
    <span className="welcome-icon" aria-hidden="true">
      {icon}
    </span>
    <h2>{title}</h2>
    <p className="secondary">{children}</p>
    <div className="welcome-buttons">
      {button !== null && (
        <Button tone={button.isFirst === true ? 'accent' : 'neutral'} onClick={button.run} data-testid={button.testId}>
          {button.label}
        </Button>
      )}
      {second !== undefined && (
        <Button tone="quiet" onClick={second.run}>
          {second.label}
        </Button>
      )}
    </div>
  </section>
);
