import { sql } from 'kysely';
import type { IntakeStore } from '../../../shared/ports/store/intakeStore.ts';
import type { Connection } from './connection.ts';
import { acceptMessage, adoptRows, leftOver, missingRows, readMessage } from './intakeAccept.ts';
import { completeOverdue, listBatches, progressOf, readBatch } from './intakeBatches.ts';
import { decide, decideFailed } from './intakeDecide.ts';
import { pruneMessages } from './intakePrune.ts';

export const createIntakeStore = (connection: Connection): IntakeStore => {
  const now = () => connection.nowMs();
  return {
    accept: (message) => connection.write((queries) => acceptMessage(queries, message, now())),
    adopt: async (assets) => {
      // Asked again and again while rows are waited for: as long as there are none, nothing is written.
      const missing = await connection.read((queries) => missingRows(queries, assets));
      return missing.length === assets.length ? missing : connection.write((queries) => adoptRows(queries, assets, now()));
    },
    message: (messageId) => connection.read((queries) => readMessage(queries, messageId)),
    decide: (messageId, asset, offer) => connection.write((queries) => decide(queries, messageId, asset, offer, now())),
    settleFailed: (messageId, asset, failure, { sourceSha256 = null, outranked = true } = {}) =>
      connection.write((queries) => decideFailed(queries, messageId, asset, { failure, sourceSha256, outranked }, now())),
    endProposal: (messageId, asset) =>
      connection.write(async (queries) => {
        await queries.updateTable('maskdesk_inbox_assets').set({ wants_proposal: 0 }).where('message_id', '=', messageId).where('asset_id', '=', asset.id).execute();
      }),
    giveUp: (messageId, reason) =>
      connection.write(async (queries) => {
        await queries
          .updateTable('maskdesk_inbox')
          .set({ state: 'dead', dead_reason: reason, touched_at_ms: now() })
          .where('message_id', '=', messageId)
          .where('state', '=', 'waiting')
          .execute();
      }),
    touch: (messageIds) =>
      connection.write(async (queries) => {
        // What somebody settles at this moment need not be touched, and waiting for it would be waiting in a circle.
        const { rows } = await sql<{ message_id: string }>`select message.message_id from maskdesk_inbox message
          where message.message_id in ${queries.dialect.texts(messageIds)} and message.state = 'waiting' order by message.message_id ${queries.dialect.rowLockSkipping('message')}`.execute(queries);
        const free = rows.map(({ message_id }) => message_id);
        if (free.length > 0) await queries.updateTable('maskdesk_inbox').set({ touched_at_ms: now() }).where('message_id', 'in', queries.dialect.texts(free)).execute();
      }),
    leftOver: (untouchedForMs, limit) => connection.read((queries) => leftOver(queries, sql<number>`${now()} - ${sql.lit(Math.round(untouchedForMs))}`, limit)),
    batch: (jobId, kind) =>
      connection.read(async (queries) => {
        const row = await readBatch(queries, jobId, kind);
        return row === null ? null : progressOf(row, null);
      }),
    batches: (timeoutMs, sentLimit) => connection.read(async (queries) => (await listBatches(queries, sentLimit)).map((row) => progressOf(row, timeoutMs))),
    prune: (untouchedForMs, limit) => connection.write((queries) => pruneMessages(queries, sql<number>`${now()} - ${sql.lit(Math.round(untouchedForMs))}`, limit)),
    completeOverdue: (timeoutMs) => completeOverdue(connection, timeoutMs),
  };
};
