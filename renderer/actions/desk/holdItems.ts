import { core } from '../../bridge/core.ts';
import { assetKey, refOfKey, sameAsset, type Asset, type AssetRef, type AssetState } from '../../../shared/domain/asset.ts';
import type { LeaseView } from '../../../shared/contracts/rpc/leases.ts';
import { changingLeases, loadLeases, useLeases } from '../../stores/leases.ts';
import { inBackground } from '../../stores/notices.ts';
import { useOffline } from '../../stores/offline.ts';
import { activeAsset, usePanes } from '../../stores/panes.ts';
import { leavingItems, useQueue } from '../../stores/queue.ts';
import { asAssetFilter } from '../../stores/queueFilter.ts';
import { isSomebodyThere, startPresence } from './presence.ts';

/**
 * The items that this desk has, so that colleagues are given others: what is worked on (the active pane's item), and the next one, which is
 * kept while the person looks so that the key that asks for it need not wait.
 */

/** Well inside the lease's own length (electron/services/itemLeaseService.ts). */
const renewMs = 50_000;
/** Who only passes by takes nothing. */
const restMs = 300;

const open = new Set<string>();
/** The item kept for the next key, behind which one and in which list. */
let ahead: { readonly asset: Asset; readonly after: string; readonly list: string } | null = null;
let onLost: (lease: LeaseView) => void = () => undefined;

const refOf = ({ kind, id }: AssetRef): AssetRef => ({ kind, id });
const listNow = () => {
  const { filter, sort } = useQueue.getState();
  return { filter: asAssetFilter(filter), sort };
};

/** One after the other: what is left must not be taken again behind that. */
let last: Promise<unknown> = Promise.resolve();
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const mine = last.then(() => changingLeases(work));
  last = mine.catch(() => undefined);
  return mine;
};

const shownKeys = (): ReadonlySet<string> => {
  const { left, right } = usePanes.getState();
  return new Set([left.asset, right.asset].flatMap((asset) => (asset === null ? [] : [assetKey(asset)])));
};

/** Held and not on the desk any more. @param except what is about to be */
const leftBehind = (except: readonly string[]): readonly AssetRef[] => {
  const shown = shownKeys();
  const left = [...open].filter((key) => !shown.has(key) && !except.includes(key));
  for (const key of left) open.delete(key);
  return left.map(refOfKey);
};

/** Takes an item, or says who has it. What the desk has left is let go of in the same step. */
export const takeItem = (asset: AssetRef): Promise<LeaseView | null> =>
  inTurn(async () => {
    const key = assetKey(asset);
    const [lease] = await core().leases.take({ assets: [refOf(asset)], purpose: 'open', leaving: [...leftBehind([key])] });
    if (lease?.isMine === true) open.add(key);
    else open.delete(key);
    if (ahead !== null && assetKey(ahead.asset) === key) ahead = null;
    return lease ?? null;
  });

interface NextWanted {
  readonly after: AssetRef;
  readonly first: AssetRef | null;
  readonly states: readonly AssetState[];
}

/** As many as one question may name. */
const mostExcepted = 50;
/** Judged on this machine: nobody is sent back to them by "next". */
const waitingItems = (): readonly AssetRef[] => useOffline.getState().items.filter(({ kind }) => kind !== 'draft').map(({ asset }) => asset);

const askNext = ({ after, first, states }: NextWanted, purpose: 'open' | 'ahead', leaving: readonly AssetRef[]): Promise<Asset | null> =>
  core().leases.takeNext({
    ...listNow(),
    after: refOf(after),
    first: first === null ? null : refOf(first),
    states: [...states],
    direction: 1,
    except: [...leavingItems(), ...waitingItems()].slice(0, mostExcepted),
    purpose,
    leaving: [...leaving],
  });

/** What was kept for this moment, if it still is right; else it is let go of. */
const takeAhead = (after: AssetRef, states: readonly AssetState[]): Asset | null => {
  const kept = ahead;
  ahead = null;
  if (kept === null) return null;
  const isRight = kept.after === assetKey(after) && kept.list === JSON.stringify([listNow(), states]) && !leavingItems().some((item) => sameAsset(item, kept.asset));
  const lease = useLeases.getState().byAsset.get(assetKey(kept.asset));
  if (isRight && lease?.isMine === true) return kept.asset;
  inBackground(inTurn(() => core().leases.release({ assets: [refOf(kept.asset)] })), 'leases');
  return null;
};

