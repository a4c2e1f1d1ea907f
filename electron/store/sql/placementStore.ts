import { sql, type RawBuilder } from 'kysely';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { LookTiming, Placement, PlacementStore } from '../../../shared/ports/store/placementStore.ts';
import type { Connection, Queries } from './connection.ts';

type Moment = RawBuilder<number>;

/** Long enough for an attempt that goes well, so that it is not looked at in the middle. */
const firstLookAfterMs = 5_000;

const freshWindow = (now: Moment) => ({ begun_at_ms: now, looks: 0, next_look_at_ms: sql<number>`${now} + ${firstLookAfterMs}` });

/** In the transaction of whoever is about to place. */
export const beginPlacement = async (queries: Queries, asset: AssetRef, stablePath: string, now: Moment): Promise<void> => {
  const times = freshWindow(now);
  await queries
    .insertInto('maskdesk_placements')
    .values({ asset_kind: asset.kind, asset_id: asset.id, stable_path: stablePath, is_unsettled: 0, ...times })
    .onConflict((conflict) => conflict.columns(['asset_kind', 'asset_id', 'stable_path']).doUpdateSet({ ...times, is_unsettled: 1 }))
    .execute();
};

/** In the transaction that records what came of it. The window of one that was left without an answer begins with its end: its last try may be as young as that. */
export const endPlacement = async (queries: Queries, asset: AssetRef, stablePath: string, isSettled: boolean, now: Moment): Promise<void> => {
  const { kind, id } = asset;
  if (isSettled) {
    await queries.deleteFrom('maskdesk_placements').where('asset_kind', '=', kind).where('asset_id', '=', id).where('stable_path', '=', stablePath).where('is_unsettled', '=', 0).execute();
    return;
  }
  await queries.updateTable('maskdesk_placements').set({ is_unsettled: 1, ...freshWindow(now) }).where('asset_kind', '=', kind).where('asset_id', '=', id).where('stable_path', '=', stablePath).execute();
};

interface Row {
  readonly asset_kind: AssetRef['kind'];
  readonly asset_id: string;
  readonly stable_path: string;
  readonly begun_at_ms: number;
  readonly looks: number;
  readonly now_ms: number;
}

const placementOf = ({ asset_kind, asset_id, stable_path, begun_at_ms, now_ms }: Row, latenessMs: number): Placement => ({
  asset: { kind: asset_kind, id: asId(asset_id) },
  stablePath: stable_path,
  begunAtMs: Number(begun_at_ms),
  isOver: Number(now_ms) - Number(begun_at_ms) >= latenessMs,
});

const rows = (queries: Queries, now: Moment) =>
  queries.selectFrom('maskdesk_placements').select(['asset_kind', 'asset_id', 'stable_path', 'begun_at_ms', 'looks']).select(sql<number>`${now}`.as('now_ms')).orderBy('next_look_at_ms');

const claimDue = async (queries: Queries, now: Moment, { latenessMs, firstPauseMs, longestPauseMs }: LookTiming): Promise<Placement | null> => {
  for (;;) {
    const row = await rows(queries, now).where('next_look_at_ms', '<=', now).limit(1).executeTakeFirst();
    if (row === undefined) return null;
    const pauseMs = Math.min(firstPauseMs * 2 ** Math.min(row.looks, 30), longestPauseMs);
    const { numUpdatedRows } = await queries
      .updateTable('maskdesk_placements')
      .set({ looks: row.looks + 1, next_look_at_ms: sql<number>`${now} + ${pauseMs}` })
      .where('asset_kind', '=', row.asset_kind)
      .where('asset_id', '=', row.asset_id)
      .where('stable_path', '=', row.stable_path)
      .where('looks', '=', row.looks)
      .where('begun_at_ms', '=', row.begun_at_ms)
      .executeTakeFirst();
    // Another process was faster: the next one is ours.
    if (numUpdatedRows > 0n) return placementOf(row, latenessMs);
  }
};

export const createPlacementStore = (connection: Connection): PlacementStore => ({
  begin: (asset, stablePath) => connection.write((queries) => beginPlacement(queries, asset, stablePath, connection.nowMs())),
  end: (asset, stablePath, isSettled) => connection.write((queries) => endPlacement(queries, asset, stablePath, isSettled, connection.nowMs())),
  claimDue: async (timing) => {
    // Nothing due is the usual answer: it should not wait for whoever is writing.
    const due = await connection.read((queries) => rows(queries, connection.nowMs()).where('next_look_at_ms', '<=', connection.nowMs()).limit(1).executeTakeFirst());
    return due === undefined ? null : connection.write((queries) => claimDue(queries, connection.nowMs(), timing));
  },
  list: (latenessMs) => connection.read(async (queries) => (await rows(queries, connection.nowMs()).execute()).map((row) => placementOf(row, latenessMs))),
  forget: ({ asset, stablePath, begunAtMs }) =>
    connection.write(async (queries) => {
      await queries
        .deleteFrom('maskdesk_placements')
        .where('asset_kind', '=', asset.kind)
        .where('asset_id', '=', asset.id)
        .where('stable_path', '=', stablePath)
        .where('begun_at_ms', '=', begunAtMs)
        .execute();
    }),
});
