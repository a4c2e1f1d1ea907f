import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { App } from '../electron/app/createApp.ts';
import type { BulkProgress } from '../shared/contracts/rpc/review.ts';
import type { Asset } from '../shared/domain/asset.ts';
import { assetSorts, type AssetFilter } from '../shared/domain/assetQuery.ts';
import { asId, type BatchId } from '../shared/domain/ids.ts';
import { present } from '../shared/errors/errors.ts';
import { createMeasure, heading } from './queue/measure.ts';
import { makeStore } from './queue/makeStore.ts';

/**
 * The queue's engine: SQLite with many assets, through the store that handlers use. Bars: issue "The desk", section 1 (100,000: 50 ms p95);
 * at 1,000,000 our own: 50 ms for a first page, 300 ms for the rest. Options: --assets 100000,1000000 --runs 40.
 */
const { values } = parseArgs({ options: { assets: { type: 'string', default: '100000,1000000' }, runs: { type: 'string', default: '40' } }, strict: false });
const measure = createMeasure(Number(values.runs));

const pageSize = 100;
const small = { first: 50, other: 50 };
const large = { first: 50, other: 300 };

const filters: Readonly<Record<string, AssetFilter>> = {
  'state': { states: ['to_review'] },
  'states approved, rejected': { states: ['approved', 'rejected'] },
  'kind': { kind: 'keyframe' },
  'job': { jobId: asId('job-7') },
  'product': { productId: asId('product-000100') },
  'video': { videoId: asId('video-00010') },
  'model': { modelId: asId('u2netp') },
  'reviewer': { reviewer: 'Zoë' },
  'reason': { rejectReason: 'bad_photo' },
  'draft (none has one)': { hasDraft: true },
  'check': { check: 'rough_edge' },
  'text in titles': { text: 'boot' },
  'text in ids': { text: 'img-00012' },
  'text that is nowhere': { text: 'qqqq' },
  'text that is nearly everywhere': { text: 'e' },
  'text beyond ASCII': { text: 'GRÖßE' },
  'text in Cyrillic': { text: 'чай' },
  'state, reviewer, kind and text': { states: ['approved'], reviewer: 'Ana', kind: 'keyframe', text: 'größe' },
};

const reading = async ({ services: { store } }: App, total: number): Promise<void> => {
  const bars = total > 300_000 ? large : small;
  const { assets, stats } = store;
  heading('Pages of 100');
  for (const sort of assetSorts) {
    await measure(`first page, ${sort}`, bars.first, () => assets.list({ sort, limit: pageSize }));
    await measure(`window in the middle, ${sort}`, bars.other, (run) => assets.window({ sort, offset: Math.floor(total / 2) + run, limit: pageSize }));
    await measure(`window at the end, ${sort}`, bars.other, (run) => assets.window({ sort, offset: total - pageSize - run, limit: pageSize }));
  }
  for (const [name, filter] of Object.entries(filters)) {
    const { states, ...others } = filter;
    const counts = await assets.counts(others);
    const found = (states ?? (Object.keys(counts) as (keyof typeof counts)[])).reduce((sum, state) => sum + counts[state], 0);
    heading(`Filter: ${name} (${found})`);
    await measure('first page, worst', bars.first, () => assets.list({ filter, limit: pageSize }));
    await measure('first page, newest', bars.first, () => assets.list({ filter, sort: 'newest', limit: pageSize }));
    await measure('window in the middle', bars.other, (run) => assets.window({ filter, offset: Math.floor(found / 2) + run, limit: pageSize }));
    await measure('counts', bars.other, () => assets.counts(others));
    await measure('facets', bars.other, () => assets.facets(filter));
  }
  heading('Finding the way');
  const places: Asset[] = [];
  for (let run = 0; run < 40; run++) places.push(present((await assets.window({ offset: Math.floor((run * total) / 40), limit: 1 })).assets[0], 'an asset'));
  const at = (run: number): Asset => present(places[run], 'an asset');
  await measure('counts without a filter', bars.other, () => assets.counts());
  await measure('facets without a filter', bars.other, () => assets.facets());
  await measure('next to review', bars.other, (run) => assets.nextOpen({ after: at(run), states: ['to_review'], direction: 1 }));
  await measure('next to review, there is none', bars.other, (run) => assets.nextOpen({ filter: { reviewer: 'Ana' }, after: at(run), states: ['to_review'], direction: 1 }));
  await measure('place of an asset', bars.other, (run) => assets.position({ asset: at(run) }));
  heading('Statistics');
  const nowMs = Date.now();
  const dayMs = 86_400_000;
  await measure("the day's progress", bars.other, () => stats.today(nowMs - dayMs, 'Ana'));
  const { buckets } = await stats.dashboard({ sinceMs: nowMs - 31 * dayMs, untilMs: nowMs, bucketMs: dayMs });
  const verdicts = buckets.reduce((sum, { approved, rejected }) => sum + approved + rejected, 0);
  await measure(`dashboard, 31 days, ${verdicts} verdicts`, verdicts <= 200_000 ? 200 : null, () => stats.dashboard({ sinceMs: nowMs - 31 * dayMs, untilMs: nowMs, bucketMs: dayMs }));
};

