import { core } from '../../bridge/core.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { appInfo } from '../../stores/appInfo.ts';
import { notify } from '../../stores/notices.ts';

/** Well inside the lease's own length (electron/handlers/review.ts). */
const renewMs = 60_000;

const held = new Map<string, { readonly asset: AssetRef; readonly timer: ReturnType<typeof setInterval> }>();

const claim = async (asset: AssetRef): Promise<void> => {
  const { held: ours, owner } = await core().review.lease({ asset });
  if (ours || owner === null) return;
  // The same name in another process: what is saved last is the draft of both.
  const message =
    owner === appInfo()?.reviewer
      ? `You are editing ${asset.id} in another window as well. Finish it in one of them: both save the same draft.`
      : `${owner} is editing ${asset.id} at the moment. Your edit is kept as a draft.`;
  notify({ level: 'warning', topic: `lease:${assetKey(asset)}`, message, lifeMs: 10_000 });
};

/**
 * Claims an item with the first stroke on it, so that no background result replaces the mask under the brush. A claim that can't be made
 * is no reason to stop painting: the stale-revision check still guards the approval.
 */
export const holdForEditing = (asset: AssetRef): void => {
  const key = assetKey(asset);
  if (held.has(key)) return;
  const ref: AssetRef = { kind: asset.kind, id: asset.id };
  const renew = (): void => void claim(ref).catch(() => undefined);
  held.set(key, { asset: ref, timer: setInterval(renew, renewMs) });
  renew();
};

export const letGo = (asset: AssetRef): void => {
  const key = assetKey(asset);
  const lease = held.get(key);
  if (lease === undefined) return;
  clearInterval(lease.timer);
  held.delete(key);
  // A lease that can't be given back now ends by itself.
  void core().review.lease({ asset: lease.asset, release: true }).catch(() => undefined);
};
