import type { AssetContext } from '../../../shared/contracts/rpc/queue.ts';
import { assetKey } from '../../../shared/domain/asset.ts';
import type { QueueService } from '../services.ts';
import type { KnownRows } from './knownRows.ts';
import { awayPartOf } from './reachability.ts';

const mostContexts = 200;

/** While the store is away an item opens with what was last read about its neighbours, or alone. */
export const createOfflineQueue = (queue: QueueService, known: KnownRows): QueueService => {
  const contexts = new Map<string, AssetContext>();
  return {
    ...queue,
    context: async (ref) => {
      const key = assetKey(ref);
      try {
        const context = await queue.context(ref);
        contexts.delete(key);
        contexts.set(key, context);
        const [oldest] = contexts.keys();
        if (contexts.size > mostContexts && oldest !== undefined) contexts.delete(oldest);
        return context;
      } catch (error) {
        const asset = awayPartOf(error) === null ? null : known.asset(ref);
        if (asset === null) throw error;
        const context = contexts.get(key);
        return context === undefined ? { asset, siblings: [asset], pairs: [], counterpart: null } : { ...context, asset };
      }
    },
  };
};
