import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { systemClock } from '../../base/systemClock.ts';
import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import type { MaskChecks } from '../../../shared/domain/check.ts';
import { asId, type AssetId } from '../../../shared/domain/ids.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { openStore } from '../index.ts';
import { createTestDatabases } from '../testing/postgresFixture.ts';
import { addressOf } from './clientConfig.ts';
import { PostgresConnection } from './postgresConnection.ts';
import { addImage, humanRevision, modelRevision, parameters, plainEvents, seedCatalog, verdictInput } from '../testing/samples.ts';

const databases = createTestDatabases(inject('postgresUrl'));
afterAll(() => databases.dispose());

let url: string;
let one: Store;
let other: Store;
const opened: Store[] = [];

const open = async (clock: Clock = systemClock): Promise<Store> => {
  const store = await openStore({ kind: 'postgres', url, create: true, clock, poolSize: 8 });
  opened.push(store);
  return store;
};

const images = async (count: number): Promise<readonly AssetRef[]> => {
  const assets = Array.from({ length: count }, (_, at): AssetRef => ({ kind: 'product_image', id: asId<AssetId>(`image ${at}`) }));
  for (const { id } of assets) await addImage(one, id);
  return assets;
};

beforeEach(async () => {
  url = await databases.ready();
  one = await open();
  other = await open();
  await seedCatalog(one);
});

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

