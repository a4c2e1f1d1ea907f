import type { Selectable } from 'kysely';
import { outgoingSchemas, outgoingTopics, type OutgoingTopic } from '../../../shared/contracts/events/index.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { UnknownFields } from '../../../shared/domain/intake.ts';
import { BugError, present } from '../../../shared/errors/errors.ts';
import type { OutgoingEvent } from '../../../shared/ports/broker.ts';
import { parseExactJson } from '../../base/exactJson.ts';
import type { Schema } from './schema.ts';

type InboxRow = Selectable<Schema['maskdesk_inbox']>;
type InboxAssetRow = Selectable<Schema['maskdesk_inbox_assets']>;
type BatchRow = Selectable<Schema['maskdesk_batches']>;

/** Fields that only incoming events have: an answer that carried them would say something that is not so any more. */
const incomingOnly = new Set(['event_id', 'local_path', '_metadata']);

export const unknownOf = (json: string): UnknownFields => {
  const fields = parseExactJson(json) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !incomingOnly.has(name)));
};

/** Unknown fields go on to the answer (contracts.md B), under ours where the names are the same. */
const eventOf = (topic: OutgoingTopic, eventId: string, correlationId: string, unknown: string, fields: Record<string, unknown>): OutgoingEvent => {
  const payload = { ...unknownOf(unknown), event_id: eventId, ...fields };
  const checked = outgoingSchemas[topic].safeParse(payload);
  if (!checked.success) throw new BugError(`The event ${eventId} does not fit ${topic}: ${checked.error.message}`);
  return { eventId: asId(eventId), topic, correlationId, payload };
};

/** The answer to a message, with those of its assets that were stored; null where none was. @param stored in the message's order */
export const maskedEventOf = (message: InboxRow, stored: readonly InboxAssetRow[]): OutgoingEvent | null => {
  const [first] = stored;
  if (first === undefined) return null;
  const eventId = present(message.event_id, `Event id of the message ${message.message_id}`);
  const { job_id, correlation_id, unknown_fields } = message;
  if (message.kind === 'image') {
    return eventOf(outgoingTopics.productsImageMasked, eventId, correlation_id, unknown_fields, { job_id, image_id: first.asset_id, mask_path: first.mask_path });
  }
  const frames = stored.map((frame) => ({ ...unknownOf(frame.unknown_fields), frame_id: frame.asset_id, ts: frame.timestamp_s, mask_path: frame.mask_path }));
  return eventOf(outgoingTopics.videoKeyframesMasked, eventId, correlation_id, unknown_fields, { job_id, video_id: message.parent_id, frames });
};

export const batchEventOf = (batch: BatchRow, total: number): OutgoingEvent => {
  const { event_id, job_id, unknown_fields } = batch;
  return batch.kind === 'product_image'
    ? eventOf(outgoingTopics.productsImagesMaskedBatch, event_id, job_id, unknown_fields, { job_id, total_images: total })
    : eventOf(outgoingTopics.videoKeyframesMaskedBatch, event_id, job_id, unknown_fields, { job_id, total_keyframes: total });
};
