import { openStore } from '../index.ts';
import { systemClock } from '../../base/systemClock.ts';
import { plainEvents } from './samples.ts';
import type { Store } from '../../../shared/ports/store/store.ts';

/**
 * A second process on the same store, for tests: `node storeProcess.ts <folder> <work>`. Says what it did as messages to its parent.
 */
const [storeDir = '', workName = ''] = process.argv.slice(2);

const say = (message: unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(message, undefined, undefined, (error) => (error === null ? resolve() : reject(error)));
  });

const works: Readonly<Record<string, (store: Store) => Promise<void>>> = {
  /** Only opens (and makes, and migrates). */
  open: async (store) => say({ opened: (await store.health()).ok }),
  /** Takes every task there is. */
  claim: async (store) => {
    const taken: string[] = [];
    for (;;) {
      const task = await store.tasks.claimNext(String(process.pid), { leaseMs: 60_000 });
      if (task === null) break;
      taken.push(task.asset.id);
      await store.tasks.finish(task.taskId, String(process.pid));
    }
    await say({ taken });
  },
  /** Publishes and delivers all that is pending, and says when each one began and ended. */
  publish: async (store) => {
    const spans: { id: string; fromMs: number; toMs: number }[] = [];
    const sent: string[] = [];
    let more = true;
    while (more) {
      const outcome = await store.publications.publishNext({
        place: async (publication) => {
          const fromMs = Date.now();
          await new Promise((resolve) => setTimeout(resolve, 2));
          spans.push({ id: publication.publicationId, fromMs, toMs: Date.now() });
        },
        eventsOf: plainEvents,
      });
      const delivered = await store.outbox.deliverNext(async (event) => void sent.push(event.eventId));
      more = outcome !== null || delivered;
    }
    await say({ spans, sent });
  },
  /** Dies in the middle of placing a mask, by the parent's hand. */
  hang: async (store) => {
    await store.publications.publishNext({
      place: async (publication) => {
        await say({ placing: publication.publicationId });
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      },
      eventsOf: plainEvents,
    });
  },
};

const work = works[workName];
if (work === undefined) throw new Error(`No such work: ${workName}`);
const store = await openStore({ storeDir, create: true, clock: systemClock });
await work(store);
await store.close();
process.disconnect();
