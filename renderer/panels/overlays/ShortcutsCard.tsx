import { rejectReasons } from '../../../shared/domain/verdict.ts';
import type { Action } from '../../actions/action.ts';
import { actions } from '../../actions/index.ts';
import { keyCaps } from '../../actions/keys.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { isMac } from '../shared/platform.ts';
import './ShortcutsCard.css';

const groups: readonly Action['group'][] = ['Verdict', 'Moving on', 'Tools', 'View', 'App'];

/** What the pointer does beside the actions' keys. */
const pointerHints: readonly (readonly [string, readonly string[]])[] = [
  ['Brush size', ['Alt', 'Wheel']],
  ['Zoom at the pointer', ['Ctrl', 'Wheel']],
];

export const ShortcutsCard = () => {
  const isOpen = useOverlay((state) => state.open === 'shortcuts');
  return (
    <FloatingCard isOpen={isOpen} title="All shortcuts" description="They work whenever no text field has the cursor." width="wide" onClose={closeOverlay}>
      <div className="shortcuts">
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <ul>
              {actions
                .filter((action) => action.group === group && action.keys.length > 0 && !action.id.includes('reject.') && action.id !== 'rerun.now')
                .map((action) => (
                  <li key={action.id}>
                    <span>{action.label}</span>
                    <span className="shortcuts-keys">
                      {action.keys.map((chord) => (
                        <Kbd key={chord} caps={keyCaps(chord, isMac)} />
                      ))}
                    </span>
                  </li>
                ))}
              {group === 'Verdict' && (
                <li>
                  <span>The reason, while the list is open</span>
                  <Kbd caps={['1', '…', String(rejectReasons.length)]} />
                </li>
              )}
              {group === 'Tools' &&
                pointerHints.map(([label, caps]) => (
                  <li key={label}>
                    <span>{label}</span>
                    <Kbd caps={caps} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </FloatingCard>
  );
};
