import { sql } from 'kysely';
import type { AssetKind, AssetRef } from '../../../shared/domain/asset.ts';
import { asId } from '../../../shared/domain/ids.ts';
import { assetKindOf } from '../../../shared/domain/intake.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { Accepted, InboxAsset, InboxMessage, NewMessage } from '../../../shared/ports/store/intakeStore.ts';
import type { Queries } from './connection.ts';
import { addToBatch, completeBatch, inParts, lockBatch, progressOf, readBatch, type BatchRow, type Moment } from './intakeBatches.ts';
import { unknownOf } from './intakeEvents.ts';
import { inboxAssets, settleMessage, type InboxAssetRow, type InboxRow } from './intakeSettle.ts';

export const acceptMessage = async (queries: Queries, incoming: NewMessage, now: Moment): Promise<Accepted> => {
  const { message } = incoming;
  const isBatch = 'expected' in message;
  const inserted = await queries
    .insertInto('maskdesk_inbox')
    .values({
      message_id: incoming.messageId,
      dedup_key: incoming.dedupKey,
      kind: message.kind,
      job_id: message.jobId,
      parent_id: isBatch ? null : message.parentId,
      incoming_event_id: message.incomingEventId,
      event_id: isBatch ? null : incoming.eventId,
      correlation_id: incoming.correlationId,
      unknown_fields: JSON.stringify(message.unknown),
      // A batch message is done with in this transaction.
      state: isBatch ? 'settled' : 'waiting',
      accepted_at_ms: now,
      touched_at_ms: now,
      settled_at_ms: isBatch ? now : null,
    })
    .onConflict((conflict) => conflict.column('dedup_key').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted === undefined) return acceptAgain(queries, incoming, now);
  const kind = assetKindOf[message.kind];
  if (!isBatch && message.assets.length > 0) await adoptRows(queries, message.assets.map(({ id }) => ({ kind, id: asId(id) })), now);
  const batch = await ensureBatch(queries, incoming, now);
  if (isBatch) {
    const { batch: after } = await completeBatch(queries, batch, inserted.message_id, now);
    return { message: inboxMessage(inserted, []), isNew: true, batch: progressOf(after, null) };
  }
  for (const part of inParts([...message.assets.entries()])) {
    const rows = part.map(([position, asset]) => ({
      message_id: inserted.message_id,
      position,
      asset_kind: kind,
      asset_id: asset.id,
      local_path: asset.localPath,
      timestamp_s: asset.timestampS,
      unknown_fields: JSON.stringify(asset.unknown),
      state: 'waiting' as const,
    }));
    await queries.insertInto('maskdesk_inbox_assets').values(rows).execute();
  }
  await addToBatch(queries, batch, message.assets.map(({ id }) => id));
  // A video without keyframes: nothing to do, and nothing to tell.
  if (message.assets.length === 0) await settleMessage(queries, inserted, now);
  const after = present(await readBatch(queries, message.jobId, kind), 'the batch');
  return { message: present(await readMessage(queries, inserted.message_id), 'the message'), isNew: true, batch: progressOf(after, null) };
};

/** It was there: handed out again, sent again, or taken out of the dead letters. */
const acceptAgain = async (queries: Queries, { message, dedupKey }: NewMessage, now: Moment): Promise<Accepted> => {
  const row = await queries.selectFrom('maskdesk_inbox').selectAll().where('dedup_key', '=', dedupKey).executeTakeFirstOrThrow();
  if (row.state === 'dead') {
    await queries.updateTable('maskdesk_inbox').set({ state: 'waiting', touched_at_ms: now }).where('message_id', '=', row.message_id).where('state', '=', 'dead').execute();
  }
  const batch = present(await readBatch(queries, message.jobId, assetKindOf[message.kind]), 'the batch');
  return { message: present(await readMessage(queries, row.message_id), 'the message'), isNew: false, batch: progressOf(batch, null) };
};

/** The job's batch, made by whichever of its messages comes first; this transaction has it to itself afterwards. */
const ensureBatch = async (queries: Queries, { message, batchEventId }: NewMessage, now: Moment): Promise<BatchRow> => {
  const kind = assetKindOf[message.kind];
  const told = 'expected' in message ? { expected: message.expected, unknown_fields: JSON.stringify(message.unknown) } : null;
  await queries
    .insertInto('maskdesk_batches')
    .values({ job_id: message.jobId, kind, event_id: batchEventId, unknown_fields: '{}', ...told, first_seen_at_ms: now, last_activity_at_ms: now })
    .onConflict((conflict) => conflict.columns(['job_id', 'kind']).doNothing())
    .execute();
  const batch = await lockBatch(queries, message.jobId, kind, now);
  if (told === null || batch.sent_at_ms !== null || (batch.expected ?? -1) >= told.expected) return batch;
  return queries.updateTable('maskdesk_batches').set(told).where('job_id', '=', message.jobId).where('kind', '=', kind).returningAll().executeTakeFirstOrThrow();
};

