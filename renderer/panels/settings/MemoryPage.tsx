import { inBackground } from '../../stores/notices.ts';
import { resetPreferences, setPreference, standardPreferences, usePreferences, type PreferenceKey } from '../../stores/preferences.ts';
import { changeSettings, useSettings } from '../../stores/settings.ts';
import { NumberField } from './NumberField.tsx';
import { PromptDecoderRow } from './PromptDecoderRow.tsx';
import { SettingRow } from './SettingRow.tsx';

export const MemoryPage = () => {
  const { photoCacheMegabytes, historyMegabytes } = usePreferences();
  const settings = useSettings((state) => state.settings);
  const back = (key: PreferenceKey) => () => inBackground(resetPreferences([key]));
  return (
    <section className="settings-page" aria-label="Memory">
      <h2 className="settings-title">Memory</h2>
      <SettingRow label="Photos kept ready" hint="Decoded photos of items ahead and behind. More makes going back and forth quicker." isStandard={photoCacheMegabytes === standardPreferences.photoCacheMegabytes} onReset={back('photoCacheMegabytes')}>
        <NumberField label="Photos kept ready" unit="MB" value={photoCacheMegabytes} min={64} max={4096} onChange={(next) => next !== null && inBackground(setPreference('photoCacheMegabytes', next))} />
      </SettingRow>
      <SettingRow label="Undo in memory" hint="Of items that were worked on and left, all together; what is more is read from the disk again." isStandard={historyMegabytes === standardPreferences.historyMegabytes} onReset={back('historyMegabytes')}>
        <NumberField label="Undo in memory" unit="MB" value={historyMegabytes} min={16} max={1024} onChange={(next) => next !== null && inBackground(setPreference('historyMegabytes', next))} />
      </SettingRow>
      {settings !== null && (
        <SettingRow
          label="Threads of models"
          hint={`${settings.threadsInUse} in use now. Counts from the next start of this store.`}
          isStandard={settings.threads === null}
          onReset={() => inBackground(changeSettings({ threads: null }), 'settings')}
        >
          <NumberField label="Threads of models" unit="threads" value={settings.threads} placeholder="As many as the machine has" min={1} max={64} onChange={(threads) => inBackground(changeSettings({ threads }), 'settings')} />
        </SettingRow>
      )}
      {settings !== null && (
        <>
          <SettingRow
            label="Photos ready for prompts"
            hint="Memory of the process that answers clicks, for this photo and the next ones."
            isStandard={settings.decoderMemoryMegabytes === 512}
            onReset={() => inBackground(changeSettings({ decoderMemoryMegabytes: null }), 'settings')}
          >
            <NumberField label="Photos ready for prompts" unit="MB" value={settings.decoderMemoryMegabytes} min={64} max={65_536} onChange={(next) => inBackground(changeSettings({ decoderMemoryMegabytes: next }), 'settings')} />
          </SettingRow>
          <SettingRow
            label="Prepared photos on disk"
            hint="So that a photo is prepared for prompts once; the least recently used goes first."
            isStandard={settings.embeddingCacheMegabytes === 4096}
            onReset={() => inBackground(changeSettings({ embeddingCacheMegabytes: null }), 'settings')}
          >
            <NumberField label="Prepared photos on disk" unit="MB" value={settings.embeddingCacheMegabytes} min={64} max={1_000_000} onChange={(next) => inBackground(changeSettings({ embeddingCacheMegabytes: next }), 'settings')} />
          </SettingRow>
        </>
      )}
      <PromptDecoderRow />
    </section>
  );
};
