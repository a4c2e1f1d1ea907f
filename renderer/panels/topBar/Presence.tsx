import { useMemo } from 'react';
import { openRef } from '../../actions/desk/openItem.ts';
import { inBackground } from '../../stores/notices.ts';
import { othersAtWork, useLeases } from '../../stores/leases.ts';
import { keepFocus } from '../../ui/keepFocus.ts';
import { Tip } from '../../ui/Tip.tsx';
import { initialsOf } from '../shared/leaseWords.ts';
import './Presence.css';

/** The others are counted. */
const mostShown = 4;

/** Who else is at work on this store, and where; a press shows it. */
export const Presence = () => {
  const byAsset = useLeases((state) => state.byAsset);
  const people = useMemo(() => [...othersAtWork(byAsset)], [byAsset]);
  if (people.length === 0) return null;
  const shown = people.length > mostShown ? people.slice(0, mostShown - 1) : people;
  const more = people.slice(shown.length);
  return (
    <span className="presence" role="group" aria-label="Others at work" data-testid="presence">
      {shown.map(([name, [lease]]) => (
        <Tip key={name} label={lease === undefined ? name : `${name} is at ${lease.asset.id}`}>
          <button
            type="button"
            className="presence-person"
            aria-label={lease === undefined ? name : `${name} is at ${lease.asset.id}: look`}
            onMouseDown={keepFocus}
            onClick={() => {
              if (lease !== undefined) inBackground(openRef(lease.asset), 'open');
            }}
          >
            {initialsOf(name)}
          </button>
        </Tip>
      ))}
      {more.length > 0 && (
        <Tip label={more.map(([name, [lease]]) => (lease === undefined ? name : `${name} at ${lease.asset.id}`)).join(', ')}>
          <span className="presence-more figures">+{more.length}</span>
        </Tip>
      )}
    </span>
  );
};
