import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type JobId } from '../../../shared/domain/ids.ts';
import type { PlannedEvent, Publication } from '../../../shared/domain/publication.ts';
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
 * What a verdict makes public (architecture.md, Undoing a verdict): an approval its revision; anything that changes which approval is on
 * top the revision of the new top, with fresh event ids; when none is left, a withdrawal of what is or will be there.
 * @returns null when what is published stays as it is
 */
export const planPublication = async (queries: Queries, decision: Decision): Promise<Publication | null> => {
  const { input, nowMs } = decision;
  const { asset, kind } = input.verdict;
  const top = standingApproval(decision.after);
  const unchanged = top?.verdictId === standingApproval(decision.before)?.verdictId;
  if (unchanged && kind !== 'approve') return null;

  if (top === null) {
    const live = await latestLivePublication(queries, asset);
    if (live === null || live.revisionId === null) return null;
    // Where it stands, which a changed setting may have made another place than that of new masks.
    return insert(queries, input, { revisionId: null, maskSha256: null, stablePath: live.stablePath, events: [] }, nowMs);
  }
  const revision = present(await readRevision(queries, top.revisionId), `Revision ${top.revisionId}`);
  const jobs = await jobsOf(queries, asset);
  const events = jobs.map((jobId): PlannedEvent => ({ eventId: input.newEventId(), jobId }));
  return insert(queries, input, { revisionId: revision.revisionId, maskSha256: revision.maskSha256, stablePath: input.stablePath, events }, nowMs);
};

type Content = Pick<Publication, 'revisionId' | 'maskSha256' | 'stablePath' | 'events'>;

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
      rank: 'human',
      events: JSON.stringify(content.events),
      state: 'pending',
      attempts: 0,
      created_at_ms: nowMs,
    })
    .returning('sequence')
    .executeTakeFirstOrThrow();
  return { publicationId: input.publicationId, sequence, asset, ...content, rank: 'human', state: 'pending' };
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
