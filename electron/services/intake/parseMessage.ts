import { z } from 'zod';
import { productsImageReady, productsImagesReadyBatch, videosKeyframesReady, videosKeyframesReadyBatch } from '../../../shared/contracts/events/ready.ts';
import { asId, maxIdLength } from '../../../shared/domain/ids.ts';
import { messageKinds, type MessageKind, type PipelineMessage, type UnknownFields } from '../../../shared/domain/intake.ts';
import type { IncomingMessage } from '../../../shared/ports/broker.ts';
import type { IntakeTopics } from './intakeOptions.ts';

export type Parsed =
  | { readonly message: PipelineMessage; /** Of its `_metadata`, to follow a job through all programs. */ readonly correlationId: string }
  /** A sentence for whoever looks into the dead letters. */
  | { readonly fault: string };

/** No database keeps a NUL, and half a character would come back as another one. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

const anyEvent = z.looseObject({ event_id: z.string().min(1).optional(), _metadata: z.looseObject({ correlation_id: z.string().optional() }).optional() });

/** What is left of an event without the fields that have a meaning. `_metadata` is transient and never business data. */
const without = (event: Readonly<Record<string, unknown>>, names: readonly string[]): UnknownFields =>
  Object.fromEntries(Object.entries(event).filter(([name]) => name !== '_metadata' && name !== 'event_id' && !names.includes(name)));

type Read = (event: unknown, incomingEventId: string | null) => PipelineMessage;

const readers = {
  image: (event, incomingEventId) => {
    const { product_id, image_id, local_path, job_id, ...rest } = productsImageReady.parse(event);
    return {
      kind: 'image',
      jobId: asId(job_id),
      parentId: product_id,
      incomingEventId,
      assets: [{ id: image_id, localPath: local_path, timestampS: null, unknown: {} }],
      unknown: without(rest, ['metadata']),
    };
  },
  imageBatch: (event) => {
    const { job_id, event_id, total_images, ...rest } = productsImagesReadyBatch.parse(event);
    return { kind: 'imageBatch', jobId: asId(job_id), incomingEventId: event_id, expected: total_images, unknown: without(rest, []) };
  },
  keyframes: (event, incomingEventId) => {
    const { video_id, job_id, frames, ...rest } = videosKeyframesReady.parse(event);
    const assets = frames.map(({ frame_id, ts, local_path, ...more }) => ({ id: frame_id, localPath: local_path, timestampS: ts, unknown: without(more, []) }));
    // A frame that is named twice is one frame.
    const distinct = [...new Map(assets.map((asset) => [asset.id, asset])).values()];
    return { kind: 'keyframes', jobId: asId(job_id), parentId: video_id, incomingEventId, assets: distinct, unknown: without(rest, []) };
  },
  keyframeBatch: (event) => {
    const { job_id, event_id, total_keyframes, ...rest } = videosKeyframesReadyBatch.parse(event);
    return { kind: 'keyframeBatch', jobId: asId(job_id), incomingEventId: event_id, expected: total_keyframes, unknown: without(rest, []) };
  },
} satisfies Record<MessageKind, Read>;

export const kindOfTopic = (topics: IntakeTopics, topic: string): MessageKind | null => messageKinds.find((kind) => topics[kind].includes(topic)) ?? null;

const textsOf = (message: PipelineMessage): readonly string[] =>
  'expected' in message
    ? [message.jobId, message.incomingEventId]
    : [message.jobId, message.parentId, message.incomingEventId ?? '', ...message.assets.flatMap(({ id, localPath }) => [id, localPath])];

/** A job with more pictures is a mistake of its sender; databases keep numbers up to here. */
const mostExpected = 2 ** 31 - 1;

const faultOf = (message: PipelineMessage): string | null => {
  if ('expected' in message && message.expected > mostExpected) return `a total of ${message.expected} can't be`;
  if (!textsOf(message).every(isStorable)) return 'it has an id or a path with characters that no database keeps';
  const ids = 'expected' in message ? [message.jobId] : [message.jobId, message.parentId, ...message.assets.map(({ id }) => id)];
  return ids.some((id) => id.length > maxIdLength) ? `it has an id with more than ${maxIdLength} characters` : null;
};

/** Reads a message strictly by contracts.md B; fields that it does not name are kept. */
export const parseMessage = (topics: IntakeTopics, { topic, body }: Pick<IncomingMessage, 'topic' | 'body'>): Parsed => {
  const kind = kindOfTopic(topics, topic);
  if (kind === null) return { fault: `Nobody here knows the topic ${topic}.` };
  try {
    const event: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    const { event_id = null, _metadata: metadata } = anyEvent.parse(event);
    const message = readers[kind](event, event_id);
    const fault = faultOf(message);
    if (fault !== null) return { fault: `The message on ${topic} is invalid: ${fault}.` };
    return { message, correlationId: metadata?.correlation_id ?? message.jobId };
  } catch (error) {
    if (error instanceof z.ZodError) return { fault: `The message on ${topic} is invalid: ${z.prettifyError(error).replaceAll(/\s*\n\s*/g, ' ')}` };
    if (error instanceof SyntaxError || error instanceof TypeError) return { fault: `The message on ${topic} is not JSON in UTF-8: ${error.message}` };
    throw error;
  }
};
