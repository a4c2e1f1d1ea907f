import { sql } from 'kysely';
import type { LeaseStore } from '../../../shared/ports/store/leaseStore.ts';
import type { Connection } from './connection.ts';

/** By the database's own clock, so that machines whose clocks differ agree on who holds what. */
export const createLeaseStore = (connection: Connection): LeaseStore => ({
  acquire: (resource, owner, durationMs) =>
    connection.write(async (queries) => {
      const nowMs = connection.nowMs();
      const claim = { owner, expires_at_ms: sql<number>`${nowMs} + ${durationMs}` };
      const result = await queries
        .insertInto('maskdesk_leases')
        .values({ resource, ...claim })
        .onConflict((conflict) =>
          conflict
            .column('resource')
            .doUpdateSet(claim)
            .where((free) => free.or([free('maskdesk_leases.owner', '=', owner), free('maskdesk_leases.expires_at_ms', '<=', nowMs)])),
        )
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    }),
  release: (resource, owner) =>
    connection.write(async (queries) => {
      await queries.deleteFrom('maskdesk_leases').where('resource', '=', resource).where('owner', '=', owner).execute();
    }),
  ownerOf: (resource) =>
    connection.read(async (queries) => {
      const row = await queries
        .selectFrom('maskdesk_leases')
        .select('owner')
        .where('resource', '=', resource)
        .where('expires_at_ms', '>', connection.nowMs())
        .executeTakeFirst();
      return row?.owner ?? null;
    }),
});
