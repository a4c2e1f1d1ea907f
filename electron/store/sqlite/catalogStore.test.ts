import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../../../shared/ports/store/store.ts';
import { openStore } from '../index.ts';
import { addImage, image1, modelRevision, seedCatalog } from '../testing/samples.ts';
import { createTestClock } from '../testing/testClock.ts';

let storeDir: string;
let store: Store;
let raw: SqliteDatabase.Database;
beforeEach(async () => {
  storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-catalog-'));
  store = await openStore({ storeDir, create: true, clock: createTestClock() });
  await seedCatalog(store);
  raw = new SqliteDatabase(join(storeDir, 'maskdesk.db'));
});
afterEach(async () => {
  raw.close();
  await store.close();
  await rm(storeDir, { recursive: true });
});

test('a picture whose row the pipeline has removed comes back with its masks, and under its id nothing else does', async () => {
  const { revision } = await store.revisions.addCandidate(modelRevision(image1));
  raw.prepare('delete from product_images where img_id = ?').run(image1.id);
  expect(await store.assets.get(image1)).toBeNull();
  await expect(addImage(store, image1.id, 'another file')).rejects.toMatchObject({ code: 'invalid_input' });
  expect(await addImage(store, image1.id)).toBe('added');
  expect(await store.assets.get(image1)).toMatchObject({ state: 'to_review', headRevisionId: revision.revisionId });
});
