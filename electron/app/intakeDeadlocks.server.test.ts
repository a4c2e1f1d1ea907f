import { afterAll, expect, inject, it } from 'vitest';
import { present } from '../../shared/errors/errors.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import { systemClock } from '../base/systemClock.ts';
import { openStore } from '../store/index.ts';
import { createTestDatabases } from '../store/testing/postgresFixture.ts';
import { createIntakeRig, frameBatch, framesReady } from './testing/intakeRig.ts';

const databases = createTestDatabases(inject('postgresUrl'));
afterAll(() => databases.dispose());

const frameIds = Array.from({ length: 12 }, (_, index) => `f${index}`);
const never = new AbortController().signal;

/** Pictures in several jobs are the rule for keyframes; PostgreSQL takes a second to see a deadlock, and one of the two has to begin anew. */
it.each([[['J1']], [['J1', 'J2', 'J3']]])('three workers with each message twice, jobs %j: no deadlock, one event of each', async (jobs) => {
  const url = await databases.ready();
  const open = (): Promise<Store> => openStore({ kind: 'postgres', url, create: true, clock: systemClock, poolSize: 10 });
  const [first, ...others] = await Promise.all([open(), open(), open()]);
  const rig = await createIntakeRig(first);
  try {
    await rig.addFrames('video', jobs, frameIds);
    const workers = [first, ...others].map((store) => rig.worker({ parts: { store }, settings: { concurrency: 8 } }));
    const messages = [...frameIds.flatMap((id) => jobs.map((job) => framesReady(job, 'video', [id]))), ...jobs.map((job) => frameBatch(job, frameIds.length))];
    const settlements = await Promise.all([0, 1].flatMap((shift) => messages.map((message, index) => present(workers[(index + shift) % workers.length], 'a worker').handle(message, never))));
    expect(new Set(settlements.map((settlement) => settlement.kind))).toEqual(new Set(['ack']));
    expect(await rig.events()).toHaveLength(jobs.length * (frameIds.length + 1));
    const totals = (await rig.events()).flatMap(({ payload }) => ('total_keyframes' in payload ? [payload['total_keyframes']] : []));
    expect(totals).toEqual(jobs.map(() => frameIds.length));
  } finally {
    await rig.dispose();
    for (const other of others) await other.close();
  }
  // A connection tells the statistics at its end, if not before: all are closed now.
  expect(await databases.sql(url, 'select deadlocks::int from pg_stat_database where datname = current_database()')).toEqual([{ deadlocks: 0 }]);
}, 120_000);
