import { assetKey, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import { dismissTopic, notify } from '../../stores/notices.ts';
import { useHistory } from '../../stores/history.ts';
import { choose } from './chooseMask.ts';
import { takeRevision } from './takeRevision.ts';

/** Items whose re-run this person asked for and still waits for, with when. */
const expected = new Map<string, number>();

export const expectResult = (asset: AssetRef): void => void expected.set(assetKey(asset), Date.now());

/** It was taken back: an answer that comes all the same is no news. */
export const stopExpecting = (asset: AssetRef): void => void expected.delete(assetKey(asset));

/**
 * Looks whether a model's answer that was asked for has come. One that became head is on screen already; one that waits beside a
 * person's work is offered.
 */
export const lookForResult = (asset: Asset): void => {
  const askedAtMs = expected.get(assetKey(asset));
  if (askedAtMs === undefined) return;
  const { revisions } = useHistory.getState();
  const result = revisions.find((revision) => revision.origin === 'model' && revision.createdAtMs >= askedAtMs - 1000);
  if (result === undefined) return;
  expected.delete(assetKey(asset));
  dismissTopic(`rerun:${asset.id}`);
  if (result.revisionId === asset.headRevisionId) {
    notify({ level: 'success', message: `New mask by ${result.author}`, topic: `rerun:${asset.id}` });
    return;
  }
  notify({
    level: 'info',
    topic: `rerun:${asset.id}`,
    message: `A new mask by ${result.author} waits beside yours.`,
    lifeMs: null,
    buttons: [
      { label: 'Compare', run: choose.run },
      { label: 'Take it', run: () => takeRevision(asset, result.revisionId) },
    ],
  });
};
