import { core } from '../../bridge/core.ts';
import type { SendOutcome } from '../../../shared/contracts/rpc/offline.ts';
import { closeOverlay, openOverlay, useOverlay } from '../../stores/overlay.ts';
import { inBackground, notify } from '../../stores/notices.ts';
import { loadWaiting, setRefusals, useOffline } from '../../stores/offline.ts';
import { afterVerdicts } from '../review/verdictLog.ts';
import type { Action } from '../action.ts';
import { countWords } from './waitingWords.ts';

const told = (outcomes: readonly SendOutcome[]): void => {
  const sent = outcomes.filter(({ outcome }) => outcome === 'sent').length;
  const left = outcomes.length - sent;
  if (left === 0) {
    notify({ level: 'success', topic: 'waiting', message: sent === 1 ? 'It is in the store now.' : `All ${sent} are in the store now.` });
    if (useOverlay.getState().open === 'waiting') closeOverlay();
    return;
  }
  notify({ level: 'warning', topic: 'waiting', message: `${sent === 0 ? 'Nothing' : sent} sent, ${left} ${left === 1 ? 'needs' : 'need'} a look.`, lifeMs: 10_000 });
  openOverlay('waiting');
};

const send = async (ids: readonly string[] | null): Promise<void> => {
  if (useOffline.getState().isSending) return;
  useOffline.setState({ isSending: true });
  try {
    const outcomes = await afterVerdicts(() => core().offline.send(ids === null ? {} : { ids: [...ids] }));
    setRefusals(outcomes);
    await loadWaiting();
    told(outcomes);
  } finally {
    useOffline.setState({ isSending: false });
  }
};

export const sendOne = (id: string): void => inBackground(send([id]), 'waiting');

const canSend = (): boolean => {
  const { items, reach } = useOffline.getState();
  return items.length > 0 && reach.kind === 'online';
};

/** What nobody else's work stands against; the rest stays in the list. */
export const sendWaiting: Action = {
  id: 'sendWaiting',
  label: 'Send the work that waits',
  group: 'App',
  alsoCalled: ['Offline', 'Sync', 'Upload'],
  keys: [],
  when: canSend,
  whyNot: () => {
    const { items, reach } = useOffline.getState();
    if (items.length === 0) return 'Everything is in the store.';
    return reach.kind === 'away' ? `${countWords(items)} wait until the store is back.` : null;
  },
  run: () => inBackground(send(null), 'waiting'),
};
