import { core } from '../../bridge/core.ts';
import type { AssetContext } from '../../../shared/contracts/rpc/queue.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';

/** Contexts of the items ahead, asked for once; forgotten when something in them changes. */
const ahead = new Map<string, Promise<AssetContext>>();
/** Which items are in each. */
const shownIn = new Map<string, ReadonlySet<string>>();

const fetchContext = (asset: AssetRef): Promise<AssetContext> => core().queue.context({ asset: { kind: asset.kind, id: asset.id } });

export const contextOf = (asset: AssetRef): Promise<AssetContext> => ahead.get(assetKey(asset)) ?? fetchContext(asset);
export const freshContextOf = fetchContext;

export const contextAhead = (asset: AssetRef): Promise<AssetContext> => {
  const key = assetKey(asset);
  const known = ahead.get(key);
  if (known !== undefined) return known;
  const loading = fetchContext(asset);
  ahead.set(key, loading);
  loading.then(
    ({ siblings, counterpart }) => shownIn.set(key, new Set([...siblings, ...(counterpart === null ? [] : [counterpart])].map(assetKey))),
    () => ahead.delete(key),
  );
  return loading;
};

/** @param changed absent: anything may have */
export const forgetContexts = (changed?: readonly AssetRef[]): void => {
  const keys = changed?.map(assetKey);
  for (const key of [...ahead.keys()]) {
    const shown = shownIn.get(key);
    // What is only being asked for may have been read before the change.
    if (keys !== undefined && shown !== undefined && !keys.some((other) => other === key || shown.has(other))) continue;
    ahead.delete(key);
    shownIn.delete(key);
  }
};
