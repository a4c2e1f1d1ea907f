import { ChevronRight } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { keepFocus } from '../../ui/keepFocus.ts';

export interface FindingExample {
  readonly key: string;
  /** The image, or where in the files. */
  readonly name: string;
  readonly words: string;
}

interface FindingProps {
  readonly title: string;
  readonly note: string;
  readonly count: number;
  /** Nothing is imported before something is said about it. */
  readonly isUndecided?: boolean;
  /** Some of them. */
  readonly examples: readonly FindingExample[];
  /** What is to become of them. */
  readonly children?: ReactNode;
}

/** One thing that was found, how often, what it means and what is to become of it; unfolded it shows which. */
export const Finding = ({ title, note, count, isUndecided = false, examples, children }: FindingProps) => {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const toggle = examples.length === 0 ? undefined : () => setIsOpen((open) => !open);
  return (
    <section className={isUndecided ? 'masks-finding masks-finding-open' : 'masks-finding'} aria-label={title} data-undecided={isUndecided || undefined}>
      <div className="masks-finding-line">
        <button type="button" className="masks-finding-toggle" aria-expanded={isOpen} aria-controls={id} disabled={toggle === undefined} onMouseDown={keepFocus} onClick={toggle}>
          <ChevronRight className="masks-finding-mark" aria-hidden="true" />
          <span className={isUndecided ? 'masks-finding-count figures tone-warn' : 'masks-finding-count figures'}>{count.toLocaleString()}</span>
          <span className="masks-finding-words">
            <span className="masks-finding-title">
              {title}
              {isUndecided && <span className="masks-finding-ask tone-warn">Choose one</span>}
            </span>
            <span className="secondary">{note}</span>
          </span>
        </button>
        {children}
      </div>
      <ul id={id} className="masks-examples" hidden={!isOpen}>
        {isOpen &&
          examples.map(({ key, name, words }) => (
            <li key={key} className="selectable">
              <span>{name}</span>
              <span className="secondary">{words}</span>
            </li>
          ))}
        {isOpen && count > examples.length && <li className="secondary">and {(count - examples.length).toLocaleString()} more</li>}
      </ul>
    </section>
  );
};
