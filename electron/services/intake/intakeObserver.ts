import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { BatchProgress, MessageKind } from '../../../shared/domain/intake.ts';
import type { ModelRun } from '../../../shared/domain/revision.ts';
import type { Settlement } from '../../../shared/ports/broker.ts';

/** What logs and metrics say of a message; nulls where its bytes could not be read. */
export interface MessageFacts {
  readonly topic: string;
  readonly kind: MessageKind | null;
  readonly jobId: string | null;
  /** Of the incoming event; null where it has none. */
  readonly incomingEventId: string | null;
  /** Of the event that will answer; null until the message was noted. */
  readonly eventId: string | null;
}

export interface AssetFacts extends MessageFacts {
  readonly asset: AssetRef;
}

/**
 * computed: segmented for this very message · known: a mask of the same picture and recipe was there · approved: a reviewer's mask stands and
 * is what was told.
 */
export type StoredHow = 'computed' | 'known' | 'approved';

export type AssetOutcome =
  | { readonly kind: 'stored'; readonly how: StoredHow }
  /** code: an error's code, or `rejected`: a reviewer's rejection stands; `bug` for a fault of ours. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** duplicate: acked, nothing was left to do. */
export type MessageOutcome = Settlement['kind'] | 'duplicate';

/** queueWait: until a place of work is free · claimWait: until another worker is done with the same picture · read: the photo's bytes · segment: from pixels to the stored candidate · publish: the mask to its place. */
export type IntakeStage = 'queueWait' | 'claimWait' | 'read' | 'segment' | 'publish';

/** Told of everything that happens, as it happens; must not throw. Hosts turn it into metrics and logs. */
export interface IntakeObserver {
  received(facts: MessageFacts, isRedelivered: boolean): void;
  settled(facts: MessageFacts, outcome: MessageOutcome, durationMs: number): void;
  assetSettled(facts: AssetFacts, outcome: AssetOutcome, durationMs: number): void;
  stage(stage: IntakeStage, durationMs: number): void;
  inference(run: ModelRun): void;
  /** Trouble that nothing of the picture's is to blame for; tried again after the pause. @param attempt 1 for the first that failed */
  retried(facts: MessageFacts, trouble: { readonly code: string; readonly message: string; readonly attempt: number; readonly pauseMs: number }): void;
  deadLettered(facts: MessageFacts, reason: string): void;
  /** Something a person should know of, though the work goes on: a path that differs from the row's, a batch with another total. */
  warned(facts: MessageFacts, sentence: string): void;
  /** The batch event of a job was made, in this process; it is on its way. */
  batchSent(progress: BatchProgress): void;
}

/** For hosts that listen to some of it. */
export const silentObserver: IntakeObserver = {
  received: () => undefined,
  settled: () => undefined,
  assetSettled: () => undefined,
  stage: () => undefined,
  inference: () => undefined,
  retried: () => undefined,
  deadLettered: () => undefined,
  warned: () => undefined,
  batchSent: () => undefined,
};
