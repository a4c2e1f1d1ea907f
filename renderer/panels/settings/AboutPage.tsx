import { useAppInfo } from '../../stores/appInfo.ts';
import { useModels } from '../../stores/models.ts';
import { SettingRow } from './SettingRow.tsx';

/** Licences that the app itself brings along; the models say their own. */
const parts = [
  ['Electron, React, Radix UI, zustand, Konva, better-sqlite3, ONNX Runtime', 'MIT'],
  ['sharp, TypeScript', 'Apache-2.0'],
  ['libvips', 'LGPL-3.0'],
  ['Lucide icons', 'ISC'],
  ['Inter typeface', 'OFL-1.1'],
] as const;

export const AboutPage = () => {
  const info = useAppInfo((state) => state.info);
  const models = useModels((state) => state.models);
  return (
    <section className="settings-page" aria-label="About">
      <h2 className="settings-title">Maskdesk</h2>
      <p className="settings-note">Desktop review and annotation of segmentation masks.</p>
      <SettingRow label="Version">
        <span className="setting-value selectable">{info?.version ?? ''}</span>
      </SettingRow>
      {info?.electronNote != null && <p className="settings-note">{info.electronNote}</p>}
      <h3 className="keys-group">What it is made of</h3>
      {parts.map(([what, licence]) => (
        <SettingRow key={what} label={what}>
          <span className="setting-value">{licence}</span>
        </SettingRow>
      ))}
      {models.length > 0 && <h3 className="keys-group">Models</h3>}
      {models.map((model) => (
        <SettingRow key={model.modelId} label={model.label} hint={model.licenceNote ?? undefined}>
          <span className="setting-value">{model.licence}</span>
        </SettingRow>
      ))}
    </section>
  );
};
