import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { systemClock } from '../../base/systemClock.ts';
import { asId } from '../../../shared/domain/ids.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { openStore } from '../index.ts';
import { createTestDatabases } from '../testing/postgresFixture.ts';
import { pipelineDatabaseSql, roleGrantsSql } from '../testing/pipelineDatabase.ts';
import { frame1, image1, modelRevision, publishAll, verdictInput } from '../testing/samples.ts';
import type { PostgresStoreOptions } from './postgresOptions.ts';

const serverUrl = inject('postgresUrl');
const databases = createTestDatabases(serverUrl);
const opened: Store[] = [];
const roles: string[] = [];

const open = async (url: string, more: Partial<PostgresStoreOptions> = {}): Promise<Store> => {
  const store = await openStore({ kind: 'postgres', url, create: false, clock: systemClock, patienceMs: 500, ...more });
  opened.push(store);
  return store;
};

const closeAll = async (): Promise<void> => {
  for (const store of opened.splice(0)) await store.close();
};

const pipeline = async (): Promise<string> => {
  const url = await databases.empty();
  await databases.sql(url, pipelineDatabaseSql);
  return url;
};

const as = (url: string, user: string, password = ''): string => {
  const own = new URL(url);
  own.username = user;
  own.password = password;
  return own.href;
};

const newRole = async (url: string): Promise<string> => {
  const role = `reviewer_${roles.length}_${process.pid}`;
  await databases.sql(url, `create role ${role} login`);
  roles.push(role);
  return role;
};

/** Everything that the pipeline's schema consists of. */
const description = async (url: string): Promise<readonly string[]> => {
  const rows = await databases.sql(
    url,
    `select 'column ' || table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable || ' ' || coalesce(column_default, '') as text
       from information_schema.columns where table_schema = 'public'
     union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
     union all select 'constraint ' || relname || ' ' || conname || ' ' || contype::text from pg_constraint join pg_class on pg_class.oid = conrelid where connamespace = 'public'::regnamespace
     union all select 'trigger ' || pg_get_triggerdef(pg_trigger.oid) from pg_trigger join pg_class on pg_class.oid = tgrelid where relnamespace = 'public'::regnamespace and not tgisinternal
     union all select 'function ' || proname from pg_proc where pronamespace = 'public'::regnamespace
     union all select 'relation ' || relkind::text || ' ' || relname from pg_class where relnamespace = 'public'::regnamespace order by 1`,
  );
  return rows.map(({ text }) => String(text));
};

/** Segmented, approved, published, sent, rejected, withdrawn: each step of a review. */
const reviewOnce = async (store: Store): Promise<void> => {
  for (const asset of [image1, frame1]) {
    const { revision } = await store.revisions.addCandidate(modelRevision(asset));
    await store.comments.add({ commentId: asId(`comment on ${asset.id}`), asset, revisionId: null, pointImagePx: null, author: 'ada', text: 'good' });
    await store.drafts.put({ asset, reviewer: 'ada', baseRevisionId: null, widthPx: 4, heightPx: 2, maskRle: new Uint8Array([1]) });
    await store.review.recordVerdict({ ...verdictInput(asset, 'approve', revision.revisionId), endsDraft: true });
    await publishAll(store);
    expect((await store.assets.get(asset))?.maskedLocalPath).toBe(`data/masks/${asset.id}.png`);
    while (await store.outbox.deliverNext(async () => undefined));
    await store.review.recordVerdict(verdictInput(asset, 'reject', revision.revisionId));
    await publishAll(store);
    expect((await store.assets.get(asset))?.maskedLocalPath).toBeNull();
  }
  await store.tasks.enqueue([image1], { modelId: asId('some-model'), threshold: 0.5, wantMatte: false });
  expect(await store.tasks.claimNext('worker', { leaseMs: 1_000 })).not.toBeNull();
  expect((await store.assets.counts()).rejected).toBe(2);
};

afterEach(closeAll);
afterAll(async () => {
  await databases.dispose();
  for (const role of roles) await databases.sql(serverUrl, `drop role ${role}`);
});

