import { Plus, RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import type { Action } from '../../actions/action.ts';
import { actions } from '../../actions/index.ts';
import { effectiveKeymap } from '../../actions/keymaps/effective.ts';
import { conflictsOf, holdersOf } from '../../actions/keymaps/resolveKeymap.ts';
import { keyCaps } from '../../actions/keys.ts';
import { setOwnKeys, useKeymap } from '../../stores/keymap.ts';
import { inBackground } from '../../stores/notices.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { Tip } from '../../ui/Tip.tsx';
import { isMac } from '../shared/platform.ts';
import { RecordKey } from './RecordKey.tsx';

const namesOf = (others: readonly Action[]): string => others.map(({ label }) => `“${label}”`).join(' and ');
const shownChord = (chord: string): string => keyCaps(chord, isMac).join(' ');
const change = (changes: Readonly<Record<string, readonly string[] | null>>): void => inBackground(setOwnKeys(changes), 'keys');

/** A command with its keys: each can be taken away, another recorded. A key that somebody has already is asked about at once. */
export const KeyRow = ({ action }: { readonly action: Action }) => {
  const isOwn = useKeymap((state) => state.own[action.id] !== undefined);
  const [isRecording, setIsRecording] = useState(false);
  /** A key that was pressed and that others have. */
  const [pending, setPending] = useState<string | null>(null);
  const keymap = effectiveKeymap();
  const keys = keymap.get(action.id)?.keys ?? [];
  const conflicts = conflictsOf(actions, keymap, action);

  const add = (chord: string): void => change({ [action.id]: [...keys, chord] });
  const takeFrom = (chord: string, others: readonly Action[]): void => {
    const theirs = others.map((other) => [other.id, (keymap.get(other.id)?.keys ?? []).filter((key) => key !== chord)] as const);
    change({ ...Object.fromEntries(theirs), [action.id]: keys.includes(chord) ? keys : [...keys, chord] });
  };
  const recorded = (chord: string | null): void => {
    setIsRecording(false);
    if (chord === null || keys.includes(chord)) return;
    if (holdersOf(actions, keymap, action, chord).length > 0) setPending(chord);
    else add(chord);
  };
  const holders = pending === null ? [] : holdersOf(actions, keymap, action, pending);

  return (
    <div className="keys-row" role="group" aria-label={action.label} data-testid={`keys-${action.id}`}>
      <span className="ellipsis" title={action.label}>
        {action.label}
      </span>
      <div className="keys-chords">
        {keys.map((chord) => (
          <span key={chord} className={conflicts.some((conflict) => conflict.chord === chord) ? 'keys-chord keys-chord-bad' : 'keys-chord'}>
            <span className="unseen">{shownChord(chord)}</span>
            <Kbd caps={keyCaps(chord, isMac)} />
            <button type="button" aria-label={`Remove ${shownChord(chord)} from ${action.label}`} onClick={() => change({ [action.id]: keys.filter((key) => key !== chord) })}>
              <X aria-hidden="true" />
            </button>
          </span>
        ))}
        {isRecording ? (
          <RecordKey label={action.label} onDone={recorded} />
        ) : (
          <Tip label={`Add a key: ${action.label}`}>
            <button
              type="button"
              className="keys-add"
              aria-label={`Add a key: ${action.label}`}
              onClick={() => {
                setPending(null);
                setIsRecording(true);
              }}
            >
              <Plus aria-hidden="true" />
            </button>
          </Tip>
        )}
      </div>
      {isOwn ? (
        <IconButton label={`Reset: ${action.label}`} tipSide="left" onClick={() => change({ [action.id]: null })}>
          <RotateCcw />
        </IconButton>
      ) : (
        <span />
      )}
      {pending !== null && holders.length > 0 && (
        <div className="keys-conflict" role="alert">
          <span>
            {shownChord(pending)} is the key of {namesOf(holders)}.
          </span>
          <Button
            onClick={() => {
              setPending(null);
              takeFrom(pending, holders);
            }}
          >
            Replace
          </Button>
          <Button
            onClick={() => {
              setPending(null);
              add(pending);
            }}
          >
            Keep both
          </Button>
          <Button tone="quiet" onClick={() => setPending(null)}>
            Cancel
          </Button>
        </div>
      )}
      {conflicts.map(({ chord, others }) => (
        <div key={chord} className="keys-conflict">
          <span>
            {shownChord(chord)} is also the key of {namesOf(others)}: whichever makes sense first takes it.
          </span>
          <Button onClick={() => takeFrom(chord, others)}>Take it for this alone</Button>
        </div>
      ))}
    </div>
  );
};
