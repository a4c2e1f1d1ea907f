import { useRef, useState, type FormEvent } from 'react';
import { Search, X } from 'lucide-react';
import { findFieldId } from '../../actions/moving/find.ts';
import { inBackground } from '../../stores/notices.ts';
import { setFilter, useQueue } from '../../stores/queue.ts';

/** After the last letter; each answer replaces the list. */
const typingRestMs = 180;

export const FindField = () => {
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
