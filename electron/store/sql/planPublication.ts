import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type JobId, type RevisionId } from '../../../shared/domain/ids.ts';
import type { PlannedEvent, Publication, PublicationRank } from '../../../shared/domain/publication.ts';
import { standingApproval, type ReviewState } from '../../../shared/domain/reviewState.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { VerdictInput } from '../../../shared/ports/store/reviewStore.ts';
import type { Queries } from './connection.ts';
import { latestLivePublication } from './publicationRead.ts';
import { readRevision } from './revisionRead.ts';

interface Decision {
  readonly input: VerdictInput;
  readonly before: ReviewState;
  readonly after: ReviewState;
  readonly nowMs: number;
}

/**
 * What a verdict makes public (architecture.md, Undoing a verdict): an approval its revision; anything that changes what should be there
 * the mask of the approval that is on top then, with fresh event ids; without one, the mask that a worker has published, unless the asset is
 * rejected: while a rejection stands no model's mask is public. Where nothing is left, a withdrawal of what is or will be there.
 * @returns null when what is published stays as it is
 */
export const planPublication = async (queries: Queries, decision: Decision): Promise<Publication | null> => {
  const { input, nowMs } = decision;
  const { asset, kind } = input.verdict;
  const model = await standingModelMask(queries, asset);
  const wanted = wantedMask(decision.after, model);
  const unchanged = wanted?.by === wantedMask(decision.before, model)?.by;
  if (unchanged && kind !== 'approve') return null;

  if (wanted === null) {
    const live = await latestLivePublication(queries, asset);
    if (live === null || live.revisionId === null) return null;
    // Where it stands, which a changed setting may have made another place than that of new masks.
    return insert(queries, input, { revisionId: null, maskSha256: null, stablePath: live.stablePath, events: [], rank: 'human' }, nowMs);
  }
  const revision = present(await readRevision(queries, wanted.revisionId), `Revision ${wanted.revisionId}`);
  const jobs = await jobsOf(queries, asset);
  const events = jobs.map((jobId): PlannedEvent => ({ eventId: input.newEventId(), jobId }));
  const { revisionId, maskSha256 } = revision;
  return insert(queries, input, { revisionId, maskSha256, stablePath: input.stablePath, events, rank: wanted.rank }, nowMs);
};

interface WantedMask {
  readonly revisionId: RevisionId;
  readonly rank: PublicationRank;
  /** Whose doing it is that this mask is public: the same again changes nothing. */
  readonly by: string;
}

const wantedMask = (review: ReviewState, model: RevisionId | null): WantedMask | null => {
  const top = standingApproval(review);
  if (top !== null) return { revisionId: top.revisionId, rank: 'human', by: top.verdictId };
  return model === null || review.state === 'rejected' ? null : { revisionId: model, rank: 'model', by: 'model' };
};

/** The newest mask that a worker has published, or that will be; null where none did. A candidate of a re-run is none. */
const standingModelMask = async (queries: Queries, asset: AssetRef): Promise<RevisionId | null> => {
  const row = await queries
    .selectFrom('maskdesk_publications')
    .select('revision_id')
    .where('asset_kind', '=', asset.kind)
    .where('asset_id', '=', asset.id)
    .where('state', '!=', 'superseded')
    .where('rank', '=', 'model')
    .where('revision_id', 'is not', null)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.revision_id == null ? null : asId<RevisionId>(row.revision_id);
};

type Content = Pick<Publication, 'revisionId' | 'maskSha256' | 'stablePath' | 'events' | 'rank'>;

const insert = async (queries: Queries, input: VerdictInput, content: Content, nowMs: number): Promise<Publication> => {
  const { asset } = input.verdict;
  const { sequence } = await queries
    .insertInto('maskdesk_publications')
    .values({
      publication_id: input.publicationId,
      asset_kind: asset.kind,
      asset_id: asset.id,
      revision_id: content.revisionId,
      mask_sha256: content.maskSha256,
      stable_path: content.stablePath,
      rank: content.rank,
      events: JSON.stringify(content.events),
      state: 'pending',
      attempts: 0,
      created_at_ms: nowMs,
    })
    .returning('sequence')
    .executeTakeFirstOrThrow();
  return { publicationId: input.publicationId, sequence, asset, ...content, state: 'pending' };
};

/** A product is in one job at most, a video can be in several: an event for each. */
const jobsOf = async (queries: Queries, asset: AssetRef): Promise<JobId[]> => {
  const rows =
    asset.kind === 'product_image'
      ? await queries
          .selectFrom('product_images as image')
          .innerJoin('products as product', 'product.product_id', 'image.product_id')
          .select('product.job_id')
          .where('image.img_id', '=', asset.id)
          .execute()
      : await queries
          .selectFrom('video_frames as frame')
          .innerJoin('job_videos as assigned', 'assigned.video_id', 'frame.video_id')
          .select('assigned.job_id')
          .where('frame.frame_id', '=', asset.id)
          .orderBy('assigned.job_id')
          .execute();
  return rows.flatMap((row) => (row.job_id === null ? [] : [asId<JobId>(row.job_id)]));
};
