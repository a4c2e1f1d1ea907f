import type { Selectable, Updateable } from 'kysely';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { assetKindOf } from '../../../shared/domain/intake.ts';
import type { Publication } from '../../../shared/domain/publication.ts';
import type { Queries } from './connection.ts';
import { completeBatch, countSettled, lockBatch, type Moment } from './intakeBatches.ts';
import { maskedEventOf } from './intakeEvents.ts';
import { insertEvents } from './outboxStore.ts';
import type { Schema } from './schema.ts';

export type InboxRow = Selectable<Schema['maskdesk_inbox']>;
export type InboxAssetRow = Selectable<Schema['maskdesk_inbox_assets']>;

export const inboxAsset = async (queries: Queries, messageId: string, asset: AssetRef): Promise<InboxAssetRow | null> =>
  (await queries.selectFrom('maskdesk_inbox_assets').selectAll().where('message_id', '=', messageId).where('asset_id', '=', asset.id).executeTakeFirst()) ?? null;

export const inboxAssets = (queries: Queries, messageId: string): Promise<InboxAssetRow[]> =>
  queries.selectFrom('maskdesk_inbox_assets').selectAll().where('message_id', '=', messageId).orderBy('position').execute();

/** Settles one asset of one message, and whatever is complete with it. */
export const settleAsset = async (queries: Queries, { message_id, position }: InboxAssetRow, change: Updateable<Schema['maskdesk_inbox_assets']>, now: Moment): Promise<void> => {
  const { numUpdatedRows } = await queries
    .updateTable('maskdesk_inbox_assets')
    .set({ ...change, settled_at_ms: now })
    .where('message_id', '=', message_id)
    .where('position', '=', position)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return;
  const answered = await completeMessage(queries, message_id, now);
  if (answered !== null) await countAnswered(queries, [answered], now);
};

/** Part of the transaction that publishes: what waited for this very mask to be at its place is stored. */
export const settlePublished = async (queries: Queries, { publicationId, stablePath }: Publication, now: Moment): Promise<void> => {
  const settled = await queries
    .updateTable('maskdesk_inbox_assets')
    .set({ state: 'stored', mask_path: stablePath, settled_at_ms: now })
    .where('publication_id', '=', publicationId)
    .where('state', '=', 'waiting')
    .returning('message_id')
    .execute();
  // Messages in one order and after them batches in one order: two that publish for the same jobs never wait for each other in a circle.
  const answered: Answered[] = [];
  for (const messageId of [...new Set(settled.map(({ message_id }) => message_id))].sort()) {
    const complete = await completeMessage(queries, messageId, now);
    if (complete !== null) answered.push(complete);
  }
  await countAnswered(queries, answered, now);
};

/** A message whose assets are all settled, for its batch to count. */
interface Answered {
  readonly message: InboxRow;
  readonly storedIds: readonly string[];
  readonly failedIds: readonly string[];
}

/** @returns null while assets of it are waiting */
const completeMessage = async (queries: Queries, messageId: string, now: Moment): Promise<Answered | null> => {
  // Two that settle the last two assets at once must not both find the other's waiting: the message's row is theirs one after the other.
  const message = await queries.updateTable('maskdesk_inbox').set({ touched_at_ms: now }).where('message_id', '=', messageId).returningAll().executeTakeFirstOrThrow();
  if (message.state === 'settled') return null;
  const waiting = await queries
    .selectFrom('maskdesk_inbox_assets')
    .select('position')
    .where('message_id', '=', messageId)
    .where('state', '=', 'waiting')
    .limit(1)
    .executeTakeFirst();
  return waiting === undefined ? answerMessage(queries, message, now) : null;
};

const answerMessage = async (queries: Queries, message: InboxRow, now: Moment): Promise<Answered> => {
  await queries
    .updateTable('maskdesk_inbox')
    .set({ state: 'settled', dead_reason: null, settled_at_ms: now })
    .where('message_id', '=', message.message_id)
    .execute();
  const assets = await inboxAssets(queries, message.message_id);
  const stored = assets.filter(({ state }) => state === 'stored');
  const event = maskedEventOf(message, stored);
  if (event !== null) await insertEvents(queries, [event], now);
  const failed = assets.filter(({ state }) => state === 'failed');
  const idsOf = (rows: readonly InboxAssetRow[]): readonly string[] => rows.map((row) => row.asset_id);
  return { message, storedIds: idsOf(stored), failedIds: idsOf(failed) };
};

const batchKeyOf = ({ message }: Answered): string => JSON.stringify([message.job_id, message.kind]);

const countAnswered = async (queries: Queries, answered: readonly Answered[], now: Moment): Promise<void> => {
  const inOrder = [...answered].sort((one, other) => (batchKeyOf(one) < batchKeyOf(other) ? -1 : 1));
  for (const { message, storedIds, failedIds } of inOrder) {
    const batch = await lockBatch(queries, message.job_id, assetKindOf[message.kind], now);
    await completeBatch(queries, await countSettled(queries, batch, storedIds, failedIds), message.message_id, now);
  }
};

/** All of a message's assets are settled: its answer is enqueued, then its batch counts them. */
export const settleMessage = async (queries: Queries, message: InboxRow, now: Moment): Promise<void> =>
  countAnswered(queries, [await answerMessage(queries, message, now)], now);
