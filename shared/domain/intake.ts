import type { AssetKind } from './asset.ts';
import type { JobId } from './ids.ts';

/** What a message of the pipeline is about, whichever of its spellings the topic has. */
export const messageKinds = ['image', 'imageBatch', 'keyframes', 'keyframeBatch'] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Which assets a kind of message is about. */
export const assetKindOf = { image: 'product_image', imageBatch: 'product_image', keyframes: 'keyframe', keyframeBatch: 'keyframe' } as const satisfies Record<MessageKind, AssetKind>;

/** Fields that contracts.md does not name; kept, and passed on in the event that answers. */
export type UnknownFields = Readonly<Record<string, unknown>>;

export interface ReadyAsset {
  /** `image_id` or `frame_id`. */
  readonly id: string;
  /** As the message says it; what is segmented is the file that the pipeline's row names. */
  readonly localPath: string;
  /** Seconds from the start of the video; null for product images. */
  readonly timestampS: number | null;
  readonly unknown: UnknownFields;
}

/** Pictures that are there to be masked: one product image, or the keyframes of a video. Ids in `assets` are distinct. */
export interface ReadyMessage {
  readonly kind: 'image' | 'keyframes';
  readonly jobId: JobId;
  /** `product_id` or `video_id`. */
  readonly parentId: string;
  /** Of the incoming event, where it has one. */
  readonly incomingEventId: string | null;
  readonly assets: readonly ReadyAsset[];
  readonly unknown: UnknownFields;
}

/** How many pictures of a kind a job has. */
export interface BatchMessage {
  readonly kind: 'imageBatch' | 'keyframeBatch';
  readonly jobId: JobId;
  readonly incomingEventId: string;
  readonly expected: number;
  readonly unknown: UnknownFields;
}

export type PipelineMessage = ReadyMessage | BatchMessage;

/** waiting: there is something left to do · settled: stored or failed, all of it · dead: given up and dead-lettered; handed out again it is taken up again. */
export const inboxStates = ['waiting', 'settled', 'dead'] as const;
export type InboxState = (typeof inboxStates)[number];

export const intakeAssetStates = ['waiting', 'stored', 'failed'] as const;
export type IntakeAssetState = (typeof intakeAssetStates)[number];

/** A job's pictures of one kind, from the first of its messages to the batch event that is sent once for all of them. */
export interface BatchProgress {
  readonly jobId: JobId;
  readonly kind: AssetKind;
  /** Null until the batch message has come. */
  readonly expected: number | null;
  /** Distinct assets that messages named. */
  readonly arrived: number;
  readonly stored: number;
  readonly failed: number;
  /** Expected and not arrived yet; 0 while nothing is expected. */
  readonly missing: number;
  readonly firstSeenAtMs: number;
  readonly lastActivityAtMs: number;
  /** When it is completed with what is there, should nothing more come; null: not expected yet, or sent. */
  readonly deadlineAtMs: number | null;
  readonly sentAtMs: number | null;
  /** What the batch event said; null until it was made. */
  readonly sentTotal: number | null;
  /** The message (of our inbox) that completed it; null where the time-out did, or it is not complete. */
  readonly completedBy: string | null;
  /** Completed by the time-out. */
  readonly isTimedOut: boolean;
}
