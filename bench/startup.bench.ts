import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { pageOverCdp } from '../e2e/services/pageOverCdp.ts';
import { electronExecutable, launchArguments } from './window/openBenchWindow.ts';
import { makePhotoStore } from './window/photoStore.ts';
import { median, ms, say, sayMachine } from './window/statistics.ts';

/**
 * From starting the process to the first item painted (the app's own mark, renderer/actions/desk/advanceMarks.ts), by one clock. Not through
 * Playwright's launcher, which holds the app back until it has attached. Cold: a profile's first start, with the system's file cache dropped where
 * that is allowed. Warm: the same profile again. Options: --starts N (default 5).
 */
const { values } = parseArgs({ options: { starts: { type: 'string', default: '5' } }, strict: false });
const starts = Math.max(1, Number(values.starts));
const barMs = 1500;
const timeoutMs = 60_000;

/** @returns whether the system let us */
const dropFileCache = async (): Promise<boolean> => {
  try {
    await writeFile('/proc/sys/vm/drop_caches', '3');
    return true;
  } catch {
    // Not Linux, not root, or a container that may not: said in the heading.
    return false;
  }
};

interface Start {
  readonly toWindowMs: number;
  readonly toPaintedMs: number;
}

const startOnce = async (storeDir: string, dataDir: string): Promise<Start> => {
  const spawnedAtMs = Date.now();
  const child = spawn(electronExecutable(), ['--remote-debugging-port=0', ...launchArguments(storeDir)], {
    env: { ...process.env, MASKDESK_DATA: dataDir, MASKDESK_REVIEWER: 'Mara' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const until = async <T>(look: () => Promise<T | null>): Promise<T> => {
    for (; Date.now() - spawnedAtMs < timeoutMs && child.exitCode === null; await sleep(50)) {
      const found = await look();
      if (found !== null) return found;
    }
    throw new Error(`the window did not come:\n${errors}`);
  };
  try {
    const host = await until(async () => /DevTools listening on ws:\/\/([^/]+)\//.exec(errors)?.[1] ?? null);
    // Nothing is attached while it starts: that would slow it.
    await sleep(1000);
    const { browser, page } = await pageOverCdp(host, timeoutMs, () => child.exitCode !== null);
    const atMs = (): Promise<{ readonly begun: number; readonly painted: number | null }> =>
      page.evaluate(() => {
        const mark = performance.getEntriesByName('advance:painted')[0];
        return { begun: performance.timeOrigin, painted: mark === undefined ? null : performance.timeOrigin + mark.startTime };
      });
    const painted = await until(async () => (await atMs()).painted);
    const { begun } = await atMs();
    await browser.close();
    return { toWindowMs: begun - spawnedAtMs, toPaintedMs: painted - spawnedAtMs };
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
};

const photos = await makePhotoStore({ photos: 20, widthPx: 1600, heightPx: 1250 });
const dataDir = await mkdtemp(join(tmpdir(), 'maskdesk-bench-data-'));
try {
  const isDropped = await dropFileCache();
  const cold = await startOnce(photos.storeDir, dataDir);
  const warm: Start[] = [];
  for (let start = 0; start < starts; start++) warm.push(await startOnce(photos.storeDir, dataDir));
  console.log('\nStart: from the process to the first painted item, 20 photos of 2 MP');
  sayMachine();
  say(`cold: ${isDropped ? 'file cache dropped, ' : 'file cache as it was, '}first start of a profile`, ms(cold.toPaintedMs), `the page begins after ${ms(cold.toWindowMs)}`);
  const warmMs = median(warm.map(({ toPaintedMs }) => toPaintedMs));
  say(`warm: the same again, median of ${starts}`, ms(warmMs), `the page begins after ${ms(median(warm.map(({ toWindowMs }) => toWindowMs)))}; aim 1.5 s: ${warmMs <= barMs ? 'met' : 'MISSED'}`);
  say('  fastest and slowest', `${(Math.min(...warm.map(({ toPaintedMs }) => toPaintedMs)) / 1000).toFixed(2)} to ${(Math.max(...warm.map(({ toPaintedMs }) => toPaintedMs)) / 1000).toFixed(2)} s`);
} finally {
  await rm(dataDir, { recursive: true, force: true });
  await photos.remove();
}
