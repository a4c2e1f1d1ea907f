import { it } from 'vitest';
import { checkIntakeLaw } from './testing/intakeLaw.ts';
import { createIntakeRig } from './testing/intakeRig.ts';

it('whatever order messages come in, how often, and wherever their worker dies: one event an answer, one a batch, with the right total and last', async () => {
  const make = async () => {
    const rig = await createIntakeRig();
    return { rig, stores: [rig.store], dispose: () => rig.dispose() };
  };
  await checkIntakeLaw(make, 25);
}, 120_000);
