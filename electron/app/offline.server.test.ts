import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startPostgres, type PostgresServer } from '../../e2e/services/servers/postgres.ts';
import { sha256Hex } from '../base/hash.ts';
import { createLogger } from '../base/logger.ts';
import type { AppEvent } from '../../shared/contracts/rpc/app.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { asId, type AssetId, type JobId, type ProductId, type RevisionId, type Sha256 } from '../../shared/domain/ids.ts';
import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { encodeRle } from '../../shared/mask/rleBinary.ts';
import { loadConfig } from './config.ts';
import { createApp, type App } from './createApp.ts';

const widthPx = 40;
const heightPx = 30;
const assetNamed = (id: string): AssetRef => ({ kind: 'product_image', id: asId<AssetId>(id) });
const [first, second, third] = ['a', 'b', 'c'].map(assetNamed) as [AssetRef, AssetRef, AssetRef];

/** A mask with that many full rows. */
const rows = (count: number): Uint8Array => {
  const mask = emptyBitmap(widthPx, heightPx);
  mask.data.fill(255, 0, count * widthPx);
  return encodeRle(mask);
};

let server: PostgresServer;
let folder: string;
let url: string;
/** The desk under test, and a colleague at another machine. */
let desk: App;
let other: App;
let heard: AppEvent[];

const open = async (name: string): Promise<App> => {
  const tables = { store: { kind: 'postgres', dsn: url, patienceSeconds: 1 }, blobs: { kind: 'disk', root: join(folder, 'root') }, broker: { kind: 'none' } };
  const config = await loadConfig({ tables, reviewer: name, background: false, create: true }, { ...process.env, MASKDESK_DATA: join(folder, name) });
  return createApp(config, { worksOffline: true, heedsLeases: true, logger: createLogger('test', 'silent') });
};

const addAssets = async ({ services: { store }, blobs, codec }: App): Promise<void> => {
  const jobId = asId<JobId>('job');
  await store.catalog.ensureJob({ jobId, industry: 'test' });
  await store.catalog.ensureProduct({ productId: asId<ProductId>('p'), jobId, src: 't', asinOrItemId: 't', title: null, marketplace: 'us' });
  await blobs.put('data/images/photo.png', await codec.encodeMatte(widthPx, heightPx, new Uint8Array(widthPx * heightPx).fill(90)));
  for (const asset of [first, second, third]) {
    await store.catalog.addAsset({ kind: 'product_image', id: asset.id, productId: asId<ProductId>('p'), localPath: 'data/images/photo.png', widthPx, heightPx, sourceSha256: sha256Hex(asset.id) });
    const { maskSha256 } = await desk.services.pixels.uploadMask(asset, rows(5));
    const model = { modelId: asId('m'), weightsSha256: sha256Hex('m'), threshold: 0.5, executionProvider: 'cpu', inferenceMs: 1, confidence: 0.5 } as const;
    await store.revisions.addCandidate({ revisionId: asId<RevisionId>(randomUUID()), asset, parentId: null, maskSha256, matteSha256: null, widthPx, heightPx, areaPx: 5 * widthPx, origin: 'model', author: 'm', model: model as never, prompts: null });
  }
};

