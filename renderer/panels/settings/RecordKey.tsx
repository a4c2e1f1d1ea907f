import { useEffect, useRef } from 'react';
import { chordOf } from '../../actions/keys.ts';

const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process', 'Unidentified']);

/**
 * Waits for one press and tells its chord; Escape or a click elsewhere gives up. It listens ahead of everything else in the window, so that
 * the key starts nothing, closes nothing and leaves no field.
 */
export const RecordKey = ({ label, onDone }: { readonly label: string; readonly onDone: (chord: string | null) => void }) => {
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (modifiers.has(event.key) || event.isComposing) return;
      done.current(event.key === 'Escape' ? null : chordOf(event));
    };
    const giveUp = (): void => done.current(null);
    window.addEventListener('keydown', press, { capture: true });
    window.addEventListener('pointerdown', giveUp, { capture: true });
    window.addEventListener('blur', giveUp);
    return () => {
      window.removeEventListener('keydown', press, { capture: true });
      window.removeEventListener('pointerdown', giveUp, { capture: true });
      window.removeEventListener('blur', giveUp);
    };
  }, []);
  return (
    <span className="keys-recording" role="status" aria-label={`Press the key for ${label}; Escape cancels`}>
      Press a key…
    </span>
  );
};
