import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { S3Server } from '../../e2e/services/servers/s3.ts';
import { startTcpProxy, type HeldConnection, type TcpProxy } from '../../e2e/services/servers/tcpProxy.ts';
import { sha256Hex } from '../base/hash.ts';
import { createLogger } from '../base/logger.ts';
import { systemClock } from '../base/systemClock.ts';
import { openBlobs } from '../blobs/index.ts';
import type { S3BlobOptions } from '../blobs/s3/options.ts';
import { optionsFor, startTestS3 } from '../blobs/testing/testS3.ts';
import { openBroker } from '../brokers/index.ts';
import { AppEvents } from '../services/appEvents.ts';
import { createPublisher, type Publisher } from '../services/publish/publisher.ts';
import { recover } from '../services/publish/recoverService.ts';
import { createSettleWatch } from '../services/publish/settleWatch.ts';
import { openStore } from '../store/index.ts';
import { createTestDatabases } from '../store/testing/postgresFixture.ts';
import { humanRevision, image1, modelRevision, seedCatalog, verdictInput } from '../store/testing/samples.ts';
import { maskBlobKey } from '../../shared/domain/blobKeys.ts';
import type { RevisionId } from '../../shared/domain/ids.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { PublishUntilKilledInput } from './testing/publishUntilKilled.ts';

const program = fileURLToPath(new URL('./testing/publishUntilKilled.ts', import.meta.url));
const stableKey = 'data/masks/image-1.png';
const logger = createLogger('test');
const latenessMs = 15 * 60_000;

let server: S3Server;
let proxy: TcpProxy;
const databases = createTestDatabases(inject('postgresUrl'));
beforeAll(async () => {
  server = await startTestS3();
  proxy = await startTcpProxy(server);
});
afterAll(async () => {
  await proxy.stop();
  await server.stop();
  await databases.dispose();
});

const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
});

