import { mkdir, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../base/hash.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { openStore } from '../index.ts';
import { pipelineStoreSql } from '../testing/pipelineStore.ts';
import { image1, jobA, modelRevision, publishAll, seedCatalog, verdictInput } from '../testing/samples.ts';
import { createTestClock } from '../testing/testClock.ts';
import { schemaVersion } from './migrations/index.ts';

let storeDir: string;
let opened: Store[] = [];
const clock = createTestClock();
beforeEach(async () => {
  storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-open-'));
});
afterEach(async () => {
  for (const store of opened) await store.close();
  opened = [];
  await rm(storeDir, { recursive: true });
});

const open = async (options: { create?: boolean; readOnly?: boolean; databaseFile?: string } = {}): Promise<Store> => {
  const store = await openStore({ storeDir, clock, create: false, ...options });
  opened.push(store);
  return store;
};

const file = () => join(storeDir, 'maskdesk.db');

/** Everything in the folder, by name and digest. */
const snapshot = async (): Promise<Record<string, string>> => {
  const names = await readdir(storeDir, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(await Promise.all(files.map(async (path) => [path, sha256Hex(await readFile(path))] as const)));
};

const makeStore = async (): Promise<void> => {
  const store = await openStore({ storeDir, clock, create: true });
  await seedCatalog(store);
  await store.close();
};

const change = (path: string, sql: string): void => {
  const database = new SqliteDatabase(path);
  database.exec(sql);
  database.close();
};

describe('opening a store', () => {
  it('makes a new one only when asked to', async () => {
    await expect(open()).rejects.toMatchObject({ code: 'store_missing' });
    await expect(open({ create: true, readOnly: true })).rejects.toMatchObject({ code: 'store_missing' });
    expect(await readdir(storeDir)).toEqual([]);
    const store = await open({ create: true });
    expect(store.location).toBe(file());
    expect(store.created).toBe(true);
    expect((await open({ create: true })).created).toBe(false);
    expect((await open({ readOnly: true })).created).toBe(false);
    expect(await store.health()).toEqual({ ok: true, findings: [], schemaVersion });
    expect(await readdir(storeDir)).not.toContain('backups');
  });

  it('keeps what is in it, and writes durably', async () => {
    await makeStore();
    const store = await open();
    expect(await store.catalog.jobs()).toContain(jobA);
    const database = new SqliteDatabase(file(), { readonly: true });
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
  });

  it('refuses a store of a newer Maskdesk and leaves it byte for byte, nothing beside it', async () => {
    await makeStore();
    change(file(), `insert into maskdesk_migrations values (${schemaVersion + 7}, 'from the future', '2031'); create table maskdesk_future (x)`);
    const before = await snapshot();
    await expect(open({ create: true })).rejects.toMatchObject({ code: 'store_newer', message: expect.stringContaining('newer Maskdesk') as string });
    expect(await snapshot()).toEqual(before);
  });

  it('refuses a newer store whose last changes are still in its log, without moving them', async () => {
    await makeStore();
    const crashed = new SqliteDatabase(file());
    crashed.exec(`insert into maskdesk_migrations values (${schemaVersion + 1}, 'from the future', '2031')`);
    const before = await snapshot();
    expect(Object.keys(before)).toContain(`${file()}-wal`);
    await expect(open()).rejects.toMatchObject({ code: 'store_newer' });
    const after = await snapshot();
    expect([after[file()], after[`${file()}-wal`]]).toEqual([before[file()], before[`${file()}-wal`]]);
    crashed.close();
  });

  const damages: readonly [string, () => Promise<void>][] = [
    ['a text file', () => writeFile(file(), 'this is not a database\n'.repeat(300))],
    ['a few bytes', () => writeFile(file(), 'SQLite')],
    ['zeros', () => writeFile(file(), Buffer.alloc(8192))],
    ['a cut-off database', () => makeStore().then(() => truncate(file(), 9000))],
    ['a torn header', async () => {
      await makeStore();
      const bytes = await readFile(file());
      await writeFile(file(), bytes.fill(0xa5, 100, 3000));
    }],
  ];
  it.each(damages)('refuses %s with a sentence, unharmed', async (_name, damage) => {
    await damage();
    const before = await snapshot();
    await expect(open({ create: true })).rejects.toMatchObject({ code: 'store_corrupt', message: expect.stringContaining('damaged') as string });
    expect(await snapshot()).toEqual(before);
  });

  it('says so in its health when a page deep inside is damaged', async () => {
    await makeStore();
    const bytes = await readFile(file());
    const page = bytes.indexOf('image-2');
    await writeFile(file(), bytes.fill(0xff, page - 40, page + 60));
    const store = await open({ readOnly: true });
    expect(await store.health()).toMatchObject({ ok: false });
  });

  it('opens for reading beside a writer, and writes nothing', async () => {
    const writer = await open({ create: true });
    await seedCatalog(writer);
    const reader = await open({ readOnly: true });
    expect(await reader.assets.counts()).toMatchObject({ unsegmented: 4 });
    await expect(reader.settings.set('key', 1)).rejects.toMatchObject({ code: 'permission_denied' });
  });

  it('refuses what comes after closing', async () => {
    const store = await open({ create: true });
    await store.close();
    await store.close();
    await expect(store.settings.get('key')).rejects.toThrow(/closed/);
  });
});

describe("opening the pipeline's own store", () => {
  const pipelineFile = () => join(storeDir, 'pipeline.sqlite');
  const theirs = (database: SqliteDatabase.Database) => {
    const schema = database
      .prepare(`select type, name, tbl_name, sql from sqlite_master where name not like 'maskdesk%' and name not like 'idx_%_masked_path' and tbl_name not like 'maskdesk%' order by type, name`)
      .all() as { type: string; name: string; tbl_name: string; sql: string | null }[];
    const names = schema.filter((entry) => entry.type === 'table' && !entry.name.startsWith('sqlite_')).map((entry) => entry.name);
    const rows = Object.fromEntries(names.map((name) => [name, database.prepare(`select rowid, * from ${name}`).all()]));
    return { schema, rows };
  };
  const readTheirs = (path: string) => {
    const database = new SqliteDatabase(path, { readonly: true });
    const found = theirs(database);
    database.close();
    return found;
  };

  beforeEach(() => change(pipelineFile(), pipelineStoreSql));

  it('adds masked_local_path with its partial indexes and its own tables, and touches nothing else', async () => {
    const before = readTheirs(pipelineFile());
    const store = await open({ databaseFile: 'pipeline.sqlite' });
    expect(store).toMatchObject({ location: pipelineFile(), created: false });
    await store.close();
    const after = readTheirs(pipelineFile());

    for (const entry of before.schema) {
      const now = after.schema.find((candidate) => candidate.type === entry.type && candidate.name === entry.name);
      const added = ['product_images', 'video_frames'].includes(entry.name);
      expect(now).toBeDefined();
      expect(now?.sql?.replace(', masked_local_path varchar(500)', '')).toBe(entry.sql ?? undefined);
      expect(now?.sql !== entry.sql).toBe(added && entry.type === 'table');
    }
    for (const [table, rows] of Object.entries(before.rows)) {
      const added = ['product_images', 'video_frames'].includes(table) ? { masked_local_path: null } : {};
      expect(after.rows[table]).toEqual(rows.map((row) => ({ ...(row as object), ...added })));
    }
    // What they lacked altogether is there now, and nothing of theirs got an index of ours.
    expect(Object.keys(after.rows).sort()).toEqual([...Object.keys(before.rows), 'matches', 'phase_events', 'processed_events'].sort());
    const database = new SqliteDatabase(pipelineFile(), { readonly: true });
    const indexes = database.prepare(`select name, sql from sqlite_master where name like 'idx_%_masked_path' order by name`).all();
    database.close();
    expect(indexes).toMatchObject([
      { name: 'idx_product_images_masked_path', sql: expect.stringContaining('where masked_local_path is not null') as string },
      { name: 'idx_video_frames_masked_path', sql: expect.stringContaining('where masked_local_path is not null') as string },
    ]);
    expect(after.schema.filter((entry) => entry.type === 'index' && entry.tbl_name === 'products')).toEqual(before.schema.filter((entry) => entry.type === 'index' && entry.tbl_name === 'products'));
  });

  it('takes its assets in and does the main job on them, absolute paths and all', async () => {
    const store = await open({ databaseFile: 'pipeline.sqlite' });
    expect(await store.assets.counts()).toEqual({ unsegmented: 3, failed: 0, to_review: 0, rejected: 0, approved: 0 });
    expect(await store.assets.get(image1)).toMatchObject({ localPath: '/app/data/images/1.jpg', jobIds: ['job-a'], title: 'Boot', widthPx: null });
    const { revision } = await store.revisions.addCandidate(modelRevision(image1));
    await store.review.recordVerdict(verdictInput(image1, 'approve', revision.revisionId));
    await publishAll(store);
    expect((await store.assets.get(image1))?.maskedLocalPath).toBe('data/masks/image-1.png');
    change(pipelineFile(), `insert into video_frames (frame_id, video_id, ts, local_path) values ('late', 'video-1', 9, 'data/late.jpg')`);
    expect(await store.assets.adoptNew()).toBe(1);
    expect(await store.assets.adoptNew()).toBe(0);
    expect((await store.assets.counts()).unsegmented).toBe(3);
  });

  it('is copied as it was before anything is changed, once', async () => {
    const before = readTheirs(pipelineFile());
    await (await open({ databaseFile: 'pipeline.sqlite' })).close();
    const names = await readdir(join(storeDir, 'backups'));
    expect(names).toEqual(['pipeline-v0-2026-01-02T03-04-05.000Z.db']);
    expect(readTheirs(join(storeDir, 'backups', names[0] ?? ''))).toEqual(before);
    await open({ databaseFile: 'pipeline.sqlite' });
    expect(await readdir(join(storeDir, 'backups'))).toHaveLength(1);
  });

  it('is the one that was named, also beside a store of our own; and never another in its stead', async () => {
    await makeStore();
    expect((await open({ databaseFile: 'pipeline.sqlite' })).location).toBe(pipelineFile());
    expect((await open()).location).toBe(file());
    await expect(open({ databaseFile: 'not-there.sqlite' })).rejects.toMatchObject({ code: 'store_missing', message: expect.stringContaining('not-there.sqlite') as string });
  });

  it('is found by an absolute path too', async () => {
    const elsewhere = join(storeDir, 'store');
    await mkdir(elsewhere);
    const store = await openStore({ storeDir: elsewhere, clock, create: false, databaseFile: pipelineFile() });
    opened.push(store);
    expect(await readdir(join(elsewhere, 'backups'))).toHaveLength(1);
  });
});
