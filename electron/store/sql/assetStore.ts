import { sql } from 'kysely';
import { asId } from '../../../shared/domain/ids.ts';
import type { Pair } from '../../../shared/domain/catalog.ts';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { AssetStore } from '../../../shared/ports/store/assetStore.ts';
import { countAssets } from './assetCounts.ts';
import { facetsOf } from './assetFacets.ts';
import { nextOpenAsset, positionOfAsset } from './assetPlace.ts';
import { assetsWithKeys, bothKinds, listAssets, windowOfAssets } from './assetQueue.ts';
import { readAssets } from './assetRead.ts';
import { changeAsset, lockAsset } from './assetState.ts';
import type { Connection, Queries } from './connection.ts';
import type { ListMarks } from './listMarks.ts';

/**
 * @param adopt takes in what another program has added; returns how many
 * @param marks places that windows and counts may begin at
 */
export const createAssetStore = (connection: Connection, clock: Clock, adopt: (nowMs: number) => Promise<number>, marks: ListMarks): AssetStore => {
  return {
    list: (query) => connection.read((queries) => listAssets(queries, query)),
    counts: (filter = {}) => connection.read((queries) => countAssets(queries, filter)),
    window: (query) => connection.read((queries) => windowOfAssets(queries, query, marks)),
    position: (query) => connection.read((queries) => positionOfAsset(queries, query, marks)),
    nextOpen: (query) => connection.read((queries) => nextOpenAsset(queries, query, marks)),
    facets: (filter = {}) => connection.read((queries) => facetsOf(queries, filter)),
    get: (asset) => connection.read(async (queries) => (await assetsWithKeys(queries, [asset]))[0] ?? null),
    withId: (id) => connection.read((queries) => assetsWithKeys(queries, bothKinds(id))),
    ofProduct: (productId) =>
      connection.read((queries) =>
        readAssets(queries, sql`select kind, id, row_number() over (order by id) as place from maskdesk_assets where kind = 'product_image' and parent_id = ${productId}`),
      ),
    ofVideo: (videoId) =>
      connection.read((queries) =>
        readAssets(queries, sql`select 'keyframe' as kind, frame_id as id, row_number() over (order by ts, frame_id) as place from video_frames where video_id = ${videoId}`),
      ),
    pairsOf: (asset) => connection.read((queries) => pairsOf(queries, [asset])),
    pairsOfAny: (assets) => connection.read((queries) => pairsOf(queries, assets)),
    setSize: (asset, widthPx, heightPx) =>
      connection.write(async (queries) => {
        await lockAsset(queries, asset);
        await queries
          .updateTable('maskdesk_assets')
          .set({ width_px: widthPx, height_px: heightPx })
          .where('kind', '=', asset.kind)
          .where('id', '=', asset.id)
          .execute();
      }),
    recordFailure: (asset, reason) =>
      connection.write(async (queries) => {
        const { state, head_revision_id: head } = await lockAsset(queries, asset);
        // A person's rejection of an asset without a mask stands as well, with its reason: a failed run says nothing against it.
        const keeps = head !== null || (state !== 'unsegmented' && state !== 'failed');
        if (!keeps) await changeAsset(queries, asset, { state: 'failed', reason }, clock.nowMs());
      }),
    adoptNew: () => adopt(clock.nowMs()),
  };
};

/** The same pair can have matched at several times of a video: the best score counts. */
const pairsOf = async (queries: Queries, assets: readonly AssetRef[]): Promise<readonly Pair[]> => {
  const rows = await queries
    .selectFrom('matches')
    .select(['best_img_id', 'best_frame_id'])
    .select((expression) => expression.fn.max('score').as('score'))
    .where(assets[0]?.kind === 'keyframe' ? 'best_frame_id' : 'best_img_id', 'in', queries.dialect.texts(assets.map(({ id }) => id)))
    .where('best_img_id', 'is not', null)
    .where('best_frame_id', 'is not', null)
    .groupBy(['best_img_id', 'best_frame_id'])
    .orderBy('score', 'desc')
    .orderBy('best_img_id')
    .orderBy('best_frame_id')
    .execute();
  return rows.map((row) => ({
    productImage: { kind: 'product_image', id: asId(row.best_img_id ?? '') },
    keyframe: { kind: 'keyframe', id: asId(row.best_frame_id ?? '') },
    score: row.score,
  }));
};