const toTheEnd = async (work: AsyncIterable<BulkProgress>): Promise<{ readonly batchId: BatchId; readonly done: number }> => {
  for await (const step of work) if (step.kind === 'finished') return { batchId: step.batchId, done: step.done.length };
  throw new Error('a bulk verdict ends with finished');
};

const line = (what: string, measured: string): void => console.log(`  ${what.padEnd(46)}${measured}`);

/** Through the services, publishing and all, as a reviewer's keys do it. */
const writing = async (app: App): Promise<void> => {
  const { review, bulk, store } = app.services;
  heading('Writing');
  const page = await store.assets.list({ filter: { states: ['to_review'] }, limit: 1041 });
  const rejections = page.assets.slice(0, 41);
  const assets = page.assets.slice(41);
  await measure('a verdict (reject), acknowledged', null, async (run) => {
    const asset = present(rejections[run], 'an asset');
    await review.reject({ asset, expectedHead: asset.headRevisionId, reason: 'holes', note: null });
  });
  await app.publisher.drain();
  const startedMs = performance.now();
  const items = assets.map((asset) => ({ asset, expectedHead: asset.headRevisionId }));
  const { batchId, done } = await toTheEnd(bulk.judge(items, { kind: 'approve' }));
  const judgedMs = performance.now();
  await app.publisher.drain();
  const publishedMs = performance.now();
  const undone = await toTheEnd(bulk.undo(batchId));
  const undoneMs = performance.now();
  await app.publisher.drain();
  line(`bulk approval of ${done}`, `${((judgedMs - startedMs) / done).toFixed(1)} ms each, publishing beside it; all published after ${((publishedMs - startedMs) / 1000).toFixed(1)} s`);
  line(`its undo (${undone.done})`, `${((undoneMs - publishedMs) / undone.done).toFixed(1)} ms each; all withdrawn after ${((performance.now() - publishedMs) / 1000).toFixed(1)} s`);
};

const root = await mkdtemp(join(tmpdir(), 'maskdesk-bench-queue-'));
try {
  for (const total of String(values.assets).split(',').map(Number)) {
    const storeDir = join(root, String(total));
    const startedMs = performance.now();
    const app = await makeStore(storeDir, total);
    const { size } = await stat(join(storeDir, 'maskdesk.db'));
    console.log(`\n== ${total} assets: made in ${((performance.now() - startedMs) / 1000).toFixed(0)} s, database ${(size / 2 ** 20).toFixed(0)} MB`);
    try {
      await reading(app, total);
      await writing(app);
    } finally {
      await app.close();
      await rm(storeDir, { recursive: true, force: true });
    }
  }
} finally {
  await rm(root, { recursive: true, force: true });
}
