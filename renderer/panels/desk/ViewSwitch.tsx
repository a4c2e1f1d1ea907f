import { Check, ChevronDown } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Action } from '../../actions/action.ts';
import { cutoutActions, differenceActions, viewActions } from '../../actions/view/cycleView.ts';
import { closeOverlay, openOverlay, useOverlay, type OverlayName } from '../../stores/overlay.ts';
import { cutoutGroundLabels, differenceBaseLabels, useView, viewModeLabels, type ViewMode } from '../../stores/view.ts';
import { keepFocus } from '../../ui/keepFocus.ts';
import { MenuList } from '../../ui/MenuList.tsx';
import { MenuRow } from '../../ui/MenuRow.tsx';
import { Popup } from '../../ui/Popup.tsx';
import './ViewSwitch.css';

interface Choice {
  readonly label: string;
  readonly isChosen: boolean;
  readonly run: () => void;
}

const ChoiceMenu = ({ name, label, choices, anchor }: { readonly name: OverlayName; readonly label: string; readonly choices: readonly Choice[]; readonly anchor: ReactElement }) => {
  const isOpen = useOverlay((state) => state.open === name);
  return (
    <Popup isOpen={isOpen} label={label} onClose={closeOverlay} anchor={anchor}>
      <MenuList label={label}>
        {choices.map((choice) => (
          <MenuRow
            key={choice.label}
            mark={choice.isChosen && <Check size={15} strokeWidth={1.8} aria-hidden="true" />}
            aria-pressed={choice.isChosen}
            onClick={() => {
              choice.run();
              closeOverlay();
            }}
          >
            {choice.label}
          </MenuRow>
        ))}
      </MenuList>
    </Popup>
  );
};

const menus: Partial<Record<ViewMode, OverlayName>> = { cutout: 'view.cutout', difference: 'view.difference' };

const useChoices = (mode: ViewMode): readonly Choice[] => {
  const ground = useView((state) => state.cutoutGround);
  const base = useView((state) => state.differenceBase);
  if (mode === 'cutout') return cutoutActions.map((action) => ({ label: cutoutGroundLabels[action.ground], isChosen: action.ground === ground, run: action.run }));
  if (mode === 'difference') return differenceActions.map((action) => ({ label: differenceBaseLabels[action.base], isChosen: action.base === base, run: action.run }));
  return [];
};

/** A view; the one that is on offers its kinds, where it has any. */
const ViewButton = ({ action, mode }: { readonly action: Action; readonly mode: ViewMode }) => {
  const isOn = useView((state) => state.mode === mode);
  const menu = menus[mode];
  const choices = useChoices(mode);
  const isOpen = useOverlay((state) => menu !== undefined && state.open === menu);
  const offers = isOn && menu !== undefined;
  const button = (
    <button
      type="button"
      className={isOn ? 'view-button view-button-on' : 'view-button'}
      aria-pressed={isOn}
      {...(offers ? { 'aria-haspopup': 'dialog', 'aria-expanded': isOpen, 'data-popup-anchor': '' } : {})}
      onMouseDown={keepFocus}
      onClick={() => {
        if (!offers) action.run();
        else if (isOpen) closeOverlay();
        else openOverlay(menu);
      }}
    >
      {viewModeLabels[mode]}
      {offers && <ChevronDown className="view-button-more" aria-hidden="true" />}
    </button>
  );
  if (menu === undefined) return button;
  return <ChoiceMenu name={menu} label={mode === 'cutout' ? 'Cutout' : 'Difference'} choices={choices} anchor={button} />;
};

/** What is looked at most, and so has a button of its own where not all have room. */
const mainModes: readonly ViewMode[] = ['overlay', 'outline', 'cutout', 'difference'];

/** How masks are shown, in both panes: a button a view; in narrower windows the main ones and a menu, in narrow ones the menu alone. */
export const ViewSwitch = () => {
  const mode = useView((state) => state.mode);
  const isMenuOpen = useOverlay((state) => state.open === 'view.menu');
  const isMain = mainModes.includes(mode);
  return (
    <div className="desk-views" role="group" aria-label="View">
      {viewActions.map((action) => (
        <span key={action.id} className={mainModes.includes(action.mode) ? 'desk-view' : 'desk-view desk-view-rest'}>
          <ViewButton action={action} mode={action.mode} />
        </span>
      ))}
      <span className="desk-view-menu">
        <ChoiceMenu
          name="view.menu"
          label="All views"
          choices={viewActions.map((action) => ({ label: viewModeLabels[action.mode], isChosen: action.mode === mode, run: action.run }))}
          anchor={
            <button
              type="button"
              className={isMain ? 'view-button' : 'view-button view-button-on'}
              aria-haspopup="dialog"
              aria-expanded={isMenuOpen}
              aria-label={`All views, now ${viewModeLabels[mode]}`}
              data-popup-anchor=""
              onMouseDown={keepFocus}
              onClick={() => (isMenuOpen ? closeOverlay() : openOverlay('view.menu'))}
            >
              <span className={isMain ? 'desk-view-now' : undefined}>{viewModeLabels[mode]}</span>
              <ChevronDown className="view-button-more" aria-hidden="true" />
            </button>
          }
        />
      </span>
    </div>
  );
};
