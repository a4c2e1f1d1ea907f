import type { KeyboardEvent } from 'react';
import { inBackground } from '../../stores/notices.ts';
import { resetPreferences, setPreference, setTint, standardPreferences, usePreferences } from '../../stores/preferences.ts';
import { tintIds, tints, type TintId } from '../../stores/tints.ts';
import { SliderField } from '../../ui/SliderField.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { keepFocus } from '../../ui/keepFocus.ts';
import { SettingRow } from './SettingRow.tsx';

const colourOf = (id: TintId): string => `rgb(${tints[id].red} ${tints[id].green} ${tints[id].blue})`;

const moveBy: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const Swatches = ({ tint }: { readonly tint: TintId }) => {
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = moveBy[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = (tintIds.indexOf(tint) + step + tintIds.length) % tintIds.length;
    inBackground(setTint(tintIds[index] ?? tint));
    event.currentTarget.querySelectorAll('button')[index]?.focus();
  };
  return (
    <div className="settings-swatches" role="radiogroup" aria-label="Colour of the mask" onKeyDown={move}>
      {tintIds.map((id) => (
        <button key={id} type="button" role="radio" className="settings-swatch" aria-checked={id === tint} aria-label={tints[id].label} title={tints[id].label} tabIndex={id === tint ? 0 : -1} onMouseDown={keepFocus} onClick={() => inBackground(setTint(id))}>
          <span style={{ background: colourOf(id) }} />
        </button>
      ))}
    </div>
  );
};

/** How masks lie over photos; the desk behind the card shows each change at once, and so does the sample. */
export const OverlayPage = () => {
  const { tint, opacityPercent, outlineWidthPx, hasHatch } = usePreferences();
  const colour = colourOf(tint);
  return (
    <section className="settings-page" aria-label="Masks">
      <h2 className="settings-title">Masks over photos</h2>
      <div className="settings-preview" aria-hidden="true">
        <div className="settings-preview-mask" style={{ background: colour, opacity: opacityPercent / 100 }} />
        <div className="settings-preview-line" style={{ borderColor: colour, borderWidth: outlineWidthPx }} />
      </div>
      <SettingRow label="Colour" hint="All of them are told apart with any colour vision." isStandard={tint === standardPreferences.tint} onReset={() => inBackground(resetPreferences(['tint']))}>
        <Swatches tint={tint} />
      </SettingRow>
      <SettingRow label="Opacity" hint="Of the overlay view." isStandard={opacityPercent === standardPreferences.opacityPercent} onReset={() => inBackground(resetPreferences(['opacityPercent']))}>
        <SliderField label="Opacity" isLabelUnseen shown={`${opacityPercent} %`} value={opacityPercent} min={0} max={100} step={1} onChange={(next) => inBackground(setPreference('opacityPercent', next))} />
      </SettingRow>
      <SettingRow label="Outline" hint="Never so thick that it hides the edge." isStandard={outlineWidthPx === standardPreferences.outlineWidthPx} onReset={() => inBackground(resetPreferences(['outlineWidthPx']))}>
        <SliderField label="Outline" isLabelUnseen shown={`${outlineWidthPx} px`} value={outlineWidthPx} min={1} max={4} step={1} onChange={(next) => inBackground(setPreference('outlineWidthPx', next))} />
      </SettingRow>
      <SettingRow label="Hatching" hint="Added and removed parts are hatched as well as coloured." isStandard={hasHatch === standardPreferences.hasHatch} onReset={() => inBackground(resetPreferences(['hasHatch']))}>
        <Switch label="Hatching" isLabelUnseen isOn={hasHatch} onChange={(next) => inBackground(setPreference('hasHatch', next))} />
      </SettingRow>
    </section>
  );
};
