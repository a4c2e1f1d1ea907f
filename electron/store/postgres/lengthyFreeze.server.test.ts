import { afterAll, expect, inject, test } from 'vitest';
import { asId } from '../../../shared/domain/ids.ts';
import { systemClock } from '../../base/systemClock.ts';
import { openStore } from '../index.ts';
import { createTestDatabases } from '../testing/postgresFixture.ts';
import { image1, modelRevision, seedCatalog } from '../testing/samples.ts';

const databases = createTestDatabases(inject('postgresUrl'));
afterAll(() => databases.dispose());

const limitMs = 400;

/** Whoever adds entries to a snapshot, or a set, waits for twice the limit. */
const slowly = (table: string): string => `create trigger slow before insert on maskdesk.${table} for each statement execute function maskdesk.slow()`;
const slow = `create function maskdesk.slow() returns trigger language plpgsql as $$ begin perform pg_sleep(${(2 * limitMs) / 1000}); return null; end $$`;

test('a freeze takes the time that it takes, whatever limit statements have; what follows has its limit again', async () => {
  const url = await databases.ready();
  const first = await openStore({ kind: 'postgres', url, create: true, clock: systemClock });
  await seedCatalog(first);
  await first.revisions.addCandidate(modelRevision(image1));
  const { setId } = await first.sets.save({ setId: asId('set'), name: 'boots', filter: { states: ['to_review'] }, createdBy: 'lea' });
  await first.close();
  // The driver's limit, and the database's own, which holds where the driver asks for none.
  const database = new URL(url).pathname.slice(1);
  await databases.sql(url, `${slow}; ${slowly('snapshot_entries')}; ${slowly('sets')}; alter database ${database} set statement_timeout = ${limitMs}`);
  const store = await openStore({ kind: 'postgres', url, create: false, clock: systemClock, statementTimeoutMs: limitMs });
  try {
    expect(await store.sets.freeze(setId, { snapshotId: asId('snapshot'), createdBy: 'lea' })).toMatchObject({ number: 1, entryCount: 1 });
    await expect(store.sets.save({ setId: asId('other'), name: 'bags', filter: {}, createdBy: 'lea' })).rejects.toMatchObject({ kind: 'expected' });
  } finally {
    await store.close();
  }
});
