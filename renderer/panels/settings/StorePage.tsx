import { useAppInfo } from '../../stores/appInfo.ts';
import { useSettings } from '../../stores/settings.ts';
import { SettingRow } from './SettingRow.tsx';

const orientationWords = { exif: 'Upright, as EXIF says', stored: 'As the pixels are stored' } as const;

/** Where the work is, and what was decided for all who share it; changed in the store's own file. */
export const StorePage = () => {
  const info = useAppInfo((state) => state.info);
  const settings = useSettings((state) => state.settings);
  return (
    <section className="settings-page" aria-label="Store">
      <h2 className="settings-title">Store</h2>
      <p className="settings-note">These hold for everybody who opens this store. They are in its file maskdesk.json and are read when it is opened.</p>
      {info !== null && (
        <SettingRow label="Location" hint={info.isDemo ? 'The demo: yours to try things on.' : undefined}>
          <span className="setting-value selectable">{info.storeLocation}</span>
        </SettingRow>
      )}
      {settings !== null && (
        <>
          <SettingRow label="Masks of rotated photos" hint="maskOrientation: how a mask lies on a pipeline’s photo that carries an EXIF rotation.">
            <span className="setting-value">{orientationWords[settings.maskOrientation]}</span>
          </SettingRow>
          <SettingRow label="Largest photo" hint="maxMegapixels: larger ones are refused.">
            <span className="setting-value">{settings.maxMegapixels.toLocaleString()} megapixels</span>
          </SettingRow>
        </>
      )}
    </section>
  );
};