const headOf = async (app: App, asset: AssetRef): Promise<RevisionId | null> => (await app.services.store.assets.get(asset))?.headRevisionId ?? null;
const upload = async (app: App, asset: AssetRef, count: number): Promise<Sha256> => (await app.services.pixels.uploadMask(asset, rows(count))).maskSha256;
const look = async (app: App): Promise<void> => void (await app.services.store.assets.window({ offset: 0, limit: 10 }));

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server.dispose());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-offline-'));
  await mkdir(join(folder, 'root'));
  url = await server.createDatabase(`t${randomUUID().replaceAll('-', '')}`);
  desk = await open('ana');
  await addAssets(desk);
  await look(desk);
  other = await open('ben');
  heard = [];
  desk.services.events.listen((event) => heard.push(event));
}, 30_000);
afterEach(async () => {
  await server.restart();
  await desk.close();
  await other.close();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

const back = async (): Promise<void> => {
  await server.restart();
  expect(await desk.services.offline.retry()).toEqual({ kind: 'online' });
};

describe('while the store is away', () => {
  test('verdicts and drafts wait on this machine, survive a restart of the app, and are sent in order', async () => {
    const { review, pixels, offline, store } = desk.services;
    const head = await headOf(desk, first);
    const seen = await headOf(desk, second);
    await server.stop();

    const maskSha256 = await upload(desk, first, 9);
    const approved = await review.approve({ asset: first, expectedHead: head, maskSha256 });
    expect(approved).toMatchObject({ isWaiting: true, asset: { state: 'approved', reviewer: 'ana' }, head: { maskSha256, author: 'ana' } });
    expect(offline.reach).toMatchObject({ kind: 'away', parts: ['store'] });
    // The version to be is there to look at, and to judge on.
    expect(await pixels.maskRle(approved.head?.revisionId as RevisionId)).toEqual(rows(9));
    await review.reopen({ asset: first, expectedHead: approved.head?.revisionId as RevisionId });
    await review.reject({ asset: second, expectedHead: seen, reason: 'holes', note: null });
    await pixels.saveDraft(third, await headOf(desk, third), rows(12));
    expect((await pixels.draft(third))?.maskRle).toEqual(rows(12));
    expect(heard.filter(({ kind }) => kind === 'reach')).toHaveLength(1);
    await expect(store.assets.window({ offset: 0, limit: 10 })).rejects.toMatchObject({ code: 'store_unreachable' });

    await server.restart();
    await desk.close();
    desk = await open('ana');
    const waiting = await desk.services.offline.waiting();
    expect(waiting.map(({ kind, asset, conflict }) => [kind, asset.id, conflict])).toEqual([
      ['approve', 'a', null],
      ['reopen', 'a', null],
      ['reject', 'b', null],
      ['draft', 'c', null],
    ]);
    const outcomes = await desk.services.offline.send(null);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(await desk.services.offline.waiting()).toEqual([]);
    const now = desk.services.store;
    expect(await now.assets.get(first)).toMatchObject({ state: 'to_review', headRevisionId: approved.head?.revisionId });
    expect((await now.review.verdictsOf(first)).map(({ kind, verdictId }) => [kind, verdictId])).toContainEqual(['approve', approved.verdict.verdictId]);
    expect(await now.assets.get(second)).toMatchObject({ state: 'rejected', reviewer: 'ana' });
    expect((await now.drafts.get(third, 'ana'))?.maskRle).toEqual(rows(12));
    expect((await readdir(join(folder, 'ana', 'teamStores', (await readdir(join(folder, 'ana', 'teamStores')))[0] as string, 'offline'))).filter((name) => name.endsWith('.json'))).toEqual([]);
  }, 60_000);

  test('a verdict is taken back while it waits: its mask is the draft again', async () => {
    const { review, pixels, offline } = desk.services;
    const head = await headOf(desk, first);
    await server.stop();
    const { verdict } = await review.approve({ asset: first, expectedHead: head, maskSha256: await upload(desk, first, 7) });
    expect(await review.latest()).toMatchObject({ verdictId: verdict.verdictId });
    const undone = await review.undo({ verdictId: verdict.verdictId });
    expect(undone.asset).toMatchObject({ state: 'to_review', headRevisionId: head, draftsBy: ['ana'] });
    expect((await pixels.draft(first))?.maskRle).toEqual(rows(7));
    expect((await offline.waiting()).map(({ kind }) => kind)).toEqual(['draft']);
  }, 30_000);
});

describe('what somebody else has done meanwhile', () => {
  const conflict = async (): Promise<{ readonly id: string; readonly mine: Sha256; readonly theirs: Sha256 }> => {
    const head = await headOf(desk, first);
    await server.stop();
    const mine = await upload(desk, first, 9);
    await desk.services.review.approve({ asset: first, expectedHead: head, maskSha256: mine });
    await server.restart();
    const theirs = await upload(other, first, 20);
    await other.services.review.approve({ asset: first, expectedHead: head, maskSha256: theirs });
    await desk.services.offline.retry();
    const [item] = await desk.services.offline.waiting();
    expect(item?.conflict).toContain('ben');
    expect((await desk.services.offline.send(null)).map(({ outcome }) => outcome)).toEqual(['conflict']);
    return { id: item?.id as string, mine, theirs };
  };
  const masksOf = async (): Promise<readonly Sha256[]> => (await desk.services.store.revisions.ofAsset(first)).map(({ maskSha256 }) => maskSha256);
  const headMask = async (): Promise<Sha256 | undefined> => (await desk.services.store.revisions.get((await headOf(desk, first)) as RevisionId))?.maskSha256;

  test('is shown beside one’s own, and stands where it is chosen: one’s own stays as a version', async () => {
    const { id, mine, theirs } = await conflict();
    const sides = await desk.services.offline.sides(id);
    expect(sides).toMatchObject({ mine: { kind: 'stored', maskSha256: mine }, theirs: { kind: 'revision', revisionId: sides.seenHead } });
    await desk.services.offline.resolve(id, 'theirs', sides.seenHead);
    expect(await headMask()).toBe(theirs);
    expect(await masksOf()).toContain(mine);
    expect(await desk.services.offline.waiting()).toEqual([]);
  }, 60_000);

  test('is replaced only by somebody who has seen it', async () => {
    const { id, mine, theirs } = await conflict();
    const { seenHead } = await desk.services.offline.sides(id);
    await other.services.review.approve({ asset: first, expectedHead: seenHead, maskSha256: await upload(other, first, 25) });
    await expect(desk.services.offline.resolve(id, 'mine', seenHead)).rejects.toMatchObject({ code: 'stale_revision' });
    const again = await desk.services.offline.sides(id);
    await desk.services.offline.resolve(id, 'mine', again.seenHead);
    expect(await headMask()).toBe(mine);
    expect(await masksOf()).toContain(theirs);
  }, 60_000);

  test('stays while one’s own is the draft to go on with', async () => {
    const { id, theirs } = await conflict();
    const { seenHead } = await desk.services.offline.sides(id);
    await desk.services.offline.resolve(id, 'edit', seenHead);
    expect(await headMask()).toBe(theirs);
    expect(await desk.services.pixels.draft(first)).toMatchObject({ maskRle: rows(9), baseRevisionId: seenHead });
  }, 60_000);

  test('counts also where the mask is the same: a rejection is not put over an approval unseen', async () => {
    const head = await headOf(desk, second);
    await server.stop();
    await desk.services.review.reject({ asset: second, expectedHead: head, reason: 'holes', note: null });
    await server.restart();
    await other.services.review.approve({ asset: second, expectedHead: head, maskSha256: null });
    await desk.services.offline.retry();
    expect(await desk.services.offline.send(null)).toMatchObject([{ outcome: 'conflict', message: 'ben approved b meanwhile.' }]);
    expect(await desk.services.store.assets.get(second)).toMatchObject({ state: 'approved' });
  }, 60_000);

  test('a draft of one’s own on another machine is kept whichever is chosen', async () => {
    const base = await headOf(desk, third);
    await desk.services.pixels.saveDraft(third, base, rows(3));
    await server.stop();
    await desk.services.pixels.saveDraft(third, base, rows(4));
    await back();
    await other.services.store.drafts.put({ asset: third, reviewer: 'ana', baseRevisionId: base, widthPx, heightPx, maskRle: rows(17) });
    const [item] = await desk.services.offline.waiting();
    expect(item).toMatchObject({ kind: 'draft', conflict: expect.stringContaining('another machine') as string });
    const { seenHead, mine, theirs } = await desk.services.offline.sides(item?.id as string);
    expect([mine.kind, theirs.kind]).toEqual(['stored', 'stored']);
    await desk.services.offline.resolve(item?.id as string, 'mine', seenHead);
    expect((await desk.services.pixels.draft(third))?.maskRle).toEqual(rows(4));
    expect(await desk.services.store.revisions.ofAsset(third)).toHaveLength(2);
  }, 60_000);
});
