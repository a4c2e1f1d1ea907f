import type { AssetKind, AssetRef } from '../../domain/asset.ts';
import type { EventId, JobId, PublicationId, RevisionId, Sha256 } from '../../domain/ids.ts';
import type { BatchProgress, InboxState, IntakeAssetState, PipelineMessage, ReadyAsset } from '../../domain/intake.ts';
import type { TaskFailure } from '../../domain/task.ts';

export interface NewMessage {
  readonly message: PipelineMessage;
  /** The same for the same message, however often and by whichever spelling of its topic it comes. */
  readonly dedupKey: string;
  /** Ids to use should it be new; what is there already keeps its own. */
  readonly messageId: string;
  readonly eventId: EventId;
  readonly batchEventId: EventId;
  /** Goes on to the event that answers. */
  readonly correlationId: string;
}

export interface InboxAsset extends ReadyAsset {
  readonly asset: AssetRef;
  readonly state: IntakeAssetState;
  /** A person's verdict has settled it; the recipe's own mask is still to be made, for them to look at. */
  readonly wantsProposal: boolean;
  /** Of the photo that it was settled with; null where it was not read. */
  readonly sourceSha256: string | null;
  /** Why it failed; `rejected` where a reviewer's rejection stood. Null: it did not. */
  readonly errorCode: string | null;
}

export interface InboxMessage {
  readonly messageId: string;
  readonly kind: PipelineMessage['kind'];
  readonly jobId: JobId;
  readonly incomingEventId: string | null;
  /** Of the event that will answer; null for batch messages, whose answer is the batch's. */
  readonly eventId: EventId | null;
  readonly state: InboxState;
  readonly acceptedAtMs: number;
  readonly assets: readonly InboxAsset[];
}

export interface Accepted {
  readonly message: InboxMessage;
  /** False: it was there; nothing was changed, but that a dead one waits again. */
  readonly isNew: boolean;
  readonly batch: BatchProgress;
}

/** A mask of the recipe that could be published for an asset. */
export interface OfferedMask {
  readonly revisionId: RevisionId;
  readonly maskSha256: Sha256;
  /** Of the photo that it was made from. */
  readonly sourceSha256: Sha256;
  readonly stablePath: string;
  /** For the publication, should one be made. */
  readonly publicationId: PublicationId;
}

export interface FailedAsset {
  readonly failure: TaskFailure;
  /** Of the photo, where it could be read; default null. */
  readonly sourceSha256: Sha256 | null;
  /** Whether an approval outranks the failure (default); false: it is what could not be published. */
  readonly outranked: boolean;
}

export type Decision =
  /** Nothing is known of the asset that would settle it: it needs a mask. Only where none was offered. */
  | { readonly kind: 'segment' }
  /** A publication of the asset waits: once it has gone out, ask again. */
  | { readonly kind: 'publish' }
  /** by: what settled it now; null where it was settled before. */
  | { readonly kind: 'settled'; readonly state: 'stored' | 'failed'; readonly by: 'approved' | 'rejected' | 'known' | null };

/**
 * Inbox and batches of a worker. Each call is one transaction, and repeating it changes nothing. Whoever settles the last asset of a message
 * enqueues the event that answers it in the same transaction, and whoever settles the last of a batch its batch event after that: so a batch event follows
 * the events of all its assets, and there is one of each.
 */
export interface IntakeStore {
  /**
   * Notes a message, its assets and its place in the job's batch; takes rows that the pipeline has added for it into Maskdesk's own. A batch message may
   * complete its batch at once; of two with different totals the larger counts.
   */
  accept(message: NewMessage): Promise<Accepted>;
  /** Takes these rows of the pipeline in; returns those that it does not have. */
  adopt(assets: readonly AssetRef[]): Promise<readonly AssetRef[]>;
  message(messageId: string): Promise<InboxMessage | null>;
  /** What is to become of a waiting asset: a verdict that stands settles it, else the mask that is offered is published, or told as it stands. @throws ExpectedError not_found */
  decide(messageId: string, asset: AssetRef, offer: OfferedMask | null): Promise<Decision>;
  /**
   * The asset failed, unless a reviewer approved a mask of it meanwhile: then that is what is told, and `publish` says that it has to go out first.
   * Never answers `segment`.
   */
  settleFailed(messageId: string, asset: AssetRef, failure: TaskFailure, more?: Partial<Omit<FailedAsset, 'failure'>>): Promise<Decision>;
  /** The proposal was made, or could not be. */
  endProposal(messageId: string, asset: AssetRef): Promise<void>;
  /** Given up: its message goes to the dead letters. */
  giveUp(messageId: string, reason: string): Promise<void>;
  /** Somebody works on these. */
  touch(messageIds: readonly string[]): Promise<void>;
  /** Waiting messages that nobody has touched for so long, oldest first. */
  leftOver(untouchedForMs: number, limit: number): Promise<readonly InboxMessage[]>;
  batch(jobId: JobId, kind: AssetKind): Promise<BatchProgress | null>;
  /** Those that are not sent (the 1000 in which something happened last), and so many of those sent last; newest first. @param timeoutMs for their deadlines */
  batches(timeoutMs: number, sentLimit: number): Promise<readonly BatchProgress[]>;
  /**
   * Forgets up to so many messages that are done with (or given up) and were not touched for so long; batches and what they counted stay, so that a late
   * repetition changes no total. @returns how many
   */
  prune(untouchedForMs: number, limit: number): Promise<number>;
  /** Completes batches whose total is known, in which nothing happened for so long, and of whose messages none waits. Returns those. */
  completeOverdue(timeoutMs: number): Promise<readonly BatchProgress[]>;
}
