import { Tooltip } from 'radix-ui';
import { DebugOverlay } from '../panels/debug/DebugOverlay.tsx';
import { Notices } from '../panels/notices/Notices.tsx';
import { Cards } from '../panels/overlays/Cards.tsx';
import { ConnectionCover } from '../panels/overlays/ConnectionCover.tsx';
import { DropTarget } from '../panels/overlays/DropTarget.tsx';
import { ImportCard } from '../panels/overlays/ImportCard.tsx';
import { ModelsCard } from '../panels/overlays/ModelsCard.tsx';
import { PaletteCard } from '../panels/palette/PaletteCard.tsx';
import { SettingsCard } from '../panels/settings/SettingsCard.tsx';
import { TeamStoreCard } from '../panels/teamStore/TeamStoreCard.tsx';
import { ShortcutsCard } from '../panels/shortcuts/ShortcutsCard.tsx';
import { useKeymap } from '../stores/keymap.ts';
import { Shell } from './Shell.tsx';
import { useTheme } from './useTheme.ts';

/** The window: the shell, and what may lie over it. */
export const App = () => {
  useTheme();
  // Key caps are everywhere: other keys draw the whole window again.
  useKeymap();
  return (
    <Tooltip.Provider delayDuration={450} skipDelayDuration={200}>
      <Shell />
      <Notices />
      <ShortcutsCard />
      <SettingsCard />
      <TeamStoreCard />
      <PaletteCard />
      <ModelsCard />
      <ImportCard />
      <Cards />
      <DebugOverlay />
      <ConnectionCover />
      <DropTarget />
    </Tooltip.Provider>
  );
};
