import type { ReactNode } from 'react';
import './CardFoot.css';

interface CardFootProps {
  /** What the last button does, or what stands in its way; at most two lines of it are shown. */
  readonly words: string;
  readonly isObstacle?: boolean;
  readonly testId?: string;
  /** Buttons, the one that goes on last. */
  readonly children: ReactNode;
}

/** What always stays in sight under a card's content: a sentence, and the buttons. */
export const CardFoot = ({ words, isObstacle = false, testId, children }: CardFootProps) => (
  <div className="card-foot">
    <p className={isObstacle ? 'tone-warn card-foot-words' : 'secondary card-foot-words'} title={words} role="status" data-testid={testId}>
      {words}
    </p>
    {children}
  </div>
);
