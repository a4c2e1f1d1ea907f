import type { AssetRef } from '../../shared/domain/asset.ts';
import type { ItemLease, LeaseHolder, LeasePurpose } from '../../shared/domain/itemLease.ts';
import type { LeaseView } from '../../shared/contracts/rpc/leases.ts';
import type { ItemLeaseStore } from '../../shared/ports/store/itemLeaseStore.ts';
import type { Logger } from '../base/logger.ts';
import type { AppEvents } from './appEvents.ts';
import { personOf } from './leaseOwner.ts';
import type { ItemLeaseService } from './services.ts';

/** Renewed by the desk each minute while somebody is there; a closed lid frees its items soon after. */
const durationMs = 150_000;

interface ItemLeaseParts {
  readonly leases: ItemLeaseStore;
  readonly events: AppEvents;
  readonly logger: Logger;
  /** leaseOwner.ts; the name in it may change while the app runs. */
  readonly owner: () => string;
}

/** This desk's items, under the name of whoever sits at it. */
export const createItemLeaseService = ({ leases, events, logger, owner }: ItemLeaseParts): ItemLeaseService => {
  /** Under which something may be held. */
  let heldUnder: string | null = null;

  const viewOf = ({ owner: whose, ...lease }: ItemLease): LeaseView => ({ ...lease, isMine: whose === owner() });
  const changed = (): void => events.emit({ kind: 'leasesChanged' });

  /** Who sits down under another name takes nothing from the one before. */
  const holder = async (): Promise<LeaseHolder> => {
    const now = owner();
    if (heldUnder !== null && heldUnder !== now) await leases.releaseAll(heldUnder);
    heldUnder = now;
    return { owner: now, reviewer: personOf(now) ?? now };
  };
  const terms = async (purpose: LeasePurpose, leaving: readonly AssetRef[]) => ({ holder: await holder(), purpose, durationMs, leaving });

  return {
    live: async () => (await leases.live()).map(viewOf),
    take: async (assets, purpose, leaving = []) => {
      const taken = await leases.take(assets, await terms(purpose, leaving));
      changed();
      return taken.map(viewOf);
    },
    takeNext: async (query, purpose, leaving = []) => {
      const found = await leases.takeNext(query, await terms(purpose, leaving));
      changed();
      return found;
    },
    takeOver: async (asset) => {
      const from = await leases.takeOver(asset, await terms('open', []));
      changed();
      return from === null ? null : viewOf(from);
    },
    release: async (assets) => {
      await leases.release(assets, owner());
      changed();
    },
    dispose: async () => {
      if (heldUnder === null) return;
      // What can't be given back ends by itself.
      await leases.releaseAll(heldUnder).catch((error: unknown) => logger.warn({ err: error }, 'items could not be given back'));
      heldUnder = null;
    },
  };
};
