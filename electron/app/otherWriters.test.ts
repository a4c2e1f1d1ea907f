import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../base/logger.ts';
import { createOtherWriters, type OtherWriters } from '../services/otherWriters.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { asId } from '../../shared/domain/ids.ts';
import type { AppEvent } from '../../shared/contracts/rpc/app.ts';
import { createApp, type App } from './createApp.ts';
import { loadConfig } from './config.ts';

let storeDir: string;
let app: App;
let other: DatabaseSync;
let heard: AppEvent[];
let watch: OtherWriters;
beforeEach(async () => {
  storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-others-'));
  app = await createApp({ ...(await loadConfig({ storeDir, create: true, reviewer: 'ana' })), background: false });
  other = new DatabaseSync(join(storeDir, 'maskdesk.db'));
  heard = [];
  app.services.events.listen((event) => heard.push(event));
  watch = createOtherWriters({ store: app.services.store, events: app.services.events, logger: createLogger('test', 'silent'), everyMs: 5 });
});
afterEach(async () => {
  await watch.dispose();
  other.close();
  await app.close();
  await rm(storeDir, { recursive: true });
});

const writeElsewhere = (value: string): void =>
  void other.prepare("insert into jobs (job_id, industry) values (?, 'x')").run(value);

test('what another process writes is told once, what this one writes is not', async () => {
  expect(await watch.look()).toBe(false);
  await app.services.store.settings.set('own', 1);
  expect(await watch.look()).toBe(false);
  writeElsewhere('a');
  await app.services.store.settings.set('own', 2);
  expect([await watch.look(), await watch.look()]).toEqual([true, false]);
  expect(heard).toEqual([{ kind: 'assetsChanged', assets: [] }]);
});

test('looks by itself', async () => {
  const told = new Promise<void>((resolve) => app.services.events.listen((event) => event.kind === 'assetsChanged' && resolve()));
  watch.start();
  writeElsewhere('b');
  await told;
});

test('what the database tells of is named, gathered, and not told again by a look', async () => {
  let tell: (assets: readonly AssetRef[]) => void = () => undefined;
  const { store, events } = app.services;
  // The port's own way of telling, driven by hand: what stands behind it is PostgreSQL's, and is tested there.
  const listening = { changedElsewhere: () => Promise.resolve(true), itemLeases: store.itemLeases, listen: (listener: typeof tell) => ((tell = listener), () => undefined) };
  const heeding = createOtherWriters({ store: listening, events, logger: createLogger('test', 'silent'), everyMs: 3_600_000, tellEveryMs: 1 });
  const image = (id: string): AssetRef => ({ kind: 'product_image', id: asId(id) });
  heeding.start();
  const told = new Promise<readonly AssetRef[]>((resolve) => events.listen((event) => event.kind === 'assetsChanged' && resolve(event.assets)));
  for (let change = 0; change < 1000; change++) tell([image(`i${change % 7}`)]);
  expect((await told).map(({ id }) => id)).toEqual(['i0', 'i1', 'i2', 'i3', 'i4', 'i5', 'i6']);
  expect(await heeding.look()).toBe(false);
  expect(await heeding.look()).toBe(true);
  expect(heard.filter(({ kind }) => kind === 'assetsChanged')).toHaveLength(2);
  tell([image('a')]);
  tell([]);
  await heeding.dispose();
});

test('who has what is told when it changes', async () => {
  const told = new Promise<void>((resolve) => app.services.events.listen((event) => event.kind === 'leasesChanged' && resolve()));
  other.prepare("insert into maskdesk_item_leases values ('product_image', 'i', 'o', 'Ben', 'open', ?, ?)").run(Date.now(), Date.now() + 60_000);
  expect(await watch.look()).toBe(true);
  await told;
  expect(await app.services.itemLeases.live()).toMatchObject([{ reviewer: 'Ben', isMine: false }]);
});
