import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BugError } from '../../../shared/errors/errors.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { openStore } from '../index.ts';
import { image1, modelRevision, plainEvents, publishAll, seedCatalog, verdictInput } from '../testing/samples.ts';
import { createTestClock } from '../testing/testClock.ts';

/** What takes rows that no port writes yet, or a look behind the port. */
describe('publishing in SQLite', () => {
  let storeDir: string;
  let store: Store;
  let raw: SqliteDatabase.Database;
  beforeEach(async () => {
    storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-publishing-'));
    store = await openStore({ storeDir, create: true, clock: createTestClock() });
    await seedCatalog(store);
    raw = new SqliteDatabase(join(storeDir, 'maskdesk.db'));
  });
  afterEach(async () => {
    raw.close();
    await store.close();
    await rm(storeDir, { recursive: true });
  });

  const approve = async () => {
    const { revision } = await store.revisions.addCandidate(modelRevision(image1));
    await store.review.recordVerdict(verdictInput(image1, 'approve', revision.revisionId));
    return revision;
  };

  /** As the pipeline's worker will: a model's result that is published without a person. */
  const publishAsModel = (id: string, revision: { revisionId: string; maskSha256: string }) =>
    raw
      .prepare(
        `insert into maskdesk_publications (publication_id, asset_kind, asset_id, revision_id, mask_sha256, stable_path, rank, events, state, created_at_ms)
         values (?, 'product_image', 'image-1', ?, ?, 'data/masks/model.png', 'model', '[]', 'pending', 0)`,
      )
      .run(id, revision.revisionId, revision.maskSha256);

  it("lets an approval outrank a model's result, until it is withdrawn", async () => {
    const revision = await approve();
    publishAsModel('late result', revision);
    expect((await publishAll(store)).map((publication) => publication.state)).toEqual(['published', 'superseded']);
    expect((await store.assets.get(image1))?.maskedLocalPath).toBe('data/masks/image-1.png');

    await store.review.recordVerdict(verdictInput(image1, 'reject', revision.revisionId));
    publishAsModel('next result', revision);
    expect((await publishAll(store)).map((publication) => publication.state)).toEqual(['published', 'published']);
    expect((await store.assets.get(image1))?.maskedLocalPath).toBe('data/masks/model.png');
  });

  it('keeps path, event and publication together when the event is refused by the database', async () => {
    await approve();
    const twice = () => ({ eventId: 'same', topic: 't', payload: {}, correlationId: 'c' }) as never;
    await expect(store.publications.publishNext({ place: async () => undefined, eventsOf: () => [twice(), twice()] })).rejects.toThrow(/UNIQUE/);
    expect(await store.outbox.list()).toEqual([]);
    expect(await store.assets.get(image1)).toMatchObject({ maskedLocalPath: null });
    expect(await publishAll(store)).toHaveLength(1);
  });

  it('fails with a sentence when the pipeline has removed the row', async () => {
    await approve();
    raw.exec(`delete from product_images where img_id = 'image-1'`);
    let placed = false;
    const place = async () => {
      placed = true;
    };
    expect(await store.publications.publishNext({ place, eventsOf: plainEvents })).toMatchObject({ kind: 'failed', error: { code: 'not_found' } });
    expect(placed).toBe(false);
    expect(await store.assets.get(image1)).toBeNull();
    expect((await store.assets.list({ limit: 10 })).assets).toHaveLength(3);
  });

  it('says at once that placing may not write to the store, instead of waiting for itself', async () => {
    await approve();
    const outcome = await store.publications.publishNext({ place: () => store.settings.set('key', 1), eventsOf: plainEvents });
    expect(outcome).toMatchObject({ kind: 'failed', error: expect.any(BugError) as BugError });
    await store.settings.set('key', 2);
    expect(await store.settings.get('key')).toBe(2);
  });

  it('withdraws from where the mask stands, also after the place of masks was changed', async () => {
    const revision = await approve();
    await publishAll(store);
    const elsewhere = { ...verdictInput(image1, 'reject', revision.revisionId), stablePath: 'other/folder/image-1.png' };
    expect((await store.review.recordVerdict(elsewhere)).publication?.stablePath).toBe('data/masks/image-1.png');
  });

  it('writes a path that somebody cleared or changed again, where its mask is in place', async () => {
    await approve();
    await publishAll(store);
    const path = 'data/masks/image-1.png';
    for (const careless of ['null', `'elsewhere.png'`]) {
      raw.exec(`update product_images set masked_local_path = ${careless} where img_id = 'image-1'`);
      for await (const mask of store.publications.standing()) expect(mask).toMatchObject({ stablePath: path, recordedPath: careless === 'null' ? null : 'elsewhere.png' });
      expect(await store.publications.withStanding(image1, async () => false)).toBe(false);
      expect((await store.assets.get(image1))?.maskedLocalPath).not.toBe(path);
      expect(await store.publications.withStanding(image1, async () => true)).toBe(true);
      expect((await store.assets.get(image1))?.maskedLocalPath).toBe(path);
    }
    raw.exec(`delete from product_images where img_id = 'image-1'`);
    expect(await store.publications.withStanding(image1, async () => true)).toBe(false);
  });
});
