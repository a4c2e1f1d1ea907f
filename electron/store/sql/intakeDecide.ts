import type { AssetRef } from '../../../shared/domain/asset.ts';
import { replayVerdicts } from '../../../shared/domain/reviewState.ts';
import type { Decision, FailedAsset, OfferedMask } from '../../../shared/ports/store/intakeStore.ts';
import { lockAsset, lockAssetIfThere } from './assetState.ts';
import type { Queries } from './connection.ts';
import type { Moment } from './intakeBatches.ts';
import { inboxAsset, settleAsset, type InboxAssetRow } from './intakeSettle.ts';
import { readMaskedPath, writeMaskedPath } from './maskedPath.ts';
import { latestLivePublication } from './publicationRead.ts';
import { verdictsOf } from './verdictRead.ts';

const settledBefore = (row: InboxAssetRow | null): Decision => ({ kind: 'settled', state: row?.state === 'stored' ? 'stored' : 'failed', by: null });

/**
 * What becomes of a waiting asset. An approval counts as stored and its path is what is told; while a rejection stands no mask of a model is
 * public; both want the recipe's mask only as a proposal. Else the mask offered is published, unless it stands there already.
 */
export const decide = async (queries: Queries, messageId: string, asset: AssetRef, offer: OfferedMask | null, now: Moment): Promise<Decision> => {
  // First, since it is the lock: verdicts, other messages and publishing of this asset wait.
  await lockAsset(queries, asset);
  const row = await inboxAsset(queries, messageId, asset);
  if (row === null || row.state !== 'waiting') return settledBefore(row);
  const live = await latestLivePublication(queries, asset);
  const review = replayVerdicts(await verdictsOf(queries, asset));
  const proposal = { wants_proposal: 1, source_sha256: offer?.sourceSha256 ?? null };
  if (review.state === 'approved') return decideApproved(queries, row, { asset, live, proposal }, now);
  if (review.state === 'rejected') {
    await settleAsset(queries, row, { ...proposal, state: 'failed', error_code: 'rejected', reason: 'A reviewer has rejected its mask; a new one waits for them to look at.' }, now);
    return { kind: 'settled', state: 'failed', by: 'rejected' };
  }
  if (offer === null) return { kind: 'segment' };
  if (live !== null && live.revisionId === offer.revisionId) {
    if (live.state === 'pending') {
      await attach(queries, row, live.publicationId, offer);
      return { kind: 'publish' };
    }
    if ((await readMaskedPath(queries, asset)) === live.stablePath) {
      await settleAsset(queries, row, { state: 'stored', mask_path: live.stablePath, source_sha256: offer.sourceSha256 }, now);
      return { kind: 'settled', state: 'stored', by: 'known' };
    }
  }
  await queries
    .insertInto('maskdesk_publications')
    .values({
      publication_id: offer.publicationId,
      asset_kind: asset.kind,
      asset_id: asset.id,
      revision_id: offer.revisionId,
      mask_sha256: offer.maskSha256,
      stable_path: offer.stablePath,
      rank: 'model',
      // What is told of it is the answer to the message (intakeSettle.ts), not an event of the publication's own.
      events: '[]',
      state: 'pending',
      attempts: 0,
      created_at_ms: now,
    })
    .execute();
  await attach(queries, row, offer.publicationId, offer);
  return { kind: 'publish' };
};

/** The approved mask is what is told, once it is at its place. @param proposal whether the recipe's own mask is still wanted, and of which photo */
const decideApproved = async (
  queries: Queries,
  row: InboxAssetRow,
  { asset, live, proposal }: { asset: AssetRef; live: Awaited<ReturnType<typeof latestLivePublication>>; proposal: Pick<InboxAssetRow, 'wants_proposal' | 'source_sha256'> },
  now: Moment,
): Promise<Decision> => {
  if (live?.state === 'pending') return { kind: 'publish' };
  if (live === null || live.revisionId === null) {
    await settleAsset(queries, row, { ...proposal, state: 'failed', error_code: 'blob_missing', reason: 'The approved mask could not be published: its file is lost.' }, now);
    return { kind: 'settled', state: 'failed', by: 'approved' };
  }
  if ((await readMaskedPath(queries, asset)) !== live.stablePath) await writeMaskedPath(queries, asset, live.stablePath);
  await settleAsset(queries, row, { ...proposal, state: 'stored', mask_path: live.stablePath }, now);
  return { kind: 'settled', state: 'stored', by: 'approved' };
};

/**
 * What becomes of a waiting asset whose recipe failed: failed, unless a reviewer has approved a mask meanwhile, which outranks whatever the recipe
 * came to. The asset may have no row at all.
 */
export const decideFailed = async (queries: Queries, messageId: string, asset: AssetRef, { failure, sourceSha256, outranked }: FailedAsset, now: Moment): Promise<Decision> => {
  const isThere = (await lockAssetIfThere(queries, asset)) !== null;
  const row = await inboxAsset(queries, messageId, asset);
  if (row === null || row.state !== 'waiting') return settledBefore(row);
  if (outranked && isThere && replayVerdicts(await verdictsOf(queries, asset)).state === 'approved') {
    return decideApproved(queries, row, { asset, live: await latestLivePublication(queries, asset), proposal: { wants_proposal: 0, source_sha256: sourceSha256 } }, now);
  }
  await settleAsset(queries, row, { state: 'failed', error_code: failure.code, reason: failure.message, source_sha256: sourceSha256 }, now);
  return { kind: 'settled', state: 'failed', by: null };
};

const attach = async (queries: Queries, { message_id, position }: InboxAssetRow, publicationId: string, { sourceSha256 }: OfferedMask): Promise<void> => {
  await queries
    .updateTable('maskdesk_inbox_assets')
    .set({ publication_id: publicationId, source_sha256: sourceSha256 })
    .where('message_id', '=', message_id)
    .where('position', '=', position)
    .execute();
};
