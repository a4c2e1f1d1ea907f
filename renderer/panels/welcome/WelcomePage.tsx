import { useEffect, useRef } from 'react';
import { Boxes, FolderInput, FolderOpen, Server, X } from 'lucide-react';
import { tryDemo } from '../../actions/app/firstRun.ts';
import { importFolder } from '../../actions/app/importFolder.ts';
import { connectTeamStore, newStore, openConfigFile, openStore } from '../../actions/app/stores.ts';
import { useAppInfo } from '../../stores/appInfo.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { useQueue } from '../../stores/queue.ts';
import { useRecentStores } from '../../stores/recentStores.ts';
import { dismissWelcome, useWelcome } from '../../stores/welcome.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { RecentStoreList } from '../stores/RecentStoreList.tsx';
import { Choice } from './Choice.tsx';
import { ModelLine } from './ModelLine.tsx';
import { Sample } from './Sample.tsx';
import './WelcomePage.css';

const shownStores = 4;

const Choices = () => {
  const demoIsOpen = useAppInfo((state) => state.info?.isDemo === true);
  const isDemoFolder = useAppInfo((state) => state.info?.isDemoFolder === true);
  return (
    <div className="welcome-choices">
      <Choice icon={<Boxes />} title="Try the demo" button={demoIsOpen ? null : { label: isDemoFolder ? 'Make the demo' : 'Open the demo', run: tryDemo, isFirst: true, testId: 'welcome-demo' }}>
        {demoIsOpen ? 'It is open in this window.' : 'Product photos and keyframes with known masks; in a store of its own. Fetches some photos once.'}
      </Choice>
      <Choice icon={<FolderInput />} title="Import photos" button={{ label: 'Import a folder…', run: importFolder.run, isFirst: demoIsOpen, testId: 'welcome-import' }}>
        Choose a folder, or drop it anywhere on this window. Pictures are copied into this store, masks are made, the first one opens.
      </Choice>
      <Choice icon={<FolderOpen />} title="Open a store" button={{ label: openStore.label, run: openStore.run, testId: 'welcome-open' }} second={{ label: newStore.label, run: newStore.run }}>
        A store is a folder with its pictures, masks and verdicts. Several people can work in one.
      </Choice>
      <Choice icon={<Server />} title="Join a team" button={{ label: connectTeamStore.label, run: connectTeamStore.run, testId: 'welcome-team' }} second={{ label: openConfigFile.label, run: openConfigFile.run }}>
        The pipeline’s database and object store: everybody reviews the same queue, nobody the same item.
      </Choice>
    </div>
  );
};

/** From nothing to a first verdict: what can be done, and what happens then. Shown while the store is empty, and when asked for. */
export const WelcomePage = () => {
  const isAsked = useOverlay((state) => state.open === 'welcome');
  const isEmpty = useQueue((state) => state.totals !== null && Object.values(state.totals).every((count) => count === 0));
  const isDismissed = useWelcome((state) => state.isDismissed);
  const stores = useRecentStores((state) => state.stores);
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isAsked) page.current?.focus();
  }, [isAsked]);
  if (!isAsked && (!isEmpty || isDismissed)) return null;
  const others = (stores ?? []).filter(({ isCurrent }) => !isCurrent).slice(0, shownStores);
  return (
    <section ref={page} className="welcome" aria-label="Welcome" tabIndex={-1} data-region {...(isAsked ? { 'data-layer': '' } : {})} data-testid="welcome">
      <IconButton
        label={isEmpty ? 'Show the empty desk' : 'Back to the desk'}
        className="icon-button welcome-close"
        onClick={() => {
          dismissWelcome();
          if (isAsked) closeOverlay();
        }}
      >
        <X />
      </IconButton>
      <div className="welcome-page">
        <header className="welcome-head">
          <div>
            <h1>Welcome to Maskdesk</h1>
            <p className="dim">Models cut products out of their photos. You look at each mask, approve it with one key, or put it right with a brush.</p>
          </div>
          <Sample />
        </header>
        <Choices />
        <ModelLine />
        {others.length > 0 && (
          <section className="welcome-recent" aria-label="Recent stores">
            <h2>Recent stores</h2>
            <RecentStoreList stores={others} />
          </section>
        )}
        {isEmpty && (
          <Button tone="quiet" className="welcome-skip" onClick={dismissWelcome}>
            Show the empty desk
          </Button>
        )}
      </div>
    </section>
  );
};
