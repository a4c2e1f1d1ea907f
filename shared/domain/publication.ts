import type { AssetRef } from './asset.ts';
import type { EventId, JobId, PublicationId, RevisionId, Sha256 } from './ids.ts';

export const publicationStates = ['pending', 'published', 'superseded'] as const;
export type PublicationState = (typeof publicationStates)[number];

/** human: a reviewer's verdict · model: a worker's result (issue of the pipeline host). An approval outranks a model's result. */
export const publicationRanks = { model: 0, human: 1 } as const;
export type PublicationRank = keyof typeof publicationRanks;

/** One event that a publication will send; its id is fixed when the publication is made. */
export interface PlannedEvent {
  readonly eventId: EventId;
  readonly jobId: JobId;
}

/** The write-back of a revision to its stable path, or, with a null revision, the withdrawal of what stands there. */
export interface Publication {
  readonly publicationId: PublicationId;
  /** Order of acknowledgement in the store, ascending. */
  readonly sequence: number;
  readonly asset: AssetRef;
  readonly revisionId: RevisionId | null;
  readonly maskSha256: Sha256 | null;
  /** The string for `masked_local_path` and `mask_path`. */
  readonly stablePath: string;
  readonly rank: PublicationRank;
  readonly events: readonly PlannedEvent[];
  readonly state: PublicationState;
}

/**
 * Whether a publication may still go out when another of the same asset is already there: higher rank wins, then the newer one.
 * @param standing the newest published publication of the asset, or null
 */
export const mayPublish = (
  candidate: Pick<Publication, 'rank' | 'sequence'>,
  standing: Pick<Publication, 'rank' | 'sequence' | 'revisionId'> | null,
): boolean => {
  if (standing === null) return true;
  // A withdrawal leaves nothing behind that could outrank a model's later result.
  const standingRank = standing.revisionId === null ? publicationRanks.model : publicationRanks[standing.rank];
  const rank = publicationRanks[candidate.rank];
  return rank === standingRank ? candidate.sequence > standing.sequence : rank > standingRank;
};

/** The revision whose mask lies at the stable path now; null where none does. @param publications of one asset, oldest first */
export const publishedRevision = (publications: readonly Pick<Publication, 'revisionId' | 'state'>[]): RevisionId | null =>
  publications.findLast(({ state }) => state === 'published')?.revisionId ?? null;
