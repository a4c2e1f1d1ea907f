import { useRef, useState, type FormEvent } from 'react';
import { Search, X } from 'lucide-react';
import type { AssetKind, AssetState } from '../../../shared/domain/asset.ts';
import type { AssetSort } from '../../../shared/domain/assetQuery.ts';
import { findFieldId } from '../../actions/moving/find.ts';
import { inBackground } from '../../stores/notices.ts';
import { setFilter, setSort, useQueue } from '../../stores/queue.ts';
import { Chip } from '../../ui/Chip.tsx';
import { stateLabels } from '../shared/words.ts';
import { QueueList } from './QueueList.tsx';
import './QueuePanel.css';

const kinds: readonly { readonly kind: AssetKind; readonly label: string }[] = [
  { kind: 'product_image', label: 'Products' },
  { kind: 'keyframe', label: 'Keyframes' },
];
const sortLabels: Readonly<Record<AssetSort, string>> = { worst: 'Worst first', newest: 'Last changed', product: 'By product' };
/** The order of work: what waits for a verdict first. */
const shownStates = ['to_review', 'rejected', 'approved', 'failed', 'unsegmented'] as const satisfies readonly AssetState[];
/** After the last letter; each answer replaces the list. */
const typingRestMs = 180;

const FindField = () => {
  const filtered = useQueue((state) => state.filter.text);
  const [typed, setText] = useState<string | null>(null);
  // What is typed until it is searched for, then what the list is filtered by: clearing the filters elsewhere empties the field.
  const text = typed ?? filtered;
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const search = (next: string, restMs: number): void => {
    setText(next);
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      inBackground(setFilter({ text: next }), 'queue');
      setText(null);
    }, restMs);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    search(text, 0);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  return (
    <form className="find" role="search" onSubmit={submit}>
      <Search size={15} strokeWidth={1.6} aria-hidden="true" />
      <input id={findFieldId} type="text" value={text} maxLength={300} placeholder="Find by id or title" aria-label="Find an item" spellCheck={false} onChange={(event) => search(event.target.value, typingRestMs)} />
      {text !== '' && (
        <button type="button" className="find-clear" aria-label="Clear" onClick={() => search('', 0)}>
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </form>
  );
};

export const QueuePanel = () => {
  const filter = useQueue((state) => state.filter);
  const counts = useQueue((state) => state.counts);
  const sort = useQueue((state) => state.sort);
  return (
    <nav className="queue" aria-label="Queue" data-region>
      <div className="queue-head">
        <FindField />
        <div className="queue-chips" role="group" aria-label="State">
          {shownStates
            .filter((state) => state !== 'failed' || state === filter.state || (counts?.failed ?? 0) > 0)
            .map((state) => (
              <Chip key={state} isActive={filter.state === state} count={counts?.[state] || undefined} onClick={() => inBackground(setFilter({ state: filter.state === state ? null : state }), 'queue')}>
                {state === 'unsegmented' ? 'No mask' : stateLabels[state]}
              </Chip>
            ))}
        </div>
        <div className="queue-chips">
          {kinds.map(({ kind, label }) => (
            <Chip key={kind} isActive={filter.kind === kind} onClick={() => inBackground(setFilter({ kind: filter.kind === kind ? null : kind }), 'queue')}>
              {label}
            </Chip>
          ))}
          <select className="queue-sort" aria-label="Order" value={sort} onChange={(event) => inBackground(setSort(event.target.value as AssetSort), 'queue')}>
            {(Object.keys(sortLabels) as AssetSort[]).map((name) => (
              <option key={name} value={name}>
                {sortLabels[name]}
              </option>
            ))}
          </select>
        </div>
      </div>
      <QueueList />
    </nav>
  );
};
