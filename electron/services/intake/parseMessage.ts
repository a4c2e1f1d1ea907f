import { z } from 'zod';
import { productsImageReady, productsImagesReadyBatch, videosKeyframesReady, videosKeyframesReadyBatch } from '../../../shared/contracts/events/ready.ts';
import { asId, maxIdLength } from '../../../shared/domain/ids.ts';
import { messageKinds, type MessageKind, type PipelineMessage, type UnknownFields } from '../../../shared/domain/intake.ts';
import type { IncomingMessage } from '../../../shared/ports/broker.ts';
import { parseExactJson } from '../../base/exactJson.ts';
import type { IntakeTopics } from './intakeOptions.ts';

export type Parsed =
  | { readonly message: PipelineMessage; /** Of its `_metadata`, to follow a job through all programs. */ readonly correlationId: string; /** Something odd that does no harm. */ readonly warning: string | null }
  /** A sentence for whoever looks into the dead letters. */
  | { readonly fault: string };

/** No database keeps a NUL, and half a character would come back as another one. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** AMQP carries it as a property of at most 255 bytes. */
const mostCorrelationBytes = 255;
const usableText = z.string().min(1).refine(isStorable);
/** Where the contract has no event_id, one that can't be used counts as none; what is in `_metadata` is never a fault. */
const eventIdWhereUsable = z.looseObject({ event_id: usableText });
const correlationIdWhereUsable = z.looseObject({ _metadata: z.looseObject({ correlation_id: usableText.refine((text) => Buffer.byteLength(text) <= mostCorrelationBytes) }) });

/** What is left of an event without the fields that have a meaning. `_metadata` is transient and never business data. */
const without = (event: Readonly<Record<string, unknown>>, names: readonly string[]): UnknownFields =>
  Object.fromEntries(Object.entries(event).filter(([name]) => name !== '_metadata' && name !== 'event_id' && !names.includes(name)));

/** What the photo's own bytes say better; a message whose metadata is odd names a photo all the same. */
const imageReady = productsImageReady.extend({ metadata: z.unknown().optional() });

/** @param exact the event again, its numbers as they were written: what is passed on is taken from there */
type Read = (event: unknown, exact: Readonly<Record<string, unknown>>, incomingEventId: string | null) => PipelineMessage;

const readers = {
  image: (event, exact, incomingEventId) => {
    const { product_id, image_id, local_path, job_id } = imageReady.parse(event);
    return {
      kind: 'image',
      jobId: asId(job_id),
      parentId: product_id,
      incomingEventId,
      assets: [{ id: image_id, localPath: local_path, timestampS: null, unknown: {} }],
      unknown: without(exact, ['product_id', 'image_id', 'local_path', 'job_id', 'metadata']),
    };
  },
  imageBatch: (event, exact) => {
    const { job_id, event_id, total_images } = productsImagesReadyBatch.parse(event);
    return { kind: 'imageBatch', jobId: asId(job_id), incomingEventId: event_id, expected: total_images, unknown: without(exact, ['job_id', 'total_images']) };
  },
  keyframes: (event, exact, incomingEventId) => {
    const { video_id, job_id, frames } = videosKeyframesReady.parse(event);
    const exactFrames = exact['frames'] as readonly Readonly<Record<string, unknown>>[];
    const assets = frames.map(({ frame_id, ts, local_path }, index) => ({
      id: frame_id,
      localPath: local_path,
      timestampS: ts,
      unknown: without(exactFrames[index] ?? {}, ['frame_id', 'ts', 'local_path']),
    }));
    // A frame that is named twice is one frame.
    const distinct = [...new Map(assets.map((asset) => [asset.id, asset])).values()];
    return { kind: 'keyframes', jobId: asId(job_id), parentId: video_id, incomingEventId, assets: distinct, unknown: without(exact, ['video_id', 'job_id', 'frames']) };
  },
  keyframeBatch: (event, exact) => {
    const { job_id, event_id, total_keyframes } = videosKeyframesReadyBatch.parse(event);
    return { kind: 'keyframeBatch', jobId: asId(job_id), incomingEventId: event_id, expected: total_keyframes, unknown: without(exact, ['job_id', 'total_keyframes']) };
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

const warningOf = (event: unknown): string | null => {
  const read = productsImageReady.safeParse(event);
  return read.success ? null : `The metadata of the message is not as agreed, which does no harm: ${z.prettifyError(read.error).replaceAll(/\s*\n\s*/g, ' ')}`;
};

/** Reads a message strictly by contracts.md B; fields that it does not name are kept. */
export const parseMessage = (topics: IntakeTopics, { topic, body }: Pick<IncomingMessage, 'topic' | 'body'>): Parsed => {
  const kind = kindOfTopic(topics, topic);
  if (kind === null) return { fault: `Nobody here knows the topic ${topic}.` };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const event: unknown = JSON.parse(text);
    const message = readers[kind](event, parseExactJson(text) as Readonly<Record<string, unknown>>, eventIdWhereUsable.safeParse(event).data?.event_id ?? null);
    const fault = faultOf(message);
    if (fault !== null) return { fault: `The message on ${topic} is invalid: ${fault}.` };
    return { message, correlationId: correlationIdWhereUsable.safeParse(event).data?._metadata.correlation_id ?? message.jobId, warning: kind === 'image' ? warningOf(event) : null };
  } catch (error) {
    if (error instanceof z.ZodError) return { fault: `The message on ${topic} is invalid: ${z.prettifyError(error).replaceAll(/\s*\n\s*/g, ' ')}` };
    if (error instanceof SyntaxError || error instanceof TypeError) return { fault: `The message on ${topic} is not JSON in UTF-8: ${error.message}` };
    if (error instanceof RangeError) return { fault: `The message on ${topic} is nested too deep to be read.` };
    throw error;
  }
};
