import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, it } from 'vitest';
import { createTestClock } from '../testing/testClock.ts';
import { pipelineTables } from './migrations/0001Pipeline.ts';
import { maskdeskTables } from './migrations/0002Maskdesk.ts';
import { openSqliteStore } from './openSqliteStore.ts';

it('a store from before claims ran out: its tasks are kept, and work that was in hand is taken up again', async () => {
  const storeDir = join(await mkdtemp(join(tmpdir(), 'maskdesk-claims-')), 'store');
  await mkdir(storeDir);
  const before = new SqliteDatabase(join(storeDir, 'maskdesk.db'));
  before.exec('create table maskdesk_migrations (version integer primary key, name text not null, applied_at text not null)');
  for (const migration of [pipelineTables, maskdeskTables]) {
    migration.apply(before);
    before.prepare('insert into maskdesk_migrations values (?, ?, ?)').run(migration.version, migration.name, '2026');
  }
  before.exec(`
    insert into product_images (img_id, local_path) values ('a', 'data/a.jpg'), ('b', 'data/b.jpg');
    insert into maskdesk_assets (kind, id, parent_id, state, worst_key, updated_at_ms) values ('product_image', 'a', '', 'unsegmented', 14, 1), ('product_image', 'b', '', 'unsegmented', 14, 1);
    insert into maskdesk_jobs (task_id, asset_kind, asset_id, parameters, state, owner, created_at_ms) values
      ('t1', 'product_image', 'a', '{"modelId":"one","threshold":0.5,"wantMatte":false}', 'running', 'elsewhere/boot:1:u', 1),
      ('t2', 'product_image', 'b', '{"modelId":"two","threshold":0.5,"wantMatte":false}', 'queued', null, 2)`);
  before.close();

  const store = await openSqliteStore({ storeDir, create: false, clock: createTestClock() });
  try {
    expect(await readdir(join(storeDir, 'backups'))).toHaveLength(1);
    expect(await store.health()).toMatchObject({ ok: true });
    expect(await store.tasks.counts()).toMatchObject({ running: 1, queued: 1 });
    expect(await store.tasks.requeueOrphans(() => false)).toBe(1);
    const task = await store.tasks.claimNext('me', { leaseMs: 1_000, exceptModels: ['one' as never] });
    expect(task).toMatchObject({ taskId: 't2', parameters: { modelId: 'two' } });
    expect(await store.tasks.claimNext('me', { leaseMs: 1_000 })).toMatchObject({ taskId: 't1' });
  } finally {
    await store.close();
    await rm(join(storeDir, '..'), { recursive: true });
  }
});
