import { Boxes, FolderInput, Keyboard, SunMoon } from 'lucide-react';
import { importFolder } from '../../actions/app/importFolder.ts';
import { models } from '../../actions/app/models.ts';
import { shortcuts } from '../../actions/app/shortcuts.ts';
import { theme } from '../../actions/view/theme.ts';
import { useAppInfo } from '../../stores/appInfo.ts';
import { ViewSwitch } from '../desk/ViewSwitch.tsx';
import { ActionButton } from '../shared/ActionButton.tsx';
import { Progress } from './Progress.tsx';
import { SegmentationBar } from './SegmentationBar.tsx';
import { TintPopup } from './TintPopup.tsx';
import './TopBar.css';

const nameOf = (location: string): string => location.split(/[\\/]/).filter((part) => part !== '').at(-1) ?? location;

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
      <ViewSwitch />
      <div className="top-bar-icons">
        <TintPopup />
        <ActionButton action={importFolder} icon={<FolderInput />} />
        <ActionButton action={models} icon={<Boxes />} />
        <ActionButton action={theme} icon={<SunMoon />} />
        <ActionButton action={shortcuts} icon={<Keyboard />} />
      </div>
    </header>
  );
};
