import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { openBenchWindow } from './window/openBenchWindow.ts';
import { makePhotoStore } from './window/photoStore.ts';
import { median, ms, percentile, say, sayMachine, verdictOf } from './window/statistics.ts';

/**
 * From the key to the frame that shows the next item, by the app's own marks (renderer/actions/desk/advanceMarks.ts), with photos of 2 MP and of
 * 24 MP: forth with D, back with A, and approving. Bars: issue "The desk", section 2. A person looks at each item for a moment first; `--rest MS` says
 * for how long (default 700), `--items N` how many (default 12).
 */
const { values } = parseArgs({ options: { rest: { type: 'string', default: '700' }, items: { type: 'string', default: '12' } }, strict: false });
const restMs = Number(values.rest);
const items = Math.max(4, Number(values.items));

interface Advances {
  readonly durationsMs: readonly number[];
  readonly longTasksMs: readonly number[];
}

/** Collects the app's measures and the page's long tasks from now on. */
const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen = { advances: [] as number[], longTasks: [] as number[] };
    Object.assign(window, { advanceBench: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntriesByName('advance')) seen.advances.push(entry.duration);
    }).observe({ type: 'measure' });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.longTasks.push(entry.duration);
    }).observe({ type: 'longtask' });
  });

const take = (page: Page): Promise<Advances> =>
  page.evaluate(() => {
    const { advanceBench } = window as unknown as { advanceBench: { advances: number[]; longTasks: number[] } };
    const taken = { durationsMs: advanceBench.advances.splice(0), longTasksMs: advanceBench.longTasks.splice(0) };
    return taken;
  });

const ready = (page: Page): Promise<unknown> => page.waitForSelector('[data-active="true"][data-status="ready"][data-asset-id]', { timeout: 60_000 });

const pressTimes = async (page: Page, key: string, times: number): Promise<Advances> => {
  await take(page);
  for (let press = 0; press < times; press++) {
    await sleep(restMs);
    await page.keyboard.press(key);
    // An item that is left before it was painted would not be measured, and those are the slow ones.
    await page.waitForFunction((count) => (window as unknown as { advanceBench: { advances: number[] } }).advanceBench.advances.length >= count, press + 1, { timeout: 30_000 });
  }
  await sleep(restMs);
  return take(page);
};

const report = (what: string, { durationsMs, longTasksMs }: Advances, expected: number, barMs: number): void => {
  if (durationsMs.length < expected) throw new Error(`${what}: ${durationsMs.length} of ${expected} items were painted`);
  say(`${what}: p50`, ms(median(durationsMs)));
  say(`${what}: p95`, ms(percentile(durationsMs, 0.95)), verdictOf(percentile(durationsMs, 0.95), barMs, `${barMs} ms`));
  const longest = Math.max(0, ...longTasksMs);
  say(`${what}: longest task on the UI thread`, longest === 0 ? 'under 50 ms' : ms(longest), verdictOf(longest, 50, '50 ms'));
};

const run = async (name: string, widthPx: number, heightPx: number, barMs: number): Promise<void> => {
  const store = await makePhotoStore({ photos: 2 * items + 2, widthPx, heightPx });
  const bench = await openBenchWindow({ storeDir: store.storeDir, size: { width: 1440, height: 900 } });
  try {
    const { page } = bench;
    await ready(page);
    await page.locator('[data-testid="queue-row"]').first().click();
    await ready(page);
    await watch(page);
    await sleep(3 * restMs);
    console.log(`\nAdvance, photos of ${name}, ${items} items a row, ${restMs} ms at each`);
    report('next (D)', await pressTimes(page, 'd', items), items, barMs);
    report('previous (A)', await pressTimes(page, 'a', items), items, barMs);
    report('approve and next (Enter)', await pressTimes(page, 'Enter', items), items, barMs);
  } finally {
    await bench.close();
    await store.remove();
  }
};

sayMachine();
await run('2 MP', 1730, 1156, 100);
await run('24 MP', 6000, 4000, 250);
