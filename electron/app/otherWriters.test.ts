import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../base/logger.ts';
import { createOtherWriters, type OtherWriters } from '../services/otherWriters.ts';
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
