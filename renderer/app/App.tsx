import { Tooltip } from 'radix-ui';
import { DeskPanel } from '../panels/desk/DeskPanel.tsx';
import { Inspector } from '../panels/inspector/Inspector.tsx';
import { Notices } from '../panels/notices/Notices.tsx';
import { Cards } from '../panels/overlays/Cards.tsx';
import { ConnectionCover } from '../panels/overlays/ConnectionCover.tsx';
import { DropTarget } from '../panels/overlays/DropTarget.tsx';
import { ImportCard } from '../panels/overlays/ImportCard.tsx';
import { ModelsCard } from '../panels/overlays/ModelsCard.tsx';
import { PaletteCard } from '../panels/palette/PaletteCard.tsx';
import { QueuePanel } from '../panels/queue/QueuePanel.tsx';
import { SettingsCard } from '../panels/settings/SettingsCard.tsx';
import { ShortcutsCard } from '../panels/shortcuts/ShortcutsCard.tsx';
import { StatusBar } from '../panels/statusBar/StatusBar.tsx';
import { ToolRail } from '../panels/toolRail/ToolRail.tsx';
import { TopBar } from '../panels/topBar/TopBar.tsx';
import { useKeymap } from '../stores/keymap.ts';
import './App.css';
import { useTheme } from './useTheme.ts';

/** The shell: where each panel is. */
export const App = () => {
  useTheme();
  // Key caps are everywhere: other keys draw the whole window again.
  useKeymap();
  return (
    <Tooltip.Provider delayDuration={450} skipDelayDuration={200}>
      <div className="app">
        <TopBar />
        <QueuePanel />
        <ToolRail />
        <DeskPanel />
        <Inspector />
        <StatusBar />
      </div>
      <Notices />
      <ShortcutsCard />
      <SettingsCard />
      <PaletteCard />
      <ModelsCard />
      <ImportCard />
      <Cards />
      <ConnectionCover />
      <DropTarget />
    </Tooltip.Provider>
  );
};
