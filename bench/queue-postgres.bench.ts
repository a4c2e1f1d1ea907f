import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { startPostgres } from '../e2e/services/servers/postgres.ts';
import { systemClock } from '../electron/base/systemClock.ts';
import { openStore } from '../electron/store/index.ts';
import { sqlOn } from '../electron/store/testing/postgresFixture.ts';
import { assetSorts, type AssetFilter } from '../shared/domain/assetQuery.ts';
import { asId } from '../shared/domain/ids.ts';
import { present } from '../shared/errors/errors.ts';
import { fillPostgresSql } from './queue/fillPostgres.ts';
import { createMeasure, heading } from './queue/measure.ts';

/** The queue on PostgreSQL, which it starts itself. Bar (issue "In the pipeline", section 4): a page within 50 ms p95. Options: --assets 1000000 --runs 20. */
const { values } = parseArgs({ options: { assets: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '20' } }, strict: false });
const total = Number(values.assets);
const measure = createMeasure(Number(values.runs));
const pageBarMs = 50;
const pageSize = 100;

const filters: Readonly<Record<string, AssetFilter>> = {
  state: { states: ['to_review'] },
  'states approved, rejected': { states: ['approved', 'rejected'] },
  kind: { kind: 'keyframe' },
  job: { jobId: asId('job-7') },
  product: { productId: asId('product-000100') },
  model: { modelId: asId('u2netp') },
  reviewer: { reviewer: 'Zoë' },
  reason: { rejectReason: 'bad_photo' },
  'draft (none has one)': { hasDraft: true },
  check: { check: 'rough_edge' },
  'text in titles': { text: 'boot' },
  'text that is nowhere': { text: 'qqqq' },
  'text in Cyrillic': { text: 'чай' },
};

const server = await startPostgres({ settings: { fsync: 'off', shared_buffers: '512MB', max_wal_size: '4GB' } });
try {
  const url = await server.createDatabase('queue');
  const options = { kind: 'postgres', url, create: true, clock: systemClock } as const;
  await (await openStore(options)).close();
  const startedMs = performance.now();
  await sqlOn(url, fillPostgresSql(total, Date.now()));
  await sqlOn(url, 'vacuum analyze');
  console.log(`\n== ${total} assets: made in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
  const store = await openStore(options);
  const { assets } = store;
  heading('Pages of 100');
  for (const sort of assetSorts) {
    await measure(`first page, ${sort}`, pageBarMs, () => assets.list({ sort, limit: pageSize }));
    await measure(`window in the middle, ${sort}`, pageBarMs, (run) => assets.window({ sort, offset: Math.floor(total / 2) + run, limit: pageSize }));
    await measure(`window at the end, ${sort}`, pageBarMs, (run) => assets.window({ sort, offset: total - pageSize - run, limit: pageSize }));
  }
  for (const [name, filter] of Object.entries(filters)) {
    heading(`Filter: ${name}`);
    for (const sort of assetSorts) await measure(`first page, ${sort}`, pageBarMs, () => assets.list({ filter, sort, limit: pageSize }));
    const { states: _states, ...others } = filter;
    await measure('counts', null, () => assets.counts(others));
  }
  heading('Finding the way');
  const middle = present((await assets.window({ offset: Math.floor(total / 2), limit: 1 })).assets[0], 'an asset');
  await measure('counts without a filter', null, () => assets.counts());
  await measure('facets without a filter', null, () => assets.facets());
  await measure('next to review', null, () => assets.nextOpen({ after: middle, states: ['to_review'], direction: 1 }));
  await measure('place of an asset', null, () => assets.position({ asset: middle }));
  await store.close();
} finally {
  await server.dispose();
}
