import type { ReactNode } from 'react';
import './Section.css';

interface SectionProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a panel: a quiet title, a line above. */
export const Section = ({ title, aside, children }: SectionProps) => (
  <section className="section" aria-label={title}>
    <div className="section-head">
      <h2>{title}</h2>
      {aside !== undefined && <div className="section-aside">{aside}</div>}
    </div>
    {children}
  </section>
);
