import { sql } from 'kysely';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { mayPublish, type Publication } from '../../../shared/domain/publication.ts';
import { replayVerdicts, standingApproval } from '../../../shared/domain/reviewState.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { OutgoingEvent } from '../../../shared/ports/broker.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { PublicationStore, PublishedAsset, PublishOutcome } from '../../../shared/ports/store/publicationStore.ts';
import type { Connection, Queries } from './connection.ts';
import type { Moment } from './intakeBatches.ts';
import { settlePublished } from './intakeSettle.ts';
import { insertEvents } from './outboxStore.ts';
import { beginPlacement, endPlacement } from './placementStore.ts';
import { lockAsset } from './assetState.ts';
import { readMaskedPath, writeMaskedPath } from './maskedPath.ts';
import { latestPublished, publicationsOf, readPublication, standingMask, standingMasks } from './publicationRead.ts';
import { publicationOf } from './rows.ts';
import { verdictsOf } from './verdictRead.ts';

type Steps = Parameters<PublicationStore['publishNext']>[0];

/** An attempt that was noted and committed, to be made now. */
interface Noted {
  readonly kind: 'noted';
  readonly publication: Publication;
  /** A lost connection ends the transaction, and it runs again: what an earlier run left without an answer may land though the last one was answered. */
  isSettled: boolean;
}

/** pathCleared: the first half of a withdrawal is to be committed · taken: somebody else has published what was noted. The next call goes on. */
type Step = PublishOutcome | Noted | { readonly kind: 'pathCleared' } | { readonly kind: 'taken' };

export const createPublicationStore = (connection: Connection, clock: Clock): PublicationStore => ({
  publishNext: async (steps) => {
    // Nothing to do is the usual answer: it should not wait for whoever is writing.
    if ((await connection.read((queries) => nextPending(queries, steps))) === null) return null;
    let noted: Noted | null = null;
    for (;;) {
      const outcome: Step | null = await connection.write((queries) => publishNext(queries, steps, clock.nowMs(), connection.nowMs(), noted));
      if (outcome === null) return null;
      switch (outcome.kind) {
        case 'noted':
          noted = outcome;
          break;
        case 'taken':
          noted = null;
          break;
        case 'pathCleared':
          break;
        default:
          return outcome;
      }
    }
  },
  pendingCount: () =>
    connection.read(async (queries) => {
      const { total } = await queries
        .selectFrom('maskdesk_publications')
        .select((expression) => expression.fn.countAll<number>().as('total'))
        .where('state', '=', sql.lit('pending' as const))
        .executeTakeFirstOrThrow();
      return total;
    }),
  get: (publicationId) => connection.read((queries) => readPublication(queries, publicationId)),
  ofAsset: (asset) => connection.read((queries) => publicationsOf(queries, asset)),
  standing: () => standingMasks(connection),
  withStanding: (asset, mend) =>
    connection.write(async (queries) => {
      await lockAsset(queries, asset);
      const standing = await standingMask(queries, asset);
      const isInPlace = await mend(standing);
      if (standing === null || !isInPlace || standing.recordedPath === standing.stablePath) return false;
      return writeMaskedPath(queries, asset, standing.stablePath);
    }),
});

// States are written out, not bound: SQLite uses a partial index only for a condition that it can read.
const nextPending = async (queries: Queries, steps: Pick<Steps, 'only' | 'except'>): Promise<Publication | null> => {
  const { only, except = new Set() } = steps;
  let query = queries.selectFrom('maskdesk_publications').selectAll().where('state', '=', sql.lit('pending' as const)).orderBy('sequence').limit(1);
  if (only !== undefined) query = query.where('asset_kind', '=', only.kind).where('asset_id', '=', only.id);
  // As assetKey (shared/domain/asset.ts) writes it.
  if (except.size > 0) {
    query = query.where(sql`asset_kind || ':' || asset_id`, 'not in', queries.dialect.texts([...except]));
  }
  const row = await query.executeTakeFirst();
  return row === undefined ? null : publicationOf(row);
};

/**
 * The oldest pending publication of an asset that is this transaction's until it ends. What others publish at this moment is passed over, where two
 * may write at once; where nothing else is left, it is waited for.
 * @returns taken: somebody else published it before the lock was ours. One transaction holds one asset: who went on to the next would wait in a circle.
 */
const takePending = async (queries: Queries, steps: Pick<Steps, 'only' | 'except'>): Promise<Publication | 'taken' | null> => {
  const free = steps.only === undefined ? await lockFreeAsset(queries, steps.except ?? new Set()) : null;
  const asset = free ?? (await nextPending(queries, steps))?.asset;
  if (asset === undefined) return null;
  if (free === null) await lockAsset(queries, asset);
  return (await nextPending(queries, { only: asset })) ?? 'taken';
};

const lockFreeAsset = async (queries: Queries, except: ReadonlySet<string>): Promise<AssetRef | null> => {
  const { rows } = await sql<AssetRef>`
    select asset.kind, asset.id from maskdesk_publications publication
    ${queries.dialect.smallJoin} maskdesk_assets asset on asset.kind = publication.asset_kind and asset.id = publication.asset_id
    where publication.state = 'pending' and asset.kind || ':' || asset.id not in ${queries.dialect.texts([...except])}
    order by publication.sequence limit 1 ${queries.dialect.rowLockSkipping('asset')}`.execute(queries);
  return rows[0] ?? null;
};

