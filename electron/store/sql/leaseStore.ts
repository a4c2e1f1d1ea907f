import type { Clock } from '../../../shared/ports/clock.ts';
import type { LeaseStore } from '../../../shared/ports/store/leaseStore.ts';
import type { Connection } from './connection.ts';

export const createLeaseStore = (connection: Connection, clock: Clock): LeaseStore => ({
  acquire: (resource, owner, durationMs) =>
    connection.write(async (queries) => {
      const nowMs = clock.nowMs();
      const claim = { owner, expires_at_ms: nowMs + durationMs };
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
        .where('expires_at_ms', '>', clock.nowMs())
        .executeTakeFirst();
      return row?.owner ?? null;
    }),
});