describe('several at one PostgreSQL store', () => {
  it('lets one of two verdicts on a version win; the other one learns that it is stale', async () => {
    for (const asset of await images(6)) {
      const head = (await one.revisions.addCandidate(modelRevision(asset))).revision.revisionId;
      const verdict = (store: Store) => store.review.recordVerdict({ ...verdictInput(asset, 'approve', head), newRevision: humanRevision(asset, head) });
      const outcomes = await Promise.allSettled([verdict(one), verdict(other), verdict(one)]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'stale_revision' });
      expect(await other.review.verdictsOf(asset)).toHaveLength(1);
    }
  });

  it('gives a task to one worker, and puts an asset in line once, however many ask', async () => {
    const assets = await images(30);
    const enqueued = await Promise.all([one, other, one, other].map((store) => store.tasks.enqueue(assets, parameters)));
    expect(enqueued.flatMap(({ added }) => added)).toHaveLength(30);
    const taken: string[] = [];
    const work = async (store: Store, owner: string): Promise<void> => {
      for (;;) {
        const task = await store.tasks.claimNext(owner, { leaseMs: 60_000 });
        if (task === null) return;
        taken.push(task.asset.id);
        expect(await store.tasks.finish(task.taskId, owner)).toBe(true);
      }
    };
    await Promise.all([work(one, 'a'), work(one, 'b'), work(other, 'c'), work(other, 'd')]);
    // Somebody may have found every free task claimed and gone home; nothing is done twice.
    expect(new Set(taken).size).toBe(taken.length);
    await work(one, 'e');
    expect(taken.toSorted()).toEqual(assets.map(({ id }) => String(id)).toSorted());
  });

  it('waits for what another places with nothing locked that the other one needs', async () => {
    const [asset] = await images(1);
    if (asset === undefined) return;
    const head = (await one.revisions.addCandidate(modelRevision(asset))).revision.revisionId;
    await one.review.recordVerdict(verdictInput(asset, 'approve', head));
    const [began, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let placed = 0;
    const placing = one.publications.publishNext({
      place: async () => {
        placed++;
        began.resolve();
        await goOn.promise;
      },
      eventsOf: plainEvents,
    });
    await began.promise;
    const waiting = other.publications.publishNext({ place: () => Promise.reject(new Error('there is nothing left to place')), eventsOf: plainEvents });
    for (let waiters = 0; waiters === 0; ) waiters = (await databases.sql(url, "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).length;
    // The one that places changes this row at its end.
    expect(await databases.sql(url, 'select sequence from maskdesk.publications for no key update skip locked')).toHaveLength(1);
    goOn.resolve();
    expect(await placing).toMatchObject({ kind: 'published' });
    expect(await waiting).toBeNull();
    expect(placed).toBe(1);
  });

  it('publishes different assets beside each other, one asset never twice nor at once, and sends in order', async () => {
    const assets = await images(10);
    for (const asset of assets) {
      const head = (await one.revisions.addCandidate(modelRevision(asset))).revision.revisionId;
      for (const kind of ['approve', 'reject', 'approve'] as const) await one.review.recordVerdict(verdictInput(asset, kind, head));
    }
    const placing = new Set<string>();
    const order: string[] = [];
    let mostAtOnce = 0;
    const publish = async (store: Store): Promise<void> => {
      for (;;) {
        const outcome = await store.publications.publishNext({
          place: async ({ asset, sequence }) => {
            expect(placing.has(assetKey(asset))).toBe(false);
            placing.add(assetKey(asset));
            mostAtOnce = Math.max(mostAtOnce, placing.size);
            order.push(`${asset.id} ${String(sequence).padStart(9, '0')}`);
            await new Promise((resolve) => setTimeout(resolve, 5));
            placing.delete(assetKey(asset));
          },
          eventsOf: plainEvents,
        });
        if (outcome === null) return;
      }
    };
    const sent: string[] = [];
    const send = async (store: Store): Promise<void> => {
      while (await store.outbox.deliverNext(async (event) => void sent.push(event.eventId)));
    };
    await Promise.all([publish(one), publish(other), publish(one)]);
    expect(mostAtOnce).toBeGreaterThan(1);
    for (const { id } of assets) {
      const own = order.filter((entry) => entry.startsWith(`${id} `));
      expect(own).toHaveLength(3);
      expect(own).toEqual(own.toSorted());
    }
    await Promise.all([send(one), send(other), send(other)]);
    expect(sent).toEqual((await one.outbox.list()).map(({ eventId }) => eventId));
  });

  it('gets through transactions that take the same assets in crossing orders', async () => {
    const assets = await images(8);
    const checks: MaskChecks[] = [];
    for (const asset of assets) checks.push({ revisionId: (await one.revisions.addCandidate(modelRevision(asset))).revision.revisionId, version: 1, results: [], suspicion: 0.5 });
    const put = async (store: Store, reverse: boolean): Promise<void> => {
      for (let round = 1; round <= 4; round++) {
        const all = checks.map((each) => ({ ...each, version: round }));
        await store.checks.put(reverse ? all.toReversed() : all);
      }
    };
    await Promise.all([put(one, false), put(other, true), put(one, true), put(other, false)]);
    expect((await one.health()).findings).toEqual([]);
    expect((await one.assets.counts()).to_review).toBe(8);
  });

  it('repeats a transaction that a deadlock has ended', async () => {
    const { config, place } = addressOf({ url, create: true, clock: systemClock });
    const settings = { config, place, poolSize: 4, patienceMs: 1_000, readOnly: false, databaseNowMs: undefined };
    const connections = [new PostgresConnection(settings, () => undefined), new PostgresConnection(settings, () => undefined)] as const;
    await Promise.all([one.settings.set('left', 0), one.settings.set('right', 0)]);
    const bothHoldOne = Promise.withResolvers<void>();
    let holding = 0;
    const runs: string[] = [];
    const add = (connection: PostgresConnection, keys: readonly [string, string]): Promise<void> =>
      connection.write(async (queries) => {
        runs.push(keys[0]);
        for (const key of keys) {
          await sql`update maskdesk_settings set value = (value::integer + 1)::text where key = ${key}`.execute(queries);
          if (++holding === 2) bothHoldOne.resolve();
          await bothHoldOne.promise;
        }
      });
    await Promise.all([add(connections[0], ['left', 'right']), add(connections[1], ['right', 'left'])]);
    expect(runs).toHaveLength(3);
    expect([await one.settings.get('left'), await one.settings.get('right')]).toEqual([2, 2]);
    for (const connection of connections) await connection.close();
  });

  it('keeps the counts of the queue in step while many change the same groups', async () => {
    const assets = await images(24);
    const judge = async (store: Store, part: number): Promise<void> => {
      for (const asset of assets.filter((_asset, at) => at % 4 === part)) {
        const head = (await store.revisions.addCandidate(modelRevision(asset))).revision.revisionId;
        await store.review.recordVerdict(verdictInput(asset, part % 2 === 0 ? 'approve' : 'reject', head));
      }
    };
    await Promise.all([judge(one, 0), judge(other, 1), judge(one, 2), judge(other, 3)]);
    expect(await one.assets.counts()).toMatchObject({ approved: 12, rejected: 12, to_review: 0 });
    await databases.sql(url, 'select maskdesk.fold_groups()');
    expect(await other.assets.counts()).toMatchObject({ approved: 12, rejected: 12, to_review: 0 });
    expect((await one.health()).ok).toBe(true);
  });

  it("goes by the database's clock: a machine whose own is a day off neither steals nor is robbed", async () => {
    const ahead = await open({ nowMs: () => Date.now() + 86_400_000, uuid: () => systemClock.uuid() });
    const behind = await open({ nowMs: () => Date.now() - 86_400_000, uuid: () => systemClock.uuid() });
    expect(await behind.leases.acquire('desk', 'behind', 60_000)).toBe(true);
    expect(await ahead.leases.acquire('desk', 'ahead', 60_000)).toBe(false);
    expect(await ahead.leases.ownerOf('desk')).toBe('behind');
    const [asset] = await images(1);
    await one.tasks.enqueue(asset === undefined ? [] : [asset], parameters);
    expect(await behind.tasks.claimNext('behind', { leaseMs: 60_000 })).not.toBeNull();
    expect(await ahead.tasks.requeueOrphans(() => false)).toBe(0);
  });

  it('hears of what others commit, and not of its own', async () => {
    const heard: string[] = [];
    const gotBoth = Promise.withResolvers<void>();
    const own: string[] = [];
    one.listen?.((assets) => own.push(...assets.map(assetKey)));
    other.listen?.((assets) => {
      heard.push(...assets.map(assetKey));
      if (heard.includes('product_image:image-2')) gotBoth.resolve();
    });
    await other.changedElsewhere();
    await one.revisions.addCandidate(modelRevision({ kind: 'product_image', id: asId('image-1') }));
    await one.revisions.addCandidate(modelRevision({ kind: 'product_image', id: asId('image-2') }));
    await gotBoth.promise;
    // Before them, perhaps, the last of what was seeded.
    expect(heard.filter((key) => key.startsWith('product_image:image-1')).length).toBeGreaterThan(0);
    expect(own).toEqual([]);
    expect(await other.changedElsewhere()).toBe(true);
    expect(await other.changedElsewhere()).toBe(false);
  });

  it('is set up once when ten open an empty database at the same moment', async () => {
    url = await databases.empty();
    const stores = await Promise.all(Array.from({ length: 10 }, () => open()));
    expect(stores.filter(({ created }) => created)).toHaveLength(1);
    expect((await stores[9]?.health())?.ok).toBe(true);
  });
});
