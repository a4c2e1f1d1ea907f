import { inBackground } from '../../stores/notices.ts';
import { resetPreferences, setPreference, standardPreferences, usePreferences } from '../../stores/preferences.ts';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { SettingRow } from './SettingRow.tsx';

export const AppearancePage = () => {
  const theme = usePreferences((state) => state.theme);
  const density = usePreferences((state) => state.density);
  return (
    <section className="settings-page" aria-label="Appearance">
      <h2 className="settings-title">Appearance</h2>
      <SettingRow label="Theme" hint="Greys stay neutral in both, so that photos look the same." isStandard={theme === standardPreferences.theme} onReset={() => inBackground(resetPreferences(['theme']))}>
        <SegmentedControl
          label="Theme"
          value={theme}
          choices={[
            { value: 'system', label: 'As the system' },
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
          ]}
          onChange={(next) => inBackground(setPreference('theme', next))}
        />
      </SettingRow>
      <SettingRow label="Density" hint="Compact leaves more room for photos on small screens." isStandard={density === standardPreferences.density} onReset={() => inBackground(resetPreferences(['density']))}>
        <SegmentedControl
          label="Density"
          value={density}
          choices={[
            { value: 'normal', label: 'Normal' },
            { value: 'compact', label: 'Compact' },
          ]}
          onChange={(next) => inBackground(setPreference('density', next))}
        />
      </SettingRow>
    </section>
  );
};
