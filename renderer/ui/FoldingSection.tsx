import { ChevronRight } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import './FoldingSection.css';
import './Section.css';
import { keepFocus } from './keepFocus.ts';

interface FoldingSectionProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** Stays in sight when it is folded: a count, a button. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a panel that folds to its title. */
export const FoldingSection = ({ title, isOpen, onToggle, aside, children }: FoldingSectionProps) => {
  const id = useId();
  return (
    <section className={isOpen ? 'section' : 'section section-folded'} aria-label={title}>
      <div className="folding-head">
        <button type="button" className="folding-toggle" aria-expanded={isOpen} aria-controls={id} onMouseDown={keepFocus} onClick={onToggle}>
          <ChevronRight aria-hidden="true" />
          <span className="ellipsis">{title}</span>
        </button>
        {aside !== undefined && <div className="folding-aside">{aside}</div>}
      </div>
      <div id={id} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </section>
  );
};
