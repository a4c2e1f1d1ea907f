import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres, type PostgresServer } from '../../../e2e/services/servers/postgres.ts';
import { startTcpProxy, type TcpProxy } from '../../../e2e/services/servers/tcpProxy.ts';
import { systemClock } from '../../base/systemClock.ts';
import { asId } from '../../../shared/domain/ids.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { openStore } from '../index.ts';
import { addressOf } from './clientConfig.ts';
import { ClientPool } from './clientPool.ts';
import { PostgresConnection } from './postgresConnection.ts';
import { image1, image2, modelRevision, plainEvents, seedCatalog, verdictInput } from '../testing/samples.ts';

let server: PostgresServer;
let proxy: TcpProxy;
let store: Store;
const opened: Store[] = [];

const open = async (patienceMs: number, port: number): Promise<Store> => {
  const made = await openStore({ kind: 'postgres', url: `postgres://maskdesk@127.0.0.1:${port}/postgres`, create: true, clock: systemClock, patienceMs, poolSize: 6 });
  opened.push(made);
  return made;
};

const say = (to: Store, text: string) => to.comments.add({ commentId: asId(randomUUID()), asset: image1, revisionId: null, pointImagePx: null, author: 'ada', text });
const said = async (): Promise<readonly string[]> => (await store.comments.ofAsset(image1)).map(({ text }) => text);

beforeAll(async () => {
  // What was acknowledged must outlive a kill, which fsync has no part in: only the machine's own death would need it.
  server = await startPostgres({ settings: { fsync: 'off' } });
  proxy = await startTcpProxy({ host: '127.0.0.1', port: server.port });
  store = await open(15_000, server.port);
  await seedCatalog(store);
});

afterAll(async () => {
  for (const each of opened) await each.close();
  await proxy.stop();
  await server.dispose();
});

describe('PostgreSQL comes and goes', () => {
  it('loses nothing when it is killed in the middle of work: what was acknowledged is there, once', async () => {
    const acknowledged: string[] = [];
    let isOver = false;
    const work = async (name: string): Promise<void> => {
      for (let at = 0; !isOver; at++) {
        await say(store, `${name} ${at}`);
        acknowledged.push(`${name} ${at}`);
      }
    };
    const working = Promise.all(['a', 'b', 'c', 'd'].map(work));
    for (let kills = 0; kills < 3; kills++) {
      const before = acknowledged.length;
      while (acknowledged.length < before + 20) await new Promise((resolve) => setTimeout(resolve, 5));
      await server.kill();
      await server.restart();
    }
    isOver = true;
    await working;
    const texts = await said();
    expect(texts.toSorted()).toEqual(acknowledged.toSorted());
  });

  it('knows of every COMMIT whose answer was lost whether it counts', async () => {
    const { config, place } = addressOf({ url: `postgres://maskdesk@127.0.0.1:${proxy.port}/postgres`, create: true, clock: systemClock });
    const through = new PostgresConnection({ config, place, poolSize: 2, patienceMs: 15_000, readOnly: false, databaseNowMs: undefined }, () => undefined);
    await store.settings.set('count', 0);
    const cuts = 80;
    for (let at = 0; at < cuts; at++) {
      // Each time a few bytes later in what the server answers: before, at, or just behind its word that the transaction counts.
      proxy.cutAfter(10 + at * 4, 'toClient');
      // Counts twice what is done twice, and not at all what was taken for done.
      await through.write((queries) => sql`update maskdesk_settings set value = (value::integer + 1)::text where key = 'count'`.execute(queries));
    }
    proxy.cutAfter(null);
    expect(await store.settings.get('count')).toBe(cuts);
    await through.close();
  });

  it('says within seconds that it is gone, and works again by itself', async () => {
    const hasty = await open(300, server.port);
    const heardAgain = Promise.withResolvers<void>();
    hasty.listen?.((assets) => {
      if (assets.length === 0) heardAgain.resolve();
    });
    const { revision } = await hasty.revisions.addCandidate(modelRevision(image1));
    await server.stop();
    for (const call of [() => hasty.assets.counts(), () => say(hasty, 'into the void'), () => hasty.review.recordVerdict(verdictInput(image1, 'approve', revision.revisionId))]) {
      const error: unknown = await call().catch((reason: unknown) => reason);
      expect(isExpected(error, 'store_unreachable')).toBe(true);
    }
    expect(await hasty.changedElsewhere()).toBe(true);
    await expect(open(300, server.port)).rejects.toMatchObject({ code: 'store_unreachable' });
    await server.restart();
    const verdict = await hasty.review.recordVerdict(verdictInput(image1, 'approve', revision.revisionId));
    expect(verdict.head?.revisionId).toBe(revision.revisionId);
    expect(await said()).not.toContain('into the void');
    await heardAgain.promise;
  });

  it('places a mask again whose transaction a kill has ended, and publishes it once', async () => {
    let placed = 0;
    const outcome = await store.publications.publishNext({
      place: async () => {
        if (++placed > 1) return;
        await server.kill();
        await server.restart();
      },
      eventsOf: plainEvents,
    });
    expect([outcome?.kind, placed]).toEqual(['published', 2]);
    expect(await store.outbox.unsentCount()).toBe(outcome?.publication.events.length);
    expect((await store.assets.get(image1))?.maskedLocalPath).toBe('data/masks/image-1.png');
  });

  it('goes on watching a path for a try without an answer, though the transaction that made it was ended and the next was answered', async () => {
    const { revision } = await store.revisions.addCandidate(modelRevision(image2));
    await store.review.recordVerdict(verdictInput(image2, 'approve', revision.revisionId));
    let placed = 0;
    const outcome = await store.publications.publishNext({
      noteFirst: true,
      place: async (_publication, onUnsettled) => {
        if (++placed > 1) return;
        onUnsettled();
        await server.kill();
        await server.restart();
      },
      eventsOf: plainEvents,
    });
    expect([outcome?.kind, placed]).toEqual(['published', 2]);
    expect((await store.placements.list(60_000)).map(({ stablePath }) => stablePath)).toEqual([outcome?.publication.stablePath]);
  });

  it('outlives a connection that is ended in the same breath in which it was made', async () => {
    const { config } = addressOf({ url: `postgres://maskdesk@127.0.0.1:${server.port}/postgres`, create: true, clock: systemClock });
    const admin = new ClientPool(config, 1, () => undefined);
    // Keeps what the server says until it hangs up: its welcome and its farewell come in one piece.
    const kept = createServer((client) => {
      const heard: Buffer[] = [];
      const upstream = connect(server.port, '127.0.0.1');
      client.pipe(upstream);
      client.on('error', () => undefined);
      upstream.on('error', () => undefined);
      upstream.on('data', (chunk: Buffer) => {
        if (heard.push(chunk) === 1) void admin.lend(({ raw }) => raw.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'brief'"));
      });
      upstream.on('end', () => client.end(Buffer.concat(heard)));
    });
    kept.listen(0, '127.0.0.1');
    await once(kept, 'listening');
    const uncaught: unknown[] = [];
    const catchIt = (error: unknown): void => void uncaught.push(error);
    process.on('uncaughtException', catchIt);
    try {
      const brief = new ClientPool({ ...config, port: (kept.address() as AddressInfo).port, application_name: 'brief' }, 1, () => undefined);
      await expect(brief.lend(({ raw }) => raw.query('select 1'))).rejects.toThrow();
      await brief.close();
      expect(uncaught).toEqual([]);
    } finally {
      process.off('uncaughtException', catchIt);
      kept.close();
      await admin.close();
    }
  });
});
