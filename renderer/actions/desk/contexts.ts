import { core } from '../../bridge/core.ts';
import type { AssetContext } from '../../../shared/contracts/rpc/queue.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';

/** Contexts of the items ahead, asked for once; forgotten whenever anything changes. */
const ahead = new Map<string, Promise<AssetContext>>();

const fetchContext = (asset: AssetRef): Promise<AssetContext> => core().queue.context({ asset: { kind: asset.kind, id: asset.id } });

export const contextOf = (asset: AssetRef): Promise<AssetContext> => ahead.get(assetKey(asset)) ?? fetchContext(asset);
export const freshContextOf = fetchContext;

export const contextAhead = (asset: AssetRef): Promise<AssetContext> => {
  const key = assetKey(asset);
  const known = ahead.get(key);
  if (known !== undefined) return known;
  const loading = fetchContext(asset);
  ahead.set(key, loading);
  loading.catch(() => ahead.delete(key));
  return loading;
};

export const forgetContexts = (): void => ahead.clear();
