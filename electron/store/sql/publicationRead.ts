import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { Publication } from '../../../shared/domain/publication.ts';
import type { StandingMask } from '../../../shared/ports/store/publicationStore.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { Connection, Queries } from './connection.ts';
import { readMaskedPath } from './maskedPath.ts';
import { publicationOf } from './rows.ts';

export const readPublication = async (queries: Queries, publicationId: string): Promise<Publication | null> => {
  const row = await queries.selectFrom('maskdesk_publications').selectAll().where('publication_id', '=', publicationId).executeTakeFirst();
  return row === undefined ? null : publicationOf(row);
};

const ofAsset = (queries: Queries, asset: AssetRef) =>
  queries.selectFrom('maskdesk_publications').selectAll().where('asset_kind', '=', asset.kind).where('asset_id', '=', asset.id);

/** Oldest first. */
export const publicationsOf = async (queries: Queries, asset: AssetRef): Promise<Publication[]> =>
  (await ofAsset(queries, asset).orderBy('sequence').execute()).map(publicationOf);

/** What is published now. */
export const latestPublished = async (queries: Queries, asset: AssetRef): Promise<Publication | null> => {
  const row = await ofAsset(queries, asset).where('state', '=', 'published').orderBy('sequence', 'desc').executeTakeFirst();
  return row === undefined ? null : publicationOf(row);
};

/** What is published or will be, once everything pending has gone out. */
export const latestLivePublication = async (queries: Queries, asset: AssetRef): Promise<Publication | null> => {
  const row = await ofAsset(queries, asset).where('state', '!=', 'superseded').orderBy('sequence', 'desc').executeTakeFirst();
  return row === undefined ? null : publicationOf(row);
};

/** What should lie at the stable path now; null also once a withdrawal was decided, whether or not it has come to its end. */
export const standingMask = async (queries: Queries, asset: AssetRef): Promise<StandingMask | null> => {
  const published = await latestPublished(queries, asset);
  if (published === null || published.maskSha256 === null) return null;
  const withdrawal = await ofAsset(queries, asset).where('sequence', '>', published.sequence).where('revision_id', 'is', null).executeTakeFirst();
  if (withdrawal !== undefined) return null;
  const { stablePath, maskSha256 } = published;
  return { asset, stablePath, maskSha256, recordedPath: await readMaskedPath(queries, asset) };
};

const batchSize = 500;

/** Reads in batches, so that a long check holds no read transaction open. */
export async function* standingMasks(connection: Connection): AsyncGenerator<StandingMask> {
  let after = 0;
  for (;;) {
    const rows = await connection.read((queries) => standingBatch(queries, after));
    for (const row of rows) {
      after = row.sequence;
      yield {
        asset: { kind: row.asset_kind, id: asId(row.asset_id) },
        stablePath: row.stable_path,
        maskSha256: asId(row.mask_sha256 ?? ''),
        recordedPath: row.masked_local_path,
      };
    }
    if (rows.length < batchSize) return;
  }
}

/** As standingMask says it, for many. */
const standingBatch = (queries: Queries, after: number) =>
  queries
    .selectFrom('maskdesk_publications as publication')
    .leftJoin('product_images as image', (join) => join.onRef('image.img_id', '=', 'publication.asset_id').on('publication.asset_kind', '=', 'product_image'))
    .leftJoin('video_frames as frame', (join) => join.onRef('frame.frame_id', '=', 'publication.asset_id').on('publication.asset_kind', '=', 'keyframe'))
    .select(['sequence', 'asset_kind', 'asset_id', 'stable_path', 'mask_sha256'])
    .select((expression) => expression.fn.coalesce('image.masked_local_path', 'frame.masked_local_path').as('masked_local_path'))
    .where('publication.state', '=', 'published')
    .where('publication.mask_sha256', 'is not', null)
    .where('publication.sequence', '>', after)
    .where((expression) =>
      expression.not(
        expression.exists(
          expression
            .selectFrom('maskdesk_publications as newer')
            .select('newer.sequence')
            .whereRef('newer.asset_kind', '=', 'publication.asset_kind')
            .whereRef('newer.asset_id', '=', 'publication.asset_id')
            .whereRef('newer.sequence', '>', 'publication.sequence')
            .where((which) => which.or([which('newer.state', '=', 'published'), which('newer.revision_id', 'is', null)])),
        ),
      ),
    )
    .orderBy('publication.sequence')
    .limit(batchSize)
    .execute();
