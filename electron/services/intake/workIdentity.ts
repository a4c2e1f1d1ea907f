import type { PipelineMessage } from '../../../shared/domain/intake.ts';
import { sha256Hex } from '../../base/hash.ts';

const digestOf = (value: unknown): string => sha256Hex(JSON.stringify(value));

/**
 * What makes two messages one: contracts.md B says event_id, else job and asset. Both together, so that a publisher that gives one event_id to several
 * pictures loses none of them. The order of keyframes is no difference, nor is the spelling of the topic.
 */
export const dedupKeyOf = (message: PipelineMessage): string => {
  const { kind, jobId, incomingEventId } = message;
  if ('expected' in message) return digestOf([kind, jobId, incomingEventId]);
  return digestOf([kind, jobId, incomingEventId, kind === 'image' ? null : message.parentId, message.assets.map(({ id }) => id).sort()]);
};