const pipelineRows = async (queries: Queries, kind: AssetKind, ids: readonly string[]): Promise<readonly { readonly id: string; readonly parentId: string | null }[]> => {
  if (kind === 'product_image') {
    const rows = await queries.selectFrom('product_images').select(['img_id', 'product_id']).where('img_id', 'in', queries.dialect.texts(ids)).execute();
    return rows.map((row) => ({ id: row.img_id, parentId: row.product_id }));
  }
  const rows = await queries.selectFrom('video_frames').select(['frame_id', 'video_id']).where('frame_id', 'in', queries.dialect.texts(ids)).execute();
  return rows.map((row) => ({ id: row.frame_id, parentId: row.video_id }));
};

/** @param assets of one kind. @returns those that the pipeline has no row for */
export const missingRows = async (queries: Queries, assets: readonly AssetRef[]): Promise<readonly AssetRef[]> => {
  const missing: AssetRef[] = [];
  for (const part of inParts(assets)) {
    const rows = await pipelineRows(queries, present(part[0], 'an asset').kind, part.map(({ id }) => id));
    const there = new Set(rows.map(({ id }) => id));
    missing.push(...part.filter(({ id }) => !there.has(id)));
  }
  return missing;
};

/** @param assets of one kind. @returns those that the pipeline has no row for */
export const adoptRows = async (queries: Queries, assets: readonly AssetRef[], now: Moment): Promise<readonly AssetRef[]> => {
  const missing: AssetRef[] = [];
  for (const part of inParts(assets)) {
    const kind = present(part[0], 'an asset').kind;
    const rows = await pipelineRows(queries, kind, part.map(({ id }) => id));
    const there = new Set(rows.map(({ id }) => id));
    missing.push(...part.filter(({ id }) => !there.has(id)));
    if (rows.length === 0) continue;
    const known = await queries.selectFrom('maskdesk_assets').select('id').where('kind', '=', kind).where('id', 'in', queries.dialect.texts([...there])).execute();
    const ours = new Set(known.map(({ id }) => id));
    const added = rows.filter(({ id }) => !ours.has(id));
    if (added.length === 0) continue;
    await queries
      .insertInto('maskdesk_assets')
      .values(added.map(({ id, parentId }) => ({ kind, id, parent_id: parentId ?? '', state: 'unsegmented' as const, updated_at_ms: now })))
      .onConflict((conflict) => conflict.columns(['kind', 'id']).doNothing())
      .execute();
  }
  return missing;
};

const messageAsset = (row: InboxAssetRow): InboxAsset => ({
  id: row.asset_id,
  asset: { kind: row.asset_kind, id: asId(row.asset_id) },
  localPath: row.local_path,
  timestampS: row.timestamp_s,
  unknown: unknownOf(row.unknown_fields),
  state: row.state,
  wantsProposal: row.wants_proposal === 1,
  sourceSha256: row.source_sha256,
  errorCode: row.error_code,
});

const inboxMessage = (row: InboxRow, assets: readonly InboxAssetRow[]): InboxMessage => ({
  messageId: row.message_id,
  kind: row.kind,
  jobId: asId(row.job_id),
  incomingEventId: row.incoming_event_id,
  eventId: row.event_id === null ? null : asId(row.event_id),
  state: row.state,
  acceptedAtMs: row.accepted_at_ms,
  assets: assets.map(messageAsset),
});

export const readMessage = async (queries: Queries, messageId: string): Promise<InboxMessage | null> => {
  const row = await queries.selectFrom('maskdesk_inbox').selectAll().where('message_id', '=', messageId).executeTakeFirst();
  return row === undefined ? null : inboxMessage(row, await inboxAssets(queries, messageId));
};

export const leftOver = async (queries: Queries, before: Moment, limit: number): Promise<readonly InboxMessage[]> => {
  const rows = await queries
    .selectFrom('maskdesk_inbox')
    .selectAll()
    .where('state', '=', sql.lit('waiting' as const))
    .where('touched_at_ms', '<=', before)
    .orderBy('touched_at_ms')
    .limit(limit)
    .execute();
  const messages: InboxMessage[] = [];
  for (const row of rows) messages.push(inboxMessage(row, await inboxAssets(queries, row.message_id)));
  return messages;
};
