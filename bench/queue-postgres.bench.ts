import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startPostgres } from '../e2e/services/servers/postgres.ts';
import { systemClock } from '../electron/base/systemClock.ts';
import { openStore } from '../electron/store/index.ts';
import { sqlOn } from '../electron/store/testing/postgresFixture.ts';
import { modelRevision, verdictInput } from '../electron/store/testing/samples.ts';
import type { Asset } from '../shared/domain/asset.ts';
import { assetSorts, type AssetFilter } from '../shared/domain/assetQuery.ts';
import { asId } from '../shared/domain/ids.ts';
import { present } from '../shared/errors/errors.ts';
import type { Store } from '../shared/ports/store/store.ts';
import { fillPostgresSql } from './queue/fillPostgres.ts';
import { createMeasure, heading } from './queue/measure.ts';

/**
 * The queue on PostgreSQL, which it starts itself. Bar (issue "In the pipeline", section 4): a page within 50 ms p95. Options: --assets 1000000
 * --runs 20; --url measures a store that is there already, and writes to it as well.
 */
const { values } = parseArgs({ options: { assets: { type: 'string', default: '1000000' }, runs: { type: 'string', default: '20' }, url: { type: 'string' } }, strict: false });
const total = Number(values.assets);
const runs = Number(values.runs);
const measure = createMeasure(runs);
const pageBarMs = 50;
const pageSize = 100;

const filters: Readonly<Record<string, AssetFilter>> = {
  state: { states: ['to_review'] },
  'states approved, rejected': { states: ['approved', 'rejected'] },
  kind: { kind: 'keyframe' },
  job: { jobId: asId('job-7') },
  product: { productId: asId('product-000100') },
  video: { videoId: asId('video-00010') },
  model: { modelId: asId('u2netp') },
  reviewer: { reviewer: 'Zoë' },
  reason: { rejectReason: 'bad_photo' },
  'reason, there is none': { rejectReason: 'wrong_object', reviewer: 'Zoë' },
  'draft, there is none': { hasDraft: true },
  check: { check: 'rough_edge' },
  'text in titles': { text: 'boot' },
  'text in ids': { text: 'img-00012' },
  'text that is nowhere': { text: 'qqqq' },
  'text in Cyrillic': { text: 'чай' },
  'state, reviewer, kind and text': { states: ['approved'], reviewer: 'Ana', kind: 'keyframe', text: 'größe' },
};

/** A list's places are counted once, beside its first page (queueMarks.ts): pages of a list that has just been opened are measured on their own. */
const countedMs = 2_000;

/** Never the same list twice. */
const freshLists: readonly AssetFilter[] = ['Ana', 'Borys', 'Chiara', 'Dunja', 'Émile'].flatMap((reviewer) =>
  ['isnet-quint8', 'birefnet-lite'].flatMap((model) => (['approved', 'rejected'] as const).map((state): AssetFilter => ({ reviewer, modelId: asId(model), states: [state] }))),
);

const reading = async ({ assets }: Store): Promise<void> => {
  heading('Pages of 100');
  for (const sort of assetSorts) {
    await measure(`first page, ${sort}`, pageBarMs, () => assets.list({ sort, limit: pageSize }));
    await wait(countedMs);
    await measure(`window in the middle, ${sort}`, pageBarMs, (run) => assets.window({ sort, offset: Math.floor(total / 2) + run, limit: pageSize }));
    await measure(`window at the end, ${sort}`, pageBarMs, (run) => assets.window({ sort, offset: total - pageSize - run, limit: pageSize }));
    await measure(`windows all over, ${sort}`, pageBarMs, (run) => assets.window({ sort, offset: Math.floor((total * run) / runs), limit: pageSize }));
  }
  for (const [name, filter] of Object.entries(filters)) {
    const { states, ...others } = filter;
    const counts = await assets.counts(others);
    const found = (states ?? (Object.keys(counts) as (keyof typeof counts)[])).reduce((sum, state) => sum + counts[state], 0);
    heading(`Filter: ${name} (${found})`);
    for (const sort of assetSorts) {
      await measure(`first page, ${sort}`, pageBarMs, () => assets.list({ filter, sort, limit: pageSize }));
      await assets.window({ filter, sort, offset: Math.floor(found / 2), limit: pageSize });
      await wait(countedMs);
      await measure(`windows all over, ${sort}`, pageBarMs, (run) => assets.window({ filter, sort, offset: Math.floor((found * run) / runs), limit: pageSize }));
    }
    await measure('counts', null, () => assets.counts(others));
    await measure('facets', null, () => assets.facets(filter));
  }
  heading('Lists that have just been opened');
  await createMeasure(Math.min(runs, freshLists.length))('first page', pageBarMs, (run) => assets.list({ filter: present(freshLists[run], 'a list'), limit: pageSize }));
  await createMeasure(Math.min(runs, freshLists.length))('window 1,000 behind', null, (run) => assets.window({ filter: present(freshLists[run], 'a list'), offset: 1_000, limit: pageSize }));
  heading('Finding the way');
  const places: Asset[] = [];
  for (let run = 0; run < runs; run++) places.push(present((await assets.window({ offset: Math.floor((run * total) / runs), limit: 1 })).assets[0], 'an asset'));
  const at = (run: number): Asset => present(places[run], 'an asset');
  await measure('counts without a filter', null, () => assets.counts());
  await measure('facets without a filter', null, () => assets.facets());
  await measure('next to review', null, (run) => assets.nextOpen({ after: at(run), states: ['to_review'], direction: 1 }));
  await measure('place of an asset', null, (run) => assets.position({ asset: at(run) }));
};

/** What each change of an asset costs with all that is kept for the queue; and pages while others write. */
const writing = async (store: Store): Promise<void> => {
  heading('Writing');
  const { assets: fresh } = await store.assets.list({ filter: { states: ['unsegmented'] }, limit: 2 * (runs + 1) });
  const at = (place: number): Asset => present(fresh[place], 'an asset');
  const revisions = fresh.map((asset) => modelRevision(asset));
  let done = 0;
  await measure("a model's result", null, () => store.revisions.addCandidate(present(revisions[done++], 'a revision')));
  let judged = 0;
  await measure('a verdict (reject)', null, () => {
    const { revisionId } = present(revisions[judged], 'a revision');
    return store.review.recordVerdict(verdictInput(at(judged++), 'reject', revisionId));
  });
  await measure('a window in the middle after a write', pageBarMs, async (run) => {
    await store.revisions.addCandidate(present(revisions[done++], 'a revision'));
    return store.assets.window({ offset: Math.floor(total / 2) + run, limit: pageSize });
  });
};

const measureAt = async (url: string): Promise<void> => {
  const store = await openStore({ kind: 'postgres', url, create: true, clock: systemClock });
  try {
    await reading(store);
    await writing(store);
  } finally {
    await store.close();
  }
};

if (typeof values.url === 'string') await measureAt(values.url);
else {
  const server = await startPostgres({ settings: { fsync: 'off', shared_buffers: '512MB', max_wal_size: '4GB' } });
  try {
    const url = await server.createDatabase('queue');
    await (await openStore({ kind: 'postgres', url, create: true, clock: systemClock })).close();
    const startedMs = performance.now();
    await sqlOn(url, fillPostgresSql(total, Date.now()));
    await sqlOn(url, 'vacuum analyze');
    console.log(`\n== ${total} assets: made in ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
    await measureAt(url);
  } finally {
    await server.dispose();
  }
}
