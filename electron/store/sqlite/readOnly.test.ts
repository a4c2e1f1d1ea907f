import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asOrdinaryUser } from '../../base/testing/asOrdinaryUser.ts';
import { sha256Hex } from '../../base/hash.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { openStore } from '../index.ts';
import { pipelineStoreSql } from '../testing/pipelineStore.ts';
import { seedCatalog } from '../testing/samples.ts';
import { createTestClock } from '../testing/testClock.ts';

let folder: string;
let storeDir: string;
const clock = createTestClock();
const opened: Store[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskdesk-reading-'));
  await chmod(folder, 0o755);
  storeDir = join(folder, 'store');
  // Its own: other processes look at stores of theirs meanwhile, through copies that come and go.
  vi.stubEnv('TMPDIR', join(folder, 'temporary'));
  await mkdir(tmpdir());
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await chmod(storeDir, 0o755).catch(() => undefined);
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const open = async (options: { create?: boolean; readOnly?: boolean; databaseFile?: string }, from = storeDir): Promise<Store> => {
  const store = await openStore({ storeDir: from, clock, create: false, ...options });
  opened.push(store);
  return store;
};

const snapshot = async (): Promise<Record<string, string>> =>
  Object.fromEntries(await Promise.all((await readdir(storeDir)).map(async (name) => [name, sha256Hex(await readFile(join(storeDir, name)))] as const)));

/** Runs as somebody who may read everything in the store's folder and write nothing. */
const asReader = async <T>(body: () => Promise<T>): Promise<T> => {
  for (const name of await readdir(storeDir)) await chmod(join(storeDir, name), 0o444);
  await chmod(storeDir, 0o555);
  return asOrdinaryUser(folder, body);
};

describe('a store that may only be read', () => {
  it('is looked at, unchanged, and leaves no copy behind', async () => {
    const writer = await open({ create: true });
    await seedCatalog(writer);
    await writer.close();
    const before = await snapshot();
    await asReader(async () => {
      await expect(open({})).rejects.toMatchObject({ code: 'permission_denied' });
      const store = await open({ readOnly: true });
      expect(store.location).toBe(join(storeDir, 'maskdesk.db'));
      expect(await store.assets.counts()).toMatchObject({ unsegmented: 4 });
      expect(await store.health()).toMatchObject({ ok: true });
      await expect(store.settings.set('key', 1)).rejects.toMatchObject({ code: 'permission_denied' });
      await store.close();
    });
    expect(await snapshot()).toEqual(before);
    expect(await readdir(tmpdir())).toEqual([]);
  });

  it('shows what a killed writer left in its log', async () => {
    const writer = await open({ create: true });
    await seedCatalog(writer);
    // As a kill leaves it: the log beside the file, its index gone.
    await cp(storeDir, join(folder, 'killed'), { recursive: true });
    await writer.close();
    storeDir = join(folder, 'killed');
    await rm(join(storeDir, 'maskdesk.db-shm'));
    const before = await snapshot();
    expect(Object.keys(before)).toContain('maskdesk.db-wal');
    await asReader(async () => {
      const store = await open({ readOnly: true });
      expect(await store.assets.counts()).toMatchObject({ unsegmented: 4 });
      await store.close();
    });
    expect(await snapshot()).toEqual(before);
  });
});

describe('looking at a store', () => {
  it('leaves a store of the pipeline as it is, and says how to set it up', async () => {
    await (await open({ create: true }, join(folder, 'other'))).close();
    storeDir = folder;
    const raw = new SqliteDatabase(join(folder, 'pipeline.db'));
    raw.exec(pipelineStoreSql);
    raw.close();
    const before = sha256Hex(await readFile(join(folder, 'pipeline.db')));
    await expect(open({ readOnly: true, databaseFile: 'pipeline.db' })).rejects.toMatchObject({ code: 'store_missing', message: expect.stringContaining('maskdesk init') as string });
    expect(sha256Hex(await readFile(join(folder, 'pipeline.db')))).toBe(before);
    expect((await readdir(folder)).sort()).toEqual(['other', 'pipeline.db', 'temporary']);
  });

  it('leaves nothing beside a store that it may write to', async () => {
    const writer = await open({ create: true });
    await seedCatalog(writer);
    await writer.close();
    const before = await snapshot();
    const store = await open({ readOnly: true });
    expect(await store.assets.counts()).toMatchObject({ unsegmented: 4 });
    await store.close();
    expect(await snapshot()).toEqual(before);
  });
});
