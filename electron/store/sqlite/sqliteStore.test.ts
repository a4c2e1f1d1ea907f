import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../../shared/ports/store/store.ts';
import { openStore } from '../index.ts';
import { storeContract } from '../testing/storeContract.ts';
import { createTestClock } from '../testing/testClock.ts';

storeContract('sqlite', async () => {
  const storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-store-'));
  const clock = createTestClock();
  const opened: Store[] = [];
  const open = async (): Promise<Store> => {
    const store = await openStore({ storeDir, create: true, clock });
    opened.push(store);
    return store;
  };
  return {
    store: await open(),
    clock,
    openAnother: open,
    dispose: async () => {
      for (const store of opened) await store.close();
      await rm(storeDir, { recursive: true });
    },
  };
});
