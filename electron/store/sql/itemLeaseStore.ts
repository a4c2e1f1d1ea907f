import { sql } from 'kysely';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import type { ItemLease } from '../../../shared/domain/itemLease.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ItemLeaseStore, LeaseTerms } from '../../../shared/ports/store/itemLeaseStore.ts';
import { BugError, present } from '../../../shared/errors/errors.ts';
import { addToTrail } from './auditTrail.ts';
import { lockAsset } from './assetState.ts';
import { isOpenInList, nextOpenKey } from './assetPlace.ts';
import { assetsWithKeys } from './assetQueue.ts';
import type { Connection, Queries } from './connection.ts';
import { isFreeFor, liveLeases } from './itemLeases.ts';

/** Ended leases are kept no longer: the table stays as small as the team. */
const forgetAfterMs = 3_600_000;

/** Each further round means that another desk has taken the item that was found; they are as many as there are desks. */
const mostRounds = 200;

export const createItemLeaseStore = (connection: Connection, clock: Clock): ItemLeaseStore => {
  const letGo = async (queries: Queries, assets: readonly AssetRef[], owner: string): Promise<void> => {
    for (const { kind, id } of assets) {
      await queries.deleteFrom('maskdesk_item_leases').where('asset_kind', '=', kind).where('asset_id', '=', id).where('owner', '=', owner).execute();
    }
  };

  /** @returns false while another owner's has not ended, unless it is taken by force */
  const claim = async (queries: Queries, asset: AssetRef, { holder, purpose, durationMs }: LeaseTerms, isForced = false): Promise<boolean> => {
    const nowMs = connection.nowMs();
    const expires = sql<number>`${nowMs} + ${sql.lit(Math.round(durationMs))}`;
    const { numInsertedOrUpdatedRows: changed } = await queries
      .insertInto('maskdesk_item_leases')
      .values({ asset_kind: asset.kind, asset_id: asset.id, ...holder, purpose, since_ms: nowMs, expires_at_ms: expires })
      .onConflict((conflict) => {
        const update = conflict.columns(['asset_kind', 'asset_id']).doUpdateSet((eb) => ({
          ...holder,
          purpose,
          // What is merely renewed is held since the same moment.
          since_ms: eb
            .case()
            .when(
              eb.and([
                eb('maskdesk_item_leases.owner', '=', holder.owner),
                eb('maskdesk_item_leases.purpose', '=', purpose),
                eb('maskdesk_item_leases.expires_at_ms', '>', nowMs),
              ]),
            )
            .then(eb.ref('maskdesk_item_leases.since_ms'))
            .else(nowMs)
            .end(),
          expires_at_ms: expires,
        }));
        if (isForced) return update;
        return update.where((free) => free.or([free('maskdesk_item_leases.owner', '=', holder.owner), free('maskdesk_item_leases.expires_at_ms', '<=', nowMs)]));
      })
      .executeTakeFirst();
    return (changed ?? 0n) > 0n;
  };

  /** Whose it is now. Another's may end between the attempt and the look: then it is free, and the next attempt has it. */
  const claimOrRead = async (queries: Queries, asset: AssetRef, terms: Parameters<typeof claim>[2]): Promise<ItemLease> => {
    for (let round = 0; round < mostRounds; round++) {
      await claim(queries, asset, terms);
      const [lease] = await liveLeases(connection, queries, asset);
      if (lease !== undefined) return lease;
    }
    throw new BugError(`Whose ${asset.kind} ${asset.id} is could not be found out`);
  };

  const forgetEnded = async (queries: Queries): Promise<void> => {
    await queries.deleteFrom('maskdesk_item_leases').where('expires_at_ms', '<', sql<number>`${connection.nowMs()} - ${sql.lit(forgetAfterMs)}`).execute();
  };

  return {
    take: (assets, terms) =>
      connection.write(async (queries) => {
        await letGo(queries, terms.leaving ?? [], terms.holder.owner);
        const leases: ItemLease[] = [];
        // In one order, so that two desks that take several never wait for each other in a circle.
        const ordered = [...assets].sort((a, b) => (`${a.kind}:${a.id}` < `${b.kind}:${b.id}` ? -1 : 1));
        for (const asset of ordered) {
          leases.push(await claimOrRead(queries, asset, terms));
        }
        return assets.map(({ kind, id }) => present(leases.find((lease) => lease.asset.kind === kind && lease.asset.id === id), 'a lease that was taken'));
      }),
    takeNext: (query, terms) =>
      connection.write(async (queries) => {
        await letGo(queries, terms.leaving ?? [], terms.holder.owner);
        await forgetEnded(queries);
        const passed: AssetRef[] = [...(query.except ?? []), ...(query.after === null ? [] : [query.after])];
        const free = isFreeFor(connection, terms.holder.owner);
        for (let round = 0; round < mostRounds; round++) {
          const conditions = [free, ...passed.map(({ kind, id }) => sql`not (kind = ${kind} and id = ${id})`)];
          const first = query.first ?? null;
          const found =
            first !== null && (await isOpenInList(queries, query, first, conditions)) ? first : await nextOpenKey(queries, { ...query, after: first ?? query.after }, conditions);
          if (found === null) return null;
          if (await claim(queries, found, terms)) return (await assetsWithKeys(queries, [found]))[0] ?? null;
          passed.push(found);
        }
        return null;
      }),
    takeOver: (asset, terms) =>
      connection.write(async (queries) => {
        await lockAsset(queries, asset);
        await letGo(queries, terms.leaving ?? [], terms.holder.owner);
        const [before] = await liveLeases(connection, queries, asset);
        await claim(queries, asset, { ...terms, purpose: 'open' }, true);
        if (before === undefined || before.owner === terms.holder.owner) return null;
        await addToTrail(queries, { kind: 'take_over', who: terms.holder.reviewer, asset, details: { from: before.reviewer, since_ms: before.sinceMs } }, clock.nowMs());
        return before;
      }),
    release: (assets, owner) => connection.write((queries) => letGo(queries, assets, owner)),
    releaseAll: (owner) =>
      connection.write(async (queries) => {
        await queries.deleteFrom('maskdesk_item_leases').where('owner', '=', owner).execute();
      }),
    live: () => connection.read((queries) => liveLeases(connection, queries)),
  };
};