describe("a pipeline's database", () => {
  it('gets masked_local_path with its index and the schema maskdesk, and nothing else of it changes', async () => {
    const url = await pipeline();
    const before = await description(url);
    const store = await open(url);
    expect(store.created).toBe(false);
    expect((await store.assets.counts()).unsegmented).toBe(3);
    await reviewOnce(store);
    await store.catalog.addMatch({ matchId: 'm', jobId: asId('job-a'), productId: asId('product-1'), videoId: asId('video-1'), bestImageId: image1.id, bestFrameId: frame1.id, timestampS: 1, score: 0.5 });
    expect(await store.assets.pairsOf(image1)).toHaveLength(1);
    const after = await description(url);
    expect(before.filter((line) => !after.includes(line))).toEqual([]);
    expect(after.filter((line) => !before.includes(line)).map((line) => line.split(' USING')[0])).toEqual([
      'column product_images.masked_local_path varchar YES ',
      'column video_frames.masked_local_path varchar YES ',
      'index CREATE INDEX idx_product_images_masked_path ON public.product_images',
      'index CREATE INDEX idx_video_frames_masked_path ON public.video_frames',
      'relation i idx_product_images_masked_path',
      'relation i idx_video_frames_masked_path',
    ]);
  });

  it('is left as it is where its own migration has run, and new rows of the pipeline are taken in', async () => {
    const url = await pipeline();
    await databases.sql(url, `alter table product_images add masked_local_path varchar(500); create index idx_product_images_masked_path on product_images (masked_local_path) where masked_local_path is not null;
      alter table video_frames add masked_local_path varchar(500); create index idx_video_frames_masked_path on video_frames (masked_local_path) where masked_local_path is not null`);
    const before = await description(url);
    const store = await open(url);
    expect(await description(url)).toEqual(before);
    await databases.sql(url, `insert into product_images (img_id, product_id, local_path) values ('image-3', 'product-1', '/app/data/3.jpg')`);
    await expect.poll(() => store.assets.adoptNew(), { timeout: 10_000 }).toBe(1);
    expect((await store.assets.get({ kind: 'product_image', id: asId('image-3') }))?.localPath).toBe('/app/data/3.jpg');
  });

  it('may lie in a schema of another name', async () => {
    const url = await databases.empty();
    await databases.sql(url, `create schema "The Pipeline"; set search_path to "The Pipeline"; ${pipelineDatabaseSql}`);
    await expect(open(url)).rejects.toMatchObject({ code: 'store_missing' });
    await reviewOnce(await open(url, { pipelineSchema: 'The Pipeline' }));
  });

  it('is found by a role that is called as our schema is, whose own search_path begins with that schema', async () => {
    // The cluster may have such a role already.
    const before = await databases.sql(serverUrl, "select 1 from pg_roles where rolname = 'maskdesk'");
    if (before.length === 0) {
      await databases.sql(serverUrl, 'create role maskdesk login superuser');
      roles.push('maskdesk');
    }
    const url = as(await databases.empty(), 'maskdesk');
    await databases.sql(url, pipelineDatabaseSql);
    await reviewOnce(await open(url));
    await closeAll();
    // Now the schema is there before anything is looked up.
    expect(await databases.sql(url, 'select current_schema() as name')).toEqual([{ name: 'maskdesk' }]);
    const store = await open(url);
    expect((await store.assets.get(image1))?.state).toBe('rejected');
    expect((await store.health()).findings).toEqual([]);
  });

  it('is reviewed by a role with the rights that the documentation names, and no more', async () => {
    const url = await pipeline();
    const role = await newRole(url);
    const user = as(url, role);
    await expect(open(user)).rejects.toMatchObject({ code: 'permission_denied' });
    await open(url);
    await closeAll();
    await databases.sql(url, roleGrantsSql(role, new URL(url).pathname.slice(1)));
    const store = await open(user);
    await reviewOnce(store);
    expect((await store.health()).findings).toEqual([]);
    await expect(store.catalog.ensureJob({ jobId: asId('mine'), industry: 'x' })).rejects.toMatchObject({ code: 'permission_denied' });
    for (const forbidden of ['delete from maskdesk.audit', 'update maskdesk.audit set details = details', 'truncate maskdesk.audit', 'delete from maskdesk.migrations', 'update product_images set local_path = local_path', 'delete from jobs', 'create table maskdesk.mine (x text)']) {
      await expect(databases.sql(user, forbidden), forbidden).rejects.toThrow(/permission denied|must be owner/);
    }
    // What a later version adds, its owner's defaults give too.
    await databases.sql(url, 'create table maskdesk.later (x text)');
    await databases.sql(user, "insert into maskdesk.later values ('a'); update maskdesk.later set x = 'b'; delete from maskdesk.later");
    await databases.sql(url, roleGrantsSql(role, new URL(url).pathname.slice(1), 1));
    await store.catalog.ensureJob({ jobId: asId('mine'), industry: 'x' });
  });
});