/** The next item that nobody else has: this desk's from now on. Null: there is none. */
export const takeNextItem = async (wanted: NextWanted): Promise<Asset | null> => {
  const kept = takeAhead(wanted.after, wanted.states);
  if (kept !== null) {
    open.add(assetKey(kept));
    inBackground(takeItem(kept), 'leases');
    return kept;
  }
  return inTurn(async () => {
    const found = await askNext(wanted, 'open', leftBehind([]));
    if (found !== null) open.add(assetKey(found));
    return found;
  });
};

/** Keeps the next item for this desk while the person looks at the one in hand. */
export const keepAhead = (wanted: NextWanted): Promise<Asset | null> => {
  const key = assetKey(wanted.after);
  const list = JSON.stringify([listNow(), wanted.states]);
  if (ahead !== null && ahead.after === key && ahead.list === list) return Promise.resolve(ahead.asset);
  const before = ahead;
  ahead = null;
  return inTurn(async () => {
    const asset = await askNext(wanted, 'ahead', before === null || open.has(assetKey(before.asset)) ? [] : [refOf(before.asset)]);
    ahead = asset === null ? null : { asset, after: key, list };
    return asset;
  });
};

/** Nothing is next any more, as when another list is shown. */
export const dropAhead = (): void => {
  const kept = ahead;
  ahead = null;
  if (kept !== null && !open.has(assetKey(kept.asset))) inBackground(inTurn(() => core().leases.release({ assets: [refOf(kept.asset)] })), 'leases');
};

const renew = async (): Promise<void> => {
  if (!isSomebodyThere()) return;
  const held = [...open].map(refOfKey);
  const next = ahead;
  await inTurn(async () => {
    if (held.length > 0) await core().leases.take({ assets: held, purpose: 'open' });
    if (next !== null) await core().leases.take({ assets: [refOf(next.asset)], purpose: 'ahead' });
  });
};

/** What the active pane shows and nobody has is this desk's, once the person stays with it. */
const follow = (): void => {
  const asset = activeAsset();
  if (asset === null || !isSomebodyThere()) return;
  const isSettled = open.has(assetKey(asset)) && [...open].every((key) => shownKeys().has(key));
  if (!isSettled) inBackground(takeItem(asset), 'leases');
};

let timer: ReturnType<typeof setTimeout> | null = null;
const followSoon = (): void => {
  if (timer !== null) clearTimeout(timer);
  timer = setTimeout(follow, restMs);
};

/** Leases of this desk that somebody else has by now. */
const noteLosses = (): void => {
  const { byAsset } = useLeases.getState();
  for (const key of open) {
    const lease = byAsset.get(key);
    if (lease === undefined || lease.isMine) continue;
    open.delete(key);
    onLost(lease);
  }
  if (ahead !== null && byAsset.get(assetKey(ahead.asset))?.isMine !== true) ahead = null;
  // What came free while it was only looked at.
  const asset = activeAsset();
  if (asset !== null && !open.has(assetKey(asset)) && byAsset.get(assetKey(asset)) === undefined) followSoon();
};

/** @param lost an item was taken over by somebody. Called once. */
export const startHoldingItems = (lost: (lease: LeaseView) => void): void => {
  onLost = lost;
  usePanes.subscribe(({ left, right, active }, before) => {
    if (left.asset !== before.left.asset || right.asset !== before.right.asset || active !== before.active) followSoon();
  });
  useLeases.subscribe(({ byAsset }, before) => {
    if (byAsset !== before.byAsset) noteLosses();
  });
  setInterval(() => inBackground(renew(), 'leases'), renewMs);
  startPresence(() => inBackground(renew().then(loadLeases).then(follow), 'leases'));
};

/** Another core may know nothing of what this desk has: it is taken anew. */
export const holdAgain = async (): Promise<void> => {
  await loadLeases();
  follow();
};