/**
 * Holds the asset's lock from the choice to the end: no other process can publish the same asset meanwhile.
 * @param noted what the call before has noted
 */
const publishNext = async (queries: Queries, steps: Steps, nowMs: number, now: Moment, noted: Noted | null): Promise<Step | null> => {
  const publication = await takePending(queries, noted === null ? steps : { only: noted.publication.asset });
  if (noted !== null && (publication === null || publication === 'taken' || publication.sequence !== noted.publication.sequence)) {
    // Somebody else was faster.
    await endPlacement(queries, noted.publication.asset, noted.publication.stablePath, noted.isSettled, now);
    return { kind: 'taken' };
  }
  if (publication === null) return null;
  if (publication === 'taken') return { kind: 'taken' };
  const { asset, stablePath } = publication;
  if (!(await mayFollow(queries, publication, await latestPublished(queries, asset)))) {
    if (noted !== null) await endPlacement(queries, asset, stablePath, noted.isSettled, now);
    return { kind: 'superseded', publication: await finish(queries, publication, 'superseded', nowMs) };
  }
  if (publication.revisionId === null && (await readMaskedPath(queries, asset)) !== null) {
    await writeMaskedPath(queries, asset, null);
    return { kind: 'pathCleared' };
  }
  if (steps.noteFirst === true && noted === null) {
    await beginPlacement(queries, asset, stablePath, now);
    return { kind: 'noted', publication, isSettled: true };
  }
  let events: readonly OutgoingEvent[];
  try {
    const published = await publishedAsset(queries, asset);
    await steps.place(publication, () => {
      if (noted !== null) noted.isSettled = false;
    });
    events = steps.eventsOf(publication, published);
  } catch (error) {
    // Up to here nothing was written, so the attempt is all that this transaction records.
    if (noted !== null) await endPlacement(queries, asset, stablePath, noted.isSettled, now);
    await recordAttempt(queries, publication, error);
    if (steps.isLasting?.(error) !== true || !(await isReplaced(queries, publication))) return { kind: 'failed', publication, error };
    return { kind: 'superseded', publication: await finish(queries, publication, 'superseded', nowMs), error };
  }
  if (noted !== null) await endPlacement(queries, asset, stablePath, noted.isSettled, now);
  if (publication.revisionId !== null) await writeMaskedPath(queries, asset, stablePath);
  await insertEvents(queries, events, nowMs);
  await settlePublished(queries, publication, now);
  return { kind: 'published', publication: await finish(queries, publication, 'published', nowMs) };
};

/** A model's mask comes after an approval only when that was taken back: what nobody approves any more outranks nothing. */
const mayFollow = async (queries: Queries, candidate: Publication, standing: Publication | null): Promise<boolean> => {
  if (standing === null || candidate.rank !== 'model' || standing.rank !== 'human') return mayPublish(candidate, standing);
  const isApproved = standingApproval(replayVerdicts(await verdictsOf(queries, candidate.asset))) !== null;
  return mayPublish(candidate, isApproved ? standing : { ...standing, rank: 'model' });
};

/** Whether a newer publication waits that could take the place of this one. */
const isReplaced = async (queries: Queries, publication: Publication): Promise<boolean> => {
  for (const other of await publicationsOf(queries, publication.asset)) {
    if (other.state === 'pending' && other.sequence > publication.sequence && (await mayFollow(queries, other, publication))) return true;
  }
  return false;
};

/** What the last attempt said stays with a superseded one: it is why its events were never sent. */
const finish = async (queries: Queries, publication: Publication, state: 'published' | 'superseded', nowMs: number): Promise<Publication> => {
  await queries
    .updateTable('maskdesk_publications')
    .set({ state, finished_at_ms: nowMs, ...(state === 'published' ? { last_error: null } : {}) })
    .where('sequence', '=', publication.sequence)
    .execute();
  return { ...publication, state };
};

const recordAttempt = async (queries: Queries, publication: Publication, error: unknown): Promise<void> => {
  const sentence = error instanceof Error ? error.message : String(error);
  await queries
    .updateTable('maskdesk_publications')
    .set({ attempts: sql<number>`attempts + 1`, last_error: sentence })
    .where('sequence', '=', publication.sequence)
    .execute();
};

/** @throws ExpectedError not_found when the pipeline has removed the row: there is nowhere to write the path */
const publishedAsset = async (queries: Queries, ref: AssetRef): Promise<PublishedAsset> => {
  if (ref.kind === 'product_image') {
    const image = await queries.selectFrom('product_images').select('img_id').where('img_id', '=', ref.id).executeTakeFirst();
    if (image !== undefined) return { ref, videoId: null, timestampS: null };
  } else {
    const frame = await queries.selectFrom('video_frames').select(['video_id', 'ts']).where('frame_id', '=', ref.id).executeTakeFirst();
    if (frame !== undefined) return { ref, videoId: frame.video_id, timestampS: frame.ts };
  }
  throw new ExpectedError('not_found', `${ref.id} is no longer in the pipeline's tables: its mask can't be published.`);
};
