import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { AssetRef } from '../../../shared/domain/asset.ts';
import { assetSorts, type AssetFilter } from '../../../shared/domain/assetQuery.ts';
import { asId } from '../../../shared/domain/ids.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { AssetStore } from '../../../shared/ports/store/assetStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { createAssetStore } from '../sql/assetStore.ts';
import { createTestDatabases, postgresFixture } from '../testing/postgresFixture.ts';
import { modelRevision } from '../testing/samples.ts';
import { createTestClock, type TestClock } from '../testing/testClock.ts';
import { addressOf, withSession } from './clientConfig.ts';
import { PostgresConnection } from './postgresConnection.ts';
import { QueueMarks } from './queueMarks.ts';

const databases = createTestDatabases(inject('postgresUrl'));
const total = 1_200;
const filters: readonly AssetFilter[] = [{}, { states: ['to_review'] }, { kind: 'keyframe', states: ['unsegmented', 'failed'] }, { modelId: asId('some-model') }, { text: 'image' }];
const idOf = (place: number): AssetRef => {
  const name = String(place).padStart(4, '0');
  return place % 2 === 0 ? { kind: 'product_image', id: asId(`image-${name}`) } : { kind: 'keyframe', id: asId(`frame-${name}`) };
};

let clock: TestClock;
let url: string;
let writer: Store;
let dispose: () => Promise<void>;
let connection: PostgresConnection;
let marks: QueueMarks;
let assets: AssetStore;

beforeAll(async () => {
  clock = createTestClock();
  const fixture = await postgresFixture(databases, clock);
  ({ url, store: writer } = fixture);
  dispose = () => fixture.dispose();
  await databases.sql(
    url,
    `set search_path to public;
     insert into jobs (job_id, industry) values ('job', 'shop');
     insert into products (product_id, src, asin_or_itemid, marketplace, job_id) select 'product-' || n, 'shop', 'A', 'de', 'job' from generate_series(0, 9) as n;
     insert into videos (video_id, platform, url) select 'video-' || n, 'web', 'u' from generate_series(0, 9) as n;
     insert into product_images (img_id, product_id, local_path) select 'image-' || lpad(n::text, 4, '0'), 'product-' || n % 10, 'data/p.png' from generate_series(0, ${total - 1}, 2) as n;
     insert into video_frames (frame_id, video_id, ts, local_path) select 'frame-' || lpad(n::text, 4, '0'), 'video-' || n % 10, n, 'data/p.png' from generate_series(1, ${total - 1}, 2) as n`,
  );
  await writer.assets.adoptNew();
  const { config, place } = addressOf({ url, create: false, clock });
  connection = new PostgresConnection({ config: withSession(config, { search_path: 'public,maskdesk' }), place, poolSize: 4, patienceMs: 4_000, readOnly: true, databaseNowMs: undefined }, () => undefined);
  marks = new QueueMarks(connection);
  assets = createAssetStore(connection, clock, async () => 0, marks);
});

afterAll(async () => {
  await connection.close();
  await dispose();
  await databases.dispose();
});

/** By its pages one after another, which no marks are asked for. */
const wholeList = async (query: { filter: AssetFilter; sort: (typeof assetSorts)[number] }): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
    const page: Awaited<ReturnType<AssetStore['list']>> = await writer.assets.list({ ...query, limit: 500, cursor });
    ids.push(...page.assets.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return ids;
};

const change = async (place: number, how: number): Promise<void> => {
  clock.advance(1 + how);
  const asset = idOf(place);
  if (how % 3 === 0) await writer.assets.recordFailure(asset, 'The photo could not be read.');
  else if (how % 3 === 1) await writer.revisions.addCandidate(modelRevision(asset, (how % 100) / 100));
  else await writer.assets.setSize(asset, 1 + how, 20);
};

const allAgree = async (offset: number): Promise<void> => {
  for (const sort of assetSorts) {
    for (const filter of filters) {
      const list = { filter, sort };
      const whole = await wholeList(list);
      const at = whole.length === 0 ? 0 : offset % whole.length;
      expect((await assets.window({ ...list, offset: at, limit: 7 })).assets.map(({ id }) => id)).toEqual(whole.slice(at, at + 7));
      const id = whole[at];
      if (id !== undefined) expect(await assets.position({ ...list, asset: present((await assets.withId(asId(id)))[0], 'an asset') })).toBe(at);
      await marks.settled();
    }
  }
};

test('any page and any place is what going through the list finds, after whatever another program has written', async () => {
  await allAgree(total - 5);
  const known = await connection.read((queries) => marks.beforePlace(queries, { filter: {}, sort: 'worst' }, total));
  expect(known?.place).toBe(total - 100);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(total - 1), fc.nat(1_000)), { minLength: 1, maxLength: 12 }), fc.nat(total), async (changes, offset) => {
      for (const [place, how] of changes) await change(place, how);
      await allAgree(offset);
    }),
    { numRuns: 4 },
  );
}, 120_000);

test('a change that is committed after a later one has been seen counts', async () => {
  const list = { filter: {}, sort: 'newest' } as const;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`update maskdesk.assets set updated_at_ms = 9000000000000 where id = 'image-0010'`);
    await change(3, 302);
    await change(5, 301);
    await assets.window({ ...list, offset: 600, limit: 3 });
    await client.query('commit');
  } finally {
    await client.end();
  }
  const whole = await wholeList(list);
  expect(whole[0]).toBe('image-0010');
  expect((await assets.window({ ...list, offset: 600, limit: 3 })).assets.map(({ id }) => id)).toEqual(whole.slice(600, 603));
});

test('many changes at once: counted anew', async () => {
  await databases.sql(url, `update maskdesk.assets set updated_at_ms = 9000000000000 + hashtext(id)`);
  await allAgree(900);
});
