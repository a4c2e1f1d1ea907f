import { recentStores } from '../../actions/app/stores.ts';
import { assetKey } from '../../../shared/domain/asset.ts';
import { useAppInfo } from '../../stores/appInfo.ts';
import { useConnection } from '../../stores/connection.ts';
import { useDrafts, type DraftMark } from '../../stores/drafts.ts';
import { useOffline } from '../../stores/offline.ts';
import { usePanes } from '../../stores/panes.ts';
import { StateDot, type DotTone } from '../../ui/StateDot.tsx';
import { HoverStatus } from './HoverStatus.tsx';
import { ModelStatus } from './ModelStatus.tsx';
import { NoticesStatus } from './NoticesStatus.tsx';
import { QueueStatus } from './QueueStatus.tsx';
import './StatusBar.css';
import { StatusItem } from './StatusItem.tsx';
import { useHint } from './useHint.ts';

const draftWords: Readonly<Record<DraftMark, readonly [label: string, title: string]>> = {
  restored: ['Draft restored', 'What was drawn on an earlier visit is on the desk; approving keeps it, discarding the draft drops it'],
  unsaved: ['Saving draft…', 'The last step is being kept'],
  saving: ['Saving draft…', 'The last step is being kept'],
  saved: ['Draft saved', 'Everything drawn is kept in the store, also when Maskdesk is ended'],
  failed: ['Draft not saved', 'The last steps are on the desk alone; they are kept with the next one that can be'],
};
const connectionWords = {
  starting: ['starting', 'quiet'],
  up: ['connected', 'ok'],
  restarting: ['starting again', 'warn'],
  failed: ['not connected', 'bad'],
  closing: ['closing', 'quiet'],
} as const satisfies Record<string, readonly [string, DotTone]>;

const awayWords = ['not reachable', 'warn'] as const satisfies readonly [string, DotTone];

const Draft = () => {
  const asset = usePanes((state) => state[state.active].asset);
  const draft = useDrafts((state) => (asset === null ? undefined : state.marks[assetKey(asset)]));
  const isAway = useOffline((state) => state.reach.kind === 'away');
  if (draft === undefined) return null;
  const [label, usual] = draftWords[draft];
  const title = isAway && draft === 'saved' ? 'Everything drawn is kept on this machine, also when Maskdesk is ended' : usual;
  return (
    <StatusItem title={title} testId="draft-status" className={draft === 'failed' ? 'status-bad' : ''}>
      {label}
    </StatusItem>
  );
};

const Connection = () => {
  const kind = useConnection((state) => state.state.kind);
  const info = useAppInfo((state) => state.info);
  const isAway = useOffline((state) => state.reach.kind === 'away');
  const [words, tone] = kind === 'up' && isAway ? awayWords : connectionWords[kind];
  const store = info?.storeKind ?? 'Store';
  return (
    <StatusItem title={`${info === null ? 'The store' : info.storeLocation}: ${words}. Opens the list of stores`} action={recentStores} testId="status-connection">
      <StateDot tone={tone} label={words} />
      <span className="status-connection-words">
        {store} · {words}
      </span>
    </StatusItem>
  );
};

const Reviewer = () => {
  const reviewer = useAppInfo((state) => state.info?.reviewer ?? null);
  if (reviewer === null) return null;
  return (
    <StatusItem title={`Verdicts are given as ${reviewer}`} className="status-reviewer">
      <span className="ellipsis">{reviewer}</span>
    </StatusItem>
  );
};

/** What a click would do, then how everything stands that a reviewer need not look at. */
export const StatusBar = () => {
  const hint = useHint();
  return (
    <footer className="status-bar" data-region aria-label="Status">
      <span className="status-hint ellipsis" title={hint}>
        {hint}
      </span>
      <HoverStatus />
      <ModelStatus />
      <QueueStatus />
      <Draft />
      <Connection />
      <Reviewer />
      <NoticesStatus />
    </footer>
  );
};
