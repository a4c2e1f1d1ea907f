import type { ReactNode } from 'react';
import './Card.css';

interface CardProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page: a plot, a job. For what lies over the desk see FloatingCard. */
export const Card = ({ title, aside, children }: CardProps) => (
  <section className="plain-card" aria-label={title}>
    <header className="plain-card-head">
      <h2>{title}</h2>
      {aside !== undefined && <div className="secondary">{aside}</div>}
    </header>
    {children}
  </section>
);
