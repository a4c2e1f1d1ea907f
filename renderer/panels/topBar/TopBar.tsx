import { Boxes, FolderInput, Keyboard, Settings } from 'lucide-react';
import { importFolder } from '../../actions/app/importFolder.ts';
import { models } from '../../actions/app/models.ts';
import { settings } from '../../actions/app/settings.ts';
import { shortcuts } from '../../actions/app/shortcuts.ts';
import { useAppInfo } from '../../stores/appInfo.ts';
import { ViewSwitch } from '../desk/ViewSwitch.tsx';
import { ActionButton } from '../shared/ActionButton.tsx';
import { FindField } from './FindField.tsx';
import { Presence } from './Presence.tsx';
import { Progress } from './Progress.tsx';
import { SegmentationBar } from './SegmentationBar.tsx';
import { TintPopup } from './TintPopup.tsx';
import './TopBar.css';

const nameOf = (location: string): string => location.split(/[\\/]/).filter((part) => part !== '').at(-1) ?? location;

/** Where I am, how far it is, finding, the view, and what is for the whole app. */
export const TopBar = () => {
  const info = useAppInfo((state) => state.info);
  return (
    <header className="top-bar" data-region>
      <strong>Maskdesk</strong>
      {info !== null && (
        <span className="top-bar-store dim ellipsis" title={info.storeLocation}>
          {info.isDemo ? 'Demo store' : nameOf(info.storeLocation)}
        </span>
      )}
      <Progress />
      <SegmentationBar />
      <span className="top-bar-gap" />
      <Presence />
      <FindField />
      <ViewSwitch />
      <div className="top-bar-icons">
        <TintPopup />
        <ActionButton action={importFolder} icon={<FolderInput />} />
        <ActionButton action={models} icon={<Boxes />} />
        <ActionButton action={shortcuts} icon={<Keyboard />} />
        <ActionButton action={settings} icon={<Settings />} />
      </div>
    </header>
  );
};