describe('a snapshot of a set', () => {
  it('can be neither changed, added to nor removed, whoever asks; a role with the documented rights makes one', async () => {
    const url = await pipeline();
    const role = await newRole(url);
    await open(url);
    await closeAll();
    await databases.sql(url, roleGrantsSql(role, new URL(url).pathname.slice(1)));
    const store = await open(as(url, role));
    await reviewOnce(store);
    const { setId } = await store.sets.save({ setId: asId('s1'), name: 'all', filter: { states: ['approved', 'rejected'] }, createdBy: 'ada' });
    const { snapshotId, digest } = await store.sets.freeze(setId, { snapshotId: asId('n1'), createdBy: 'ada' });
    await store.sets.rememberPhoto(snapshotId, image1, asId('0'.repeat(64)));
    for (const forbidden of [
      'update maskdesk.snapshots set number = 7',
      "update maskdesk.snapshots set digest = ''",
      'delete from maskdesk.snapshots',
      'truncate maskdesk.snapshots cascade',
      "update maskdesk.snapshot_entries set local_path = 'another'",
      'delete from maskdesk.snapshot_entries',
      'truncate maskdesk.snapshot_entries',
      "insert into maskdesk.snapshot_entries (snapshot, position, revision_sequence, state, rejections, local_path, parent_id) values (1, 9, 1, 'approved', 0, 'x', '')",
      "insert into maskdesk.snapshot_links (snapshot, product_id, video_id) values (1, 'p', 'v')",
      "insert into maskdesk.snapshot_links (snapshot, product_id, video_id) values (99, 'p', 'v')",
      "update maskdesk.snapshot_photos set photo_sha256 = 'another'",
      'delete from maskdesk.snapshot_photos',
    ]) {
      await expect(databases.sql(url, forbidden), forbidden).rejects.toThrow('A snapshot of a set never changes.');
    }
    expect((await store.sets.snapshot(snapshotId))?.digest).toBe(digest);
  });
});

describe('a database that can not be opened', () => {
  it('says what is wrong in a sentence, without the password', async () => {
    const url = await databases.empty();
    const failures: readonly (readonly [string, Partial<PostgresStoreOptions>, string])[] = [
      [url, {}, 'store_missing'],
      [`${url}_not_there`, {}, 'store_missing'],
      [as(url, 'nobody_here', 'hunter2'), {}, 'permission_denied'],
      ['postgres://ada:hunter2@127.0.0.1:1/x', {}, 'store_unreachable'],
      ['postgres://ada:hunter2@no-such-host.invalid/x', {}, 'store_unreachable'],
      ['mysql://ada:hunter2@127.0.0.1/x', {}, 'invalid_input'],
      [url, { tls: { mode: 'require' } }, 'store_unreachable'],
    ];
    for (const [address, more, code] of failures) {
      const error = (await open(address, more).catch((reason: unknown) => reason)) as Error & { code?: string };
      expect([address, error.code]).toEqual([address, code]);
      expect(error.message).not.toContain('hunter2');
    }
  });

  it('is left alone when a newer Maskdesk has made it, or when it may only be looked at', async () => {
    const url = await databases.ready();
    const looking = await open(url, { readOnly: true });
    expect((await looking.assets.counts()).approved).toBe(0);
    await expect(looking.settings.set('x', 1)).rejects.toMatchObject({ code: 'permission_denied' });
    await databases.sql(url, `insert into maskdesk.migrations (version, name) values (9999, 'from the future')`);
    await expect(open(url)).rejects.toMatchObject({ code: 'store_newer' });
    await expect(open(await pipeline(), { readOnly: true })).rejects.toMatchObject({ code: 'store_missing' });
  });
});
