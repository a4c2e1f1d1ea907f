import { afterAll, inject, it } from 'vitest';
import type { Store } from '../../shared/ports/store/store.ts';
import { systemClock } from '../base/systemClock.ts';
import { openStore } from '../store/index.ts';
import { createTestDatabases } from '../store/testing/postgresFixture.ts';
import { checkIntakeLaw } from './testing/intakeLaw.ts';
import { createIntakeRig } from './testing/intakeRig.ts';

const databases = createTestDatabases(inject('postgresUrl'));
afterAll(() => databases.dispose());

it('three workers on one PostgreSQL, one of which dies now and then: the same law as for one worker', async () => {
  const make = async () => {
    const url = await databases.ready();
    const open = (): Promise<Store> => openStore({ kind: 'postgres', url, create: true, clock: systemClock, poolSize: 6 });
    const [first, ...others] = await Promise.all([open(), open(), open()]);
    const rig = await createIntakeRig(first);
    return {
      rig,
      stores: [first, ...others],
      dispose: async () => {
        await rig.dispose();
        for (const other of others) await other.close();
      },
    };
  };
  await checkIntakeLaw(make, 10);
}, 180_000);
