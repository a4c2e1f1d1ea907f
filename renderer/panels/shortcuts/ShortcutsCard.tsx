import { Keyboard, Printer, Search } from 'lucide-react';
import { useState } from 'react';
import { actionGroups, type Action, type ActionGroup } from '../../actions/action.ts';
import { settingsPages } from '../../actions/app/settings.ts';
import { actions } from '../../actions/index.ts';
import { keysOf } from '../../actions/keymaps/effective.ts';
import { keymapPresets } from '../../actions/keymaps/index.ts';
import { keyCaps } from '../../actions/keys.ts';
import { inReadingOrder } from '../../actions/readingOrder.ts';
import { useKeymap } from '../../stores/keymap.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { Button } from '../../ui/Button.tsx';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { isMac } from '../shared/platform.ts';
import './ShortcutsCard.css';

interface Line {
  readonly label: string;
  readonly chords: readonly (readonly string[])[];
}

/** What the pointer does beside the actions' keys. */
const pointerHints: Partial<Record<ActionGroup, readonly Line[]>> = {
  Tools: [
    { label: 'Brush size', chords: [['Alt', 'Wheel']] },
    { label: 'The tool’s opposite: remove instead of add', chords: [['Right button'], ['Alt', 'drag']] },
  ],
  Prompts: [
    { label: 'A point that does not belong to it', chords: [['Alt', 'click'], ['Right button']] },
    { label: 'A point of another object', chords: [['Shift', 'click']] },
  ],
  View: [
    { label: 'Zoom at the pointer', chords: [['Wheel'], ['Ctrl', 'Wheel'], ['Pinch']] },
    { label: 'Move the picture', chords: [['Space', 'drag'], ['Middle button'], ['Two fingers']] },
    { label: 'Move it sideways', chords: [['Shift', 'Wheel']] },
  ],
};

const lineOf = (action: Action): Line => ({ label: action.label, chords: keysOf(action).map((chord) => keyCaps(chord, isMac)) });

/** On the desk each has its line; the reasons on their digits are one. */
const linesOf = (group: Action['group']): readonly Line[] => {
  const inGroup = inReadingOrder(actions).filter((action) => action.group === group && keysOf(action).length > 0);
  const reasonCaps = inGroup.filter(({ context }) => context === 'reject').map((action) => keysOf(action)[0] ?? '').filter((chord) => /^\d$/.test(chord));
  return [
    ...inGroup.filter(({ context }) => context === undefined).map(lineOf),
    ...(reasonCaps.length > 0 ? [{ label: 'The reason, while the list is open', chords: [[reasonCaps[0] ?? '', '…', reasonCaps.at(-1) ?? '']] }] : []),
    ...(pointerHints[group] ?? []),
  ];
};

const matches = ({ label, chords }: Line, text: string): boolean => {
  const wanted = text.trim().toLocaleLowerCase();
  return wanted === '' || label.toLocaleLowerCase().includes(wanted) || chords.some((caps) => caps.join('+').toLocaleLowerCase() === wanted);
};

const editKeys = settingsPages.find(({ id }) => id === 'settings.keys');

/** Every key as it counts now. */
export const ShortcutsCard = () => {
  const isOpen = useOverlay((state) => state.open === 'shortcuts');
  const preset = useKeymap((state) => state.preset);
  const [text, setText] = useState('');
  const groups = actionGroups.map((group) => ({ group, lines: linesOf(group).filter((line) => matches(line, text)) })).filter(({ lines }) => lines.length > 0);
  const as = preset === 'maskdesk' ? '' : ` Keys as in ${keymapPresets[preset].label}.`;
  return (
    <FloatingCard isOpen={isOpen} title="All shortcuts" description={`They work whenever no text field has the cursor.${as}`} width="wide" onClose={closeOverlay}>
      <div className="shortcuts-tools">
        <TextField label="Find a shortcut" isLabelUnseen icon={<Search className="icon-small" aria-hidden="true" />} placeholder="Find a shortcut" value={text} maxLength={60} onChange={(event) => setText(event.target.value)} />
        <Button icon={<Keyboard className="icon-small" aria-hidden="true" />} onClick={() => editKeys?.run()}>
          Change keys…
        </Button>
        <Button icon={<Printer className="icon-small" aria-hidden="true" />} onClick={() => window.print()}>
          Print…
        </Button>
      </div>
      <div className="shortcuts">
        {groups.map(({ group, lines }) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <ul>
              {lines.map(({ label, chords }) => (
                <li key={label}>
                  <span>{label}</span>
                  <span className="shortcuts-keys">
                    {chords.map((caps) => (
                      <Kbd key={caps.join('+')} caps={caps} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {groups.length === 0 && <p className="dim">No shortcut is called “{text}”.</p>}
    </FloatingCard>
  );
};
