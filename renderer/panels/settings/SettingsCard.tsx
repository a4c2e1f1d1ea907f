import { Cpu, Database, Info, Keyboard, MemoryStick, Palette, SunMoon, UserRound } from 'lucide-react';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { showSettingsPage, useSettings, type SettingsPage } from '../../stores/settings.ts';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { Tabs, type TabPage } from '../../ui/Tabs.tsx';
import { AboutPage } from './AboutPage.tsx';
import { AppearancePage } from './AppearancePage.tsx';
import { KeysPage } from './KeysPage.tsx';
import { MemoryPage } from './MemoryPage.tsx';
import { ModelsPage } from './ModelsPage.tsx';
import { OverlayPage } from './OverlayPage.tsx';
import { ReviewerPage } from './ReviewerPage.tsx';
import './SettingsCard.css';
import { StorePage } from './StorePage.tsx';

const icon = (Icon: typeof Cpu) => <Icon className="icon-small" aria-hidden="true" />;

const pages: readonly TabPage<SettingsPage>[] = [
  { id: 'reviewer', label: 'Reviewer', icon: icon(UserRound), content: <ReviewerPage /> },
  { id: 'appearance', label: 'Appearance', icon: icon(SunMoon), content: <AppearancePage /> },
  { id: 'keys', label: 'Keys', icon: icon(Keyboard), content: <KeysPage /> },
  { id: 'overlay', label: 'Masks', icon: icon(Palette), content: <OverlayPage /> },
  { id: 'models', label: 'Models', icon: icon(Cpu), content: <ModelsPage /> },
  { id: 'memory', label: 'Memory', icon: icon(MemoryStick), content: <MemoryPage /> },
  { id: 'store', label: 'Store', icon: icon(Database), content: <StorePage /> },
  { id: 'about', label: 'About', icon: icon(Info), content: <AboutPage /> },
];

/** Everything that can be set, a page a subject; each takes effect at once. */
export const SettingsCard = () => {
  const isOpen = useOverlay((state) => state.open === 'settings');
  const page = useSettings((state) => state.page);
  return (
    <FloatingCard isOpen={isOpen} title="Settings" description="Changes take effect at once." width="page" onClose={closeOverlay}>
      <Tabs label="Settings" side="left" pages={pages} active={page} onChange={showSettingsPage} />
    </FloatingCard>
  );
};
