import type { MessageKind } from '../../../shared/domain/intake.ts';
import type { SegmentParameters } from '../../../shared/domain/task.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import type { AppEvents } from '../appEvents.ts';
import type { Publisher } from '../publish/publisher.ts';
import type { StableKeyOf } from '../publish/stablePaths.ts';
import type { SegmentAssetParts } from '../segmentation/segmentAsset.ts';
import type { IntakeObserver } from './intakeObserver.ts';

/** Every spelling by which a kind of message may come; contracts.md B names two for most. */
export type IntakeTopics = Readonly<Record<MessageKind, readonly string[]>>;

export const standardTopics: IntakeTopics = {
  image: ['products.image.ready', 'products.images.ready'],
  imageBatch: ['products.images.ready.batch'],
  keyframes: ['videos.keyframes.ready', 'video.keyframes.ready'],
  keyframeBatch: ['videos.keyframes.ready.batch', 'video.keyframes.ready.batch'],
};

export interface RetrySettings {
  /** Pause before the first retry, doubled at each further one up to the longest; each with jitter. */
  readonly firstMs: number;
  readonly longestMs: number;
  /** Tries again after a crash of the model's process, lack of memory, or a fault of ours, before the message is given up. */
  readonly limit: number;
  /** The same where a server can't be reached or a disk is full: no message is to blame, so by default it is waited out for ever. */
  readonly outageLimit: number;
}

export interface IntakeSettings {
  readonly topics: IntakeTopics;
  /** Assets in work at once, over all messages. */
  readonly concurrency: number;
  readonly assetDeadlineMs: number;
  readonly retry: RetrySettings;
  /** How long a picture's row may come after its message. */
  readonly rowWaitMs: number;
  /** A batch in which nothing happened for so long, and of whose pictures none is in work, is completed with what is stored. */
  readonly batchTimeoutMs: number;
  /** Work that was noted and not touched for so long is taken up without its message. */
  readonly leftOverAfterMs: number;
  /** How long messages that are done with are remembered; Infinity: for ever. */
  readonly inboxKeptMs: number;
}

export const standardIntakeSettings: IntakeSettings = {
  topics: standardTopics,
  concurrency: 3,
  assetDeadlineMs: 300_000,
  retry: { firstMs: 1_000, longestMs: 60_000, limit: 5, outageLimit: Number.POSITIVE_INFINITY },
  rowWaitMs: 60_000,
  batchTimeoutMs: 86_400_000,
  leftOverAfterMs: 900_000,
  inboxKeptMs: 30 * 86_400_000,
};

export interface IntakeParts extends SegmentAssetParts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly publisher: Pick<Publisher, 'publishAsset' | 'kick'>;
  readonly stableKeyOf: StableKeyOf;
  readonly clock: Clock;
  readonly events: AppEvents;
  readonly observer: IntakeObserver;
  /** What arriving pictures are segmented with; read at each. */
  readonly parameters: () => SegmentParameters;
}
