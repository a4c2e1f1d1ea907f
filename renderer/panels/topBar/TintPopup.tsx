import { Check, Palette } from 'lucide-react';
import { chooseTint, nextTint, tintActions } from '../../actions/view/tint.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { tints, type TintId } from '../../stores/tints.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { MenuList } from '../../ui/MenuList.tsx';
import { MenuRow } from '../../ui/MenuRow.tsx';
import { Popup } from '../../ui/Popup.tsx';
import { capsOf } from '../shared/platform.ts';

const Swatch = ({ tintId }: { readonly tintId: TintId }) => {
  const { red, green, blue } = tints[tintId];
  return <span className="swatch" style={{ background: `rgb(${red} ${green} ${blue})` }} aria-hidden="true" />;
};

/** What masks are drawn in: one colour or another differs from what is in the photo. */
export const TintPopup = () => {
  const isOpen = useOverlay((state) => state.open === 'tint');
  const current = usePreferences((state) => state.tint);
  return (
    <Popup
      isOpen={isOpen}
      label={chooseTint.label}
      onClose={closeOverlay}
      anchor={
        <IconButton label={chooseTint.label} caps={capsOf(nextTint)} aria-expanded={isOpen} data-popup-anchor data-testid="tint" onClick={chooseTint.run}>
          <Palette />
        </IconButton>
      }
    >
      <MenuList label="Colours">
        {tintActions.map(({ tintId, label, run }) => (
          <MenuRow key={tintId} icon={<Swatch tintId={tintId} />} mark={tintId === current && <Check size={15} strokeWidth={1.8} aria-hidden="true" />} aria-pressed={tintId === current} onClick={run}>
            {label}
          </MenuRow>
        ))}
      </MenuList>
    </Popup>
  );
};
