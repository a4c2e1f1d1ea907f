import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../index.ts';
import { fillWithImports, importsSeen } from '../testing/earlierImports.ts';
import { createTestClock } from '../testing/testClock.ts';
import { importsOfMasks } from './migrations/0020Imports.ts';

let storeDir: string;
beforeEach(async () => {
  storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-imports-'));
});
afterEach(() => rm(storeDir, { recursive: true }));

it('knows of imports that are older than their table what it would know of new ones', async () => {
  const clock = createTestClock();
  const store = await openStore({ storeDir, create: true, clock });
  await fillWithImports(store, clock);
  const known = await importsSeen(store);
  expect(known.beside).toEqual([['undone', 'undone'], ['undone', null], [null, null, 'undone'], ['waiting', null]]);
  expect(known.imports.map(({ undoneBy }) => undoneBy)).toEqual([null, null, 'lea', 'ada', 'lea', 'lea']);
  await store.close();
  const database = new SqliteDatabase(join(storeDir, 'maskdesk.db'));
  database.exec('drop table maskdesk_import_waits; drop table maskdesk_mask_imports');
  importsOfMasks.apply(database);
  database.close();
  const again = await openStore({ storeDir, create: false, clock });
  try {
    expect(await importsSeen(again)).toEqual(known);
  } finally {
    await again.close();
  }
});
