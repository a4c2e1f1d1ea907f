import type { Logger } from '../base/logger.ts';
import type { AssetFacts, IntakeObserver, MessageFacts } from '../services/intake/intakeObserver.ts';

/** The fields by which a line is found again; absent where the message does not say. */
const fieldsOf = ({ topic, jobId, incomingEventId, eventId }: MessageFacts): object => ({
  topic,
  ...(jobId === null ? {} : { job_id: jobId }),
  ...(eventId === null ? {} : { event_id: eventId }),
  ...(incomingEventId === null ? {} : { incoming_event_id: incomingEventId }),
});
const assetFieldsOf = (facts: AssetFacts): object => ({ ...fieldsOf(facts), asset_id: facts.asset.id, asset_kind: facts.asset.kind });
const rounded = (durationMs: number): number => Math.round(durationMs);

/** A line for everything that concerns one message or asset, with job_id, asset_id and event_id. */
export const createIntakeLog = (logger: Logger): IntakeObserver => ({
  received: (facts, isRedelivered) => logger.debug({ ...fieldsOf(facts), redelivered: isRedelivered }, 'message received'),
  settled: (facts, outcome, durationMs) => logger[outcome === 'ack' || outcome === 'duplicate' ? 'debug' : 'info']({ ...fieldsOf(facts), outcome, duration_ms: rounded(durationMs) }, 'message settled'),
  assetSettled: (facts, outcome, durationMs) => {
    const fields = { ...assetFieldsOf(facts), duration_ms: rounded(durationMs) };
    if (outcome.kind === 'stored') logger.info({ ...fields, how: outcome.how }, 'mask stored');
    else logger.warn({ ...fields, code: outcome.code, reason: outcome.message }, 'asset failed; the rest goes on');
  },
  stage: () => undefined,
  inference: ({ modelId, executionProvider, inferenceMs }) => logger.debug({ model: modelId, provider: executionProvider, inference_ms: rounded(inferenceMs) }, 'model run'),
  retried: (facts, { code, message, attempt, pauseMs }) => logger.warn({ ...fieldsOf(facts), code, reason: message, attempt, pause_ms: rounded(pauseMs) }, 'tried again after a pause'),
  deadLettered: (facts, reason) => logger.error({ ...fieldsOf(facts), reason }, 'message put into the dead-letter queue'),
  warned: (facts, sentence) => logger.warn(fieldsOf(facts), sentence),
  batchSent: ({ jobId, kind, sentTotal, expected, failed, missing, isTimedOut }) =>
    logger[isTimedOut ? 'warn' : 'info']({ job_id: jobId, asset_kind: kind, total: sentTotal, expected, failed, missing, timed_out: isTimedOut }, isTimedOut ? 'batch completed by its time-out' : 'batch complete'),
});
