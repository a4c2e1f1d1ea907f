import { sql } from 'kysely';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { mayPublish, type Publication } from '../../../shared/domain/publication.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { OutgoingEvent } from '../../../shared/ports/broker.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { PublicationStore, PublishedAsset, PublishOutcome } from '../../../shared/ports/store/publicationStore.ts';
import type { Connection, Queries } from './connection.ts';
import { insertEvents } from './outboxStore.ts';
import { latestPublished, publicationsOf, readPublication, standingMasks } from './publicationRead.ts';
import { publicationOf } from './rows.ts';

type Steps = Parameters<PublicationStore['publishNext']>[0];

export const createPublicationStore = (connection: Connection, clock: Clock): PublicationStore => ({
  publishNext: async (steps) => {
    // Nothing to do is the usual answer: it should not wait for whoever is writing.
    if ((await connection.read((queries) => nextPending(queries, steps))) === null) return null;
    return connection.write((queries) => publishNext(queries, steps, clock.nowMs()));
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
      const live = await latestPublished(queries, asset);
      const stands = live === null || live.maskSha256 === null ? null : { asset, stablePath: live.stablePath, maskSha256: live.maskSha256 };
      await mend(stands);
    }),
});

// States are written out, not bound: SQLite uses a partial index only for a condition that it can read.
const nextPending = async (queries: Queries, steps: Pick<Steps, 'only' | 'except'>): Promise<Publication | null> => {
  const { only, except = new Set() } = steps;
  let query = queries.selectFrom('maskdesk_publications').selectAll().where('state', '=', sql.lit('pending' as const)).orderBy('sequence').limit(1);
  if (only !== undefined) query = query.where('asset_kind', '=', only.kind).where('asset_id', '=', only.id);
  // As assetKey (shared/domain/asset.ts) writes it.
  if (except.size > 0) {
    query = query.where(sql`asset_kind || ':' || asset_id`, 'not in', sql`(select value from json_each(${JSON.stringify([...except])}))`);
  }
  const row = await query.executeTakeFirst();
  return row === undefined ? null : publicationOf(row);
};

/** Runs under the write lock from the choice to the end: no other process can publish the same asset meanwhile. */
const publishNext = async (queries: Queries, steps: Steps, nowMs: number): Promise<PublishOutcome | null> => {
  const publication = await nextPending(queries, steps);
  if (publication === null) return null;
  if (!mayPublish(publication, await latestPublished(queries, publication.asset))) {
    return { kind: 'superseded', publication: await finish(queries, publication, 'superseded', nowMs) };
  }
  let events: readonly OutgoingEvent[];
  try {
    const asset = await publishedAsset(queries, publication.asset);
    await steps.place(publication);
    events = steps.eventsOf(publication, asset);
  } catch (error) {
    // Up to here nothing was written, so the attempt is all that this transaction records.
    await recordAttempt(queries, publication, error);
    return { kind: 'failed', publication, error };
  }
  await setMaskedPath(queries, publication);
  await insertEvents(queries, events, nowMs);
  return { kind: 'published', publication: await finish(queries, publication, 'published', nowMs) };
};

const finish = async (queries: Queries, publication: Publication, state: 'published' | 'superseded', nowMs: number): Promise<Publication> => {
  await queries
    .updateTable('maskdesk_publications')
    .set({ state, finished_at_ms: nowMs, last_error: null })
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

const setMaskedPath = async (queries: Queries, { asset, revisionId, stablePath }: Publication): Promise<void> => {
  const values = { masked_local_path: revisionId === null ? null : stablePath };
  if (asset.kind === 'product_image') await queries.updateTable('product_images').set(values).where('img_id', '=', asset.id).execute();
  else await queries.updateTable('video_frames').set(values).where('frame_id', '=', asset.id).execute();
};
