import type { RawBuilder, Selectable } from 'kysely';
import { z } from 'zod';
import { asId } from '../../../shared/domain/ids.ts';
import type { OutgoingEvent } from '../../../shared/ports/broker.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { OutboxEntry, OutboxStore } from '../../../shared/ports/store/outboxStore.ts';
import { parseExactJson } from '../../base/exactJson.ts';
import type { Connection, Queries } from './connection.ts';
import type { Schema } from './schema.ts';

const defaultListLimit = 1_000;

export const createOutboxStore = (connection: Connection, clock: Clock): OutboxStore => ({
  deliverNext: async (send, exceptFamilies = new Set()) => {
    const next = (queries: Queries) => oldestUnsent(queries, exceptFamilies);
    if ((await connection.read(next)) === null) return false;
    return connection.write(async (queries) => {
      // One sender at a time, so that events go out in their order.
      await queries.dialect.takeTurns(queries, ['outbox']);
      const entry = await next(queries);
      if (entry === null) return false;
      await send({ eventId: entry.eventId, topic: entry.topic, payload: entry.payload, correlationId: entry.correlationId });
      await queries.updateTable('maskdesk_outbox').set({ sent_at_ms: clock.nowMs() }).where('sequence', '=', entry.sequence).execute();
      return true;
    });
  },
  unsentCount: () =>
    connection.read(async (queries) => {
      const { total } = await queries
        .selectFrom('maskdesk_outbox')
        .select((expression) => expression.fn.countAll<number>().as('total'))
        .where('sent_at_ms', 'is', null)
        .executeTakeFirstOrThrow();
      return total;
    }),
  list: ({ afterSequence = 0, limit = defaultListLimit } = {}) =>
    connection.read(async (queries) => {
      const rows = await queries
        .selectFrom('maskdesk_outbox')
        .selectAll()
        .where('sequence', '>', afterSequence)
        .orderBy('sequence')
        .limit(limit)
        .execute();
      return rows.map(entryOf);
    }),
});

const oldestUnsent = async (queries: Queries, exceptFamilies: ReadonlySet<string>): Promise<OutboxEntry | null> => {
  let query = queries.selectFrom('maskdesk_outbox').selectAll().where('sent_at_ms', 'is', null).orderBy('sequence').limit(1);
  for (const family of exceptFamilies) query = query.where('topic', '!=', family).where('topic', 'not like', `${family}.%`);
  const row = await query.executeTakeFirst();
  return row === undefined ? null : entryOf(row);
};

/** Part of the transaction that publishes. An event id that is there already is a bug of ours and fails it. */
export const insertEvents = async (queries: Queries, events: readonly OutgoingEvent[], nowMs: number | RawBuilder<number>): Promise<void> => {
  for (const event of events) {
    await queries
      .insertInto('maskdesk_outbox')
      .values({
        event_id: event.eventId,
        topic: event.topic,
        payload: JSON.stringify(event.payload),
        correlation_id: event.correlationId,
        created_at_ms: nowMs,
      })
      .execute();
  }
};

const payloadSchema = z.record(z.string(), z.unknown());

const entryOf = (row: Selectable<Schema['maskdesk_outbox']>): OutboxEntry => ({
  sequence: row.sequence,
  eventId: asId(row.event_id),
  topic: row.topic,
  payload: payloadSchema.parse(parseExactJson(row.payload)),
  correlationId: row.correlation_id,
  createdAtMs: row.created_at_ms,
  sentAtMs: row.sent_at_ms,
});
