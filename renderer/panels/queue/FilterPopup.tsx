import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { ChevronRight, ListFilter } from 'lucide-react';
import { filters } from '../../actions/moving/filters.ts';
import { narrowedTo, narrowingLabels, narrowings, useFacets, valuesOf, type Narrowing } from '../../stores/facets.ts';
import { inBackground } from '../../stores/notices.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { setFilter, useQueue } from '../../stores/queue.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Popup } from '../../ui/Popup.tsx';
import { capsOf } from '../shared/platform.ts';
import './FilterPopup.css';

/** One line to choose: a narrowing to look into, or a value to narrow by. */
interface Choice {
  readonly key: string;
  readonly label: string;
  /** Which narrowing a value belongs to, where several are mixed. */
  readonly note: string | null;
  readonly count: number | null;
  readonly isOn: boolean;
  /** It leads to values of its own. */
  readonly opens?: boolean;
  readonly take: () => void;
}

/** Values found by typing, over all narrowings; more are not read. */
const mostFound = 60;

const matches = (label: string, value: string, typed: string): boolean => {
  const needle = typed.trim().toLocaleLowerCase();
  return label.toLocaleLowerCase().includes(needle) || value.toLocaleLowerCase().includes(needle);
};

const useChoices = (narrowing: Narrowing | null, typed: string, lookInto: (narrowing: Narrowing) => void): readonly Choice[] => {
  const facets = useFacets((state) => state.facets);
  const filter = useQueue((state) => state.filter);
  if (facets === null) return [];
  const valueChoices = (of: Narrowing, note: string | null): readonly Choice[] =>
    valuesOf(facets, of)
      .filter(({ label, value }) => matches(label, value, typed))
      .map(({ value, label, count }) => ({
        key: `${of}:${value}`,
        label,
        note,
        count,
        isOn: filter[of] === value,
        take: () => {
          closeOverlay();
          inBackground(setFilter(narrowedTo(of, filter[of] === value ? null : value)), 'queue');
        },
      }));
  if (narrowing !== null) return valueChoices(narrowing, null);
  const draft: Choice = {
    key: 'draft',
    label: 'With a draft',
    note: null,
    count: null,
    isOn: filter.hasDraft,
    take: () => {
      closeOverlay();
      inBackground(setFilter({ hasDraft: !filter.hasDraft }), 'queue');
    },
  };
  const waits: Choice = {
    key: 'importWaits',
    label: 'An import waits beside',
    note: null,
    count: facets.importWaits[0]?.count ?? 0,
    isOn: filter.importWaits,
    take: () => {
      closeOverlay();
      inBackground(setFilter({ importWaits: !filter.importWaits }), 'queue');
    },
  };
  // Few stores have any: no line for nothing.
  const single = [draft, ...(waits.isOn || (waits.count ?? 0) > 0 ? [waits] : [])];
  if (typed.trim() !== '') {
    const found = narrowings.flatMap((of) => valueChoices(of, narrowingLabels[of]));
    return [...found.slice(0, mostFound), ...single.filter(({ label }) => matches(label, '', typed))];
  }
  const kinds = narrowings.map((of) => ({
    key: of,
    label: narrowingLabels[of],
    note: null,
    count: valuesOf(facets, of).length,
    isOn: filter[of] !== null,
    opens: true,
    take: () => lookInto(of),
  }));
  return [...kinds, ...single];
};

const FilterForm = () => {
  const [narrowing, setNarrowing] = useState<Narrowing | null>(null);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const isRead = useFacets((state) => state.facets !== null);
  const goTo = (next: Narrowing | null): void => {
    setNarrowing(next);
    setTyped('');
    setActive(0);
  };
  const choices = useChoices(narrowing, typed, goTo);
  const shown = Math.min(active, choices.length - 1);
  useEffect(() => document.getElementById(`${listId}-${shown}`)?.scrollIntoView({ block: 'nearest' }), [listId, shown]);

  const press = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: shown + 1, ArrowUp: shown - 1 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive((step + choices.length) % Math.max(1, choices.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choices[shown]?.take();
    } else if (narrowing !== null && typed === '' && (event.key === 'Backspace' || event.key === 'ArrowLeft')) {
      event.preventDefault();
      goTo(null);
    }
  };
  const of = narrowing === null ? 'everything' : narrowingLabels[narrowing].toLocaleLowerCase();
  const isCapped = narrowing !== null && choices.length >= 200;
  return (
    <div className="filter-form" data-testid="filter-form">
      <div className="filter-field">
        {narrowing !== null && (
          <button type="button" className="filter-back" onClick={() => goTo(null)} aria-label="Back to all kinds of filter">
            {narrowingLabels[narrowing]}
          </button>
        )}
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={choices.length === 0 ? undefined : `${listId}-${shown}`}
          aria-label={narrowing === null ? 'Narrow by' : `Narrow by ${of}`}
          placeholder={narrowing === null ? 'Narrow by…' : 'Which one?'}
          value={typed}
          maxLength={200}
          spellCheck={false}
          autoFocus
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div className="filter-choices" id={listId} role="listbox" aria-label="Filters">
        {choices.map((choice, index) => (
          <div
            key={choice.key}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={choice.isOn}
            className={index === shown ? 'filter-choice filter-choice-active' : 'filter-choice'}
            onPointerMove={() => setActive(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={choice.take}
          >
            <span className={choice.isOn ? 'filter-choice-label filter-choice-on ellipsis' : 'filter-choice-label ellipsis'} title={choice.label}>
              {choice.label}
            </span>
            {choice.note !== null && <span className="note">{choice.note}</span>}
            {choice.count !== null && <span className="note">{choice.count.toLocaleString()}</span>}
            {narrowing === null && typed === '' && choice.opens === true && <ChevronRight className="icon-small" aria-hidden="true" />}
          </div>
        ))}
      </div>
      {choices.length === 0 && <p className="filter-note note">{isRead ? 'Nothing by that name in this list.' : 'Reading…'}</p>}
      {isCapped && <p className="filter-note note">The 200 most frequent. Others are found by id or title above the list.</p>}
    </div>
  );
};

/** The button and what hangs from it: every narrowing of the list, with what it would leave. */
export const FilterPopup = () => {
  const isOpen = useOverlay((state) => state.open === 'filters');
  return (
    <Popup
      isOpen={isOpen}
      label="Narrow the queue"
      onClose={closeOverlay}
      anchor={
        <span className="queue-head-button" data-popup-anchor>
          <IconButton label={filters.label} caps={capsOf(filters)} isActive={isOpen} onClick={filters.run} data-testid="filters">
            <ListFilter />
          </IconButton>
        </span>
      }
    >
      <FilterForm />
    </Popup>
  );
};