describe.each(['sqlite', 'postgres'] as const)('a write that lands late, with %s', (kind) => {
  let folder: string;
  let place: PublishUntilKilledInput['store'];
  let options: S3BlobOptions;
  let store: Store;
  let blobs: BlobStore;
  let publisher: Publisher;
  let aheadMs: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'maskdesk-late-'));
    place = kind === 'sqlite' ? { kind, storeDir: folder } : { kind, url: await databases.ready() };
    options = optionsFor(server);
    aheadMs = 0;
    const clock = { ...systemClock, nowMs: () => Date.now() + aheadMs };
    store = await openStore({ ...place, create: kind === 'sqlite', clock, ...(kind === 'postgres' ? { databaseNowMs: clock.nowMs } : {}) });
    blobs = await openBlobs({ kind: 's3', ...options });
    const broker = await openBroker({ kind: 'local', storeDir: folder, clock });
    publisher = createPublisher({ store, blobs, broker, events: new AppEvents(), logger });
    await seedCatalog(store);
  });
  afterEach(async () => {
    await publisher.dispose();
    await store.close();
    await rm(folder, { recursive: true });
  });

  const stored = async (): Promise<string | null> => ((await blobs.has(stableKey)) ? new TextDecoder().decode(await blobs.get(stableKey)) : null);
  const keepMask = async (text: string): Promise<{ maskSha256: ReturnType<typeof sha256Hex> }> => {
    await blobs.put(maskBlobKey(sha256Hex(text)), new TextEncoder().encode(text));
    return { maskSha256: sha256Hex(text) };
  };
  /** The first mask is a model's, approved as it is. */
  const approveFirst = async (): Promise<RevisionId> => {
    const { revision } = await store.revisions.addCandidate({ ...modelRevision(image1), ...(await keepMask('first')) });
    await store.review.recordVerdict(verdictInput(image1, 'approve', revision.revisionId));
    return revision.revisionId;
  };
  const approveAnother = async (head: RevisionId, text: string): Promise<RevisionId> => {
    const newRevision = { ...humanRevision(image1, head), ...(await keepMask(text)) };
    await store.review.recordVerdict({ ...verdictInput(image1, 'approve', head), newRevision });
    return newRevision.revisionId;
  };
  const publish = async (): Promise<void> => expect((await publisher.drain()).problems).toEqual([]);

  /** Another process publishes, and dies while its write to the stable path is under way. */
  const publishAndDie = async (method: 'PUT' | 'DELETE'): Promise<HeldConnection> => {
    const holding = proxy.holdNext((head) => head.startsWith(method) && head.includes(stableKey));
    const input: PublishUntilKilledInput = { store: place, blobs: { ...options, endpoint: `http://${proxy.address}` }, brokerDir: folder };
    const child = spawn(process.execPath, [program, JSON.stringify(input)], { stdio: 'inherit' });
    children.push(child);
    const held = await Promise.race([holding, once(child, 'exit').then(() => Promise.reject(new Error('it ended before it wrote')))]);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    return held;
  };
  const watch = () => createSettleWatch({ store, blobs, logger, latenessMs });

  it('is put right by the watch: the newer mask stands in the end', async () => {
    const first = await approveFirst();
    const held = await publishAndDie('PUT');
    await publish();
    await approveAnother(first, 'second');
    await publish();
    expect(await stored()).toBe('second');
    await held.release();
    expect(await stored()).toBe('first');

    aheadMs = 10_000;
    expect(await watch().look()).toEqual({ looked: 1, mended: [stableKey] });
    expect(await stored()).toBe('second');
    aheadMs += 6_000;
    expect(await watch().look()).toEqual({ looked: 1, mended: [] });
    // Once nothing can come any more the path is forgotten.
    aheadMs += latenessMs;
    expect(await watch().look()).toEqual({ looked: 1, mended: [] });
    expect(await store.placements.list(latenessMs)).toEqual([]);
  });

  it('is put right by recover, also where nothing should stand any more', async () => {
    const first = await approveFirst();
    const held = await publishAndDie('PUT');
    await publish();
    await store.review.recordVerdict(verdictInput(image1, 'reject', first));
    await publish();
    expect(await stored()).toBeNull();
    await held.release();
    expect(await stored()).toBe('first');
    expect((await recover(store, blobs, publisher)).repaired).toEqual([stableKey]);
    expect(await stored()).toBeNull();
    expect((await store.assets.get(image1))?.maskedLocalPath).toBeNull();
  });

  it('that removes is put right as well', async () => {
    const first = await approveFirst();
    await publish();
    await store.review.recordVerdict(verdictInput(image1, 'reject', first));
    const held = await publishAndDie('DELETE');
    await publish();
    await approveAnother(first, 'second');
    await publish();
    await held.release();
    expect(await stored()).toBeNull();
    aheadMs = 10_000;
    expect(await watch().look()).toMatchObject({ mended: [stableKey] });
    expect(await stored()).toBe('second');
  });

  it('is remembered by a process that lives on and was answered at its second try', async () => {
    const first = await approveFirst();
    const slow = await openBlobs({ kind: 's3', ...options, endpoint: `http://${proxy.address}`, stallTimeoutMs: 300 });
    const holding = proxy.holdNext((head) => head.startsWith('PUT') && head.includes(stableKey));
    const through = createPublisher({ store, blobs: slow, broker: await openBroker({ kind: 'local', storeDir: folder, clock: systemClock }), events: new AppEvents(), logger });
    const drained = through.drain();
    const held = await holding;
    expect((await drained).problems).toEqual([]);
    await approveAnother(first, 'second');
    await publish();
    await held.release();
    expect(await stored()).toBe('first');
    aheadMs = 10_000;
    expect(await watch().look()).toMatchObject({ mended: [stableKey] });
    expect(await stored()).toBe('second');
  });

  it('is not waited for where every try was answered', async () => {
    await approveFirst();
    await publish();
    expect(await stored()).toBe('first');
    expect(await store.placements.list(latenessMs)).toEqual([]);
  });

  it('removes nothing while a publication of the path is pending', async () => {
    await approveFirst();
    await (await publishAndDie('PUT')).release();
    aheadMs = 10_000;
    expect(await watch().look()).toEqual({ looked: 1, mended: [] });
    expect(await stored()).toBe('first');
    await publish();
    expect((await store.assets.get(image1))?.maskedLocalPath).toBe(stableKey);
  });
});
