import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../base/logger.ts';
import { createNewcomers } from '../services/newcomers.ts';
import type { AppEvent } from '../../shared/contracts/rpc/app.ts';
import { createApp, type App } from './createApp.ts';
import { loadConfig } from './config.ts';

let storeDir: string;
let app: App;
let pipeline: DatabaseSync;
let heard: AppEvent[];
beforeEach(async () => {
  storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-newcomers-'));
  app = await createApp(await loadConfig({ storeDir, create: true, reviewer: 'ana' }));
  pipeline = new DatabaseSync(join(storeDir, 'maskdesk.db'));
  pipeline.exec(`insert into jobs (job_id, industry) values ('j', 'x');
    insert into products (product_id, src, asin_or_itemid, marketplace, job_id) values ('p', 'x', 'x', 'us', 'j')`);
  heard = [];
  app.services.events.listen((event) => heard.push(event));
});
afterEach(async () => {
  pipeline.close();
  await app.close();
  await rm(storeDir, { recursive: true });
});

const add = (id: string): void => void pipeline.prepare('insert into product_images (img_id, product_id, local_path) values (?, ?, ?)').run(id, 'p', 'data/x.jpg');
const ids = async (): Promise<string[]> => (await app.services.store.assets.list({ limit: 10 })).assets.map(({ id }) => id).sort();

test('what the pipeline adds while the store is open is taken in at a look, and screens hear of it once', async () => {
  expect(await app.newcomers.look()).toBe(0);
  add('one');
  expect(await ids()).toEqual([]);
  expect(await Promise.all([app.newcomers.look(), app.newcomers.look()])).toEqual([1, 1]);
  expect(await ids()).toEqual(['one']);
  expect(await app.newcomers.look()).toBe(0);
  // A row that takes the place of one that was removed.
  pipeline.exec("delete from product_images where img_id = 'one'");
  add('two');
  expect(await app.newcomers.look()).toBe(1);
  expect(await ids()).toEqual(['two']);
  expect(heard).toEqual([{ kind: 'assetsChanged', assets: [] }, { kind: 'assetsChanged', assets: [] }]);
});

test('looks by itself now and then', async () => {
  const { store, events } = app.services;
  const told = new Promise<void>((resolve) => events.listen((event) => event.kind === 'assetsChanged' && resolve()));
  const newcomers = createNewcomers({ store, events, logger: createLogger('test', 'silent'), everyMs: 5 });
  newcomers.start();
  add('three');
  await told;
  expect(await ids()).toEqual(['three']);
  await newcomers.dispose();
});

test('trouble with the store is told once, and the next look tries again', async () => {
  const { store, events } = app.services;
  const newcomers = createNewcomers({ store, events, logger: createLogger('test', 'silent') });
  pipeline.exec('alter table product_images rename to hidden');
  expect([await newcomers.look(), await newcomers.look()]).toEqual([0, 0]);
  expect(heard.filter(({ kind }) => kind === 'notice')).toHaveLength(1);
  pipeline.exec('alter table hidden rename to product_images');
  add('four');
  expect(await newcomers.look()).toBe(1);
  await newcomers.dispose();
});
