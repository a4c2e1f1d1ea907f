import type { App } from '../../app/createApp.ts';
import { sha256Hex } from '../../base/hash.ts';
import type { Asset } from '../../../shared/domain/asset.ts';
import type { Publication } from '../../../shared/domain/publication.ts';
import { replayVerdicts, standingApproval } from '../../../shared/domain/reviewState.ts';
import type { Revision } from '../../../shared/domain/revision.ts';

interface AssetCounts {
  readonly standing: number;
  readonly withdrawn: number;
}

/** The mask stands: its path in the database, behind it the revision's very bytes, and the newest publication is of it. */
const checkStanding = async (app: App, asset: Asset, revision: Revision | null, newest: Publication | null, faults: string[]): Promise<void> => {
  if (revision === null || newest?.revisionId !== revision.revisionId) {
    return void faults.push(`${asset.id}: the newest publication is of ${String(newest?.revisionId)}, the verdicts leave ${String(revision?.revisionId)}`);
  }
  if (asset.maskedLocalPath !== newest.stablePath) faults.push(`${asset.id}: masked_local_path is ${String(asset.maskedLocalPath)}, not ${newest.stablePath}`);
  const bytes = await app.blobs.get(app.blobs.keyOfPath(newest.stablePath)).catch(() => new Uint8Array());
  if (sha256Hex(bytes) !== revision.maskSha256) faults.push(`${asset.id}: the file at ${newest.stablePath} is not the approved mask`);
};

/** No mask stands: neither path nor file is left of any that did. */
const checkNothingStands = async (app: App, asset: Asset, newest: Publication | null, faults: string[]): Promise<void> => {
  if (asset.maskedLocalPath !== null) faults.push(`${asset.id}: masked_local_path is ${asset.maskedLocalPath}, but no approval stands`);
  if (newest === null) return;
  if (newest.revisionId !== null) faults.push(`${asset.id}: the newest publication is of ${newest.revisionId}, but no approval stands`);
  if (await app.blobs.has(app.blobs.keyOfPath(newest.stablePath))) faults.push(`${asset.id}: ${newest.stablePath} is left, but no approval stands`);
};

/**
 * What stands of every asset follows from its verdicts alone, also from those whose acknowledgement the kill cut off: state, path, file.
 * Every mask that was published sent its event once, and nothing else did.
 * @param delivered how often each event_id is in events.jsonl
 */
export const checkAssets = async (app: App, delivered: ReadonlyMap<string, number>, faults: string[]): Promise<AssetCounts> => {
  const { store } = app.services;
  let standing = 0;
  let withdrawn = 0;
  const planned = new Set<string>();
  for (const asset of (await store.assets.list({ limit: 1000 })).assets) {
    const review = replayVerdicts(await store.review.verdictsOf(asset));
    const state = review.state ?? (asset.headRevisionId === null ? 'unsegmented' : 'to_review');
    // A head that was moved is to be reviewed again, whatever the verdicts said of the one before.
    if (asset.state !== state && asset.state !== 'to_review') faults.push(`${asset.id} is ${asset.state}, the verdicts say ${state}`);

    const publications = await store.publications.ofAsset(asset);
    for (const { events } of publications) for (const { eventId } of events) planned.add(eventId);
    const newest = publications.at(-1) ?? null;
    const approval = standingApproval(review);
    if (approval === null) {
      await checkNothingStands(app, asset, newest, faults);
      if (newest !== null) withdrawn++;
    } else {
      await checkStanding(app, asset, await store.revisions.get(approval.revisionId), newest, faults);
      standing++;
    }
  }
  for (const eventId of planned) if (delivered.get(eventId) !== 1) faults.push(`event ${eventId} is in events.jsonl ${delivered.get(eventId) ?? 0} times`);
  for (const eventId of delivered.keys()) if (!planned.has(eventId)) faults.push(`events.jsonl holds ${eventId}, which nothing planned`);
  return { standing, withdrawn };
};
