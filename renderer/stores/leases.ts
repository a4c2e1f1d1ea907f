import { create } from 'zustand';
import { assetKey, type AssetRef } from '../../shared/domain/asset.ts';
import type { LeaseView } from '../../shared/contracts/rpc/leases.ts';
import { core } from '../bridge/core.ts';
import { inBackground } from './notices.ts';

interface LeasesState {
  /** By assetKey. */
  readonly byAsset: ReadonlyMap<string, LeaseView>;
  /** The item whose taking over is being asked about; null: none. */
  readonly asking: string | null;
}

/** Who has which item, this desk included. */
export const useLeases = create<LeasesState>(() => ({ byAsset: new Map(), asking: null }));

/** Taking and giving back that is under way, and how often it was: a list that was read meanwhile may not know of it yet. */
let underWay = 0;
let changes = 0;

/** Does something that changes this desk's leases. */
export const changingLeases = async <T>(work: () => Promise<T>): Promise<T> => {
  underWay++;
  try {
    return await work();
  } finally {
    underWay--;
    changes++;
  }
};

/** Answers to older questions are dropped. */
let lastRequest = 0;
let expiry: ReturnType<typeof setTimeout> | null = null;
/** A lease that ends is looked for a moment after its time. */
const afterEndMs = 200;

export const loadLeases = async (): Promise<void> => {
  const request = ++lastRequest;
  const before = changes;
  const leases = await core().leases.list();
  if (request !== lastRequest) return;
  if (underWay > 0 || before !== changes) return loadLeases();
  if (expiry !== null) clearTimeout(expiry);
  const firstEndMs = Math.min(...leases.map(({ remainingMs }) => remainingMs));
  expiry = Number.isFinite(firstEndMs) ? setTimeout(() => inBackground(loadLeases(), 'leases'), Math.max(0, firstEndMs) + afterEndMs) : null;
  useLeases.setState({ byAsset: new Map(leases.map((lease) => [assetKey(lease.asset), lease])) });
};

/** Somebody else's, for {@link useLeases}; undefined: nobody's, or this desk's own. */
export const othersLease = ({ byAsset }: LeasesState, asset: AssetRef | null): LeaseView | undefined => {
  const lease = asset === null ? undefined : byAsset.get(assetKey(asset));
  return lease?.isMine === true ? undefined : lease;
};

export const takenBy = (asset: AssetRef | null): LeaseView | undefined => othersLease(useLeases.getState(), asset);

/** Others who are at work now, by name, each with what they have: what is open before what is next. */
export const othersAtWork = (byAsset: LeasesState['byAsset']): ReadonlyMap<string, readonly LeaseView[]> => {
  const people = new Map<string, LeaseView[]>();
  for (const lease of byAsset.values()) if (!lease.isMine) people.set(lease.reviewer, [...(people.get(lease.reviewer) ?? []), lease]);
  for (const leases of people.values()) leases.sort((a, b) => Number(a.purpose === 'ahead') - Number(b.purpose === 'ahead'));
  return new Map([...people].sort(([a], [b]) => a.localeCompare(b)));
};
