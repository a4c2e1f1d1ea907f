import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { storeSettingsFile } from '../electron/app/config.ts';
import { processesOf } from './window/memory.ts';
import { openBenchWindow, type BenchWindow } from './window/openBenchWindow.ts';
import { makePhotoStore } from './window/photoStore.ts';
import { pressKey, randomFrom, type Box, type Place } from './window/pointer.ts';
import { clickAndWatch, rest, type PromptClick } from './window/promptClicks.ts';
import { runInRealTime } from './window/realTime.ts';
import { startProfile } from './window/profile.ts';
import { median, megabytes, ms, percentile, say, sayMachine, verdictOf } from './window/statistics.ts';

/**
 * Prompts in the real window: from a real click to the painted mask at 2 MP and 12 MP, beside the decoder's own time of the very same prompts; the first
 * click on an item that was read ahead; what the decoding process holds. Bars: issue "Correcting a mask in seconds", section 1.
 * Options: --clicks N (default 15), --model M (default mobilesam), --prefetched N (default 50; 0: not measured), --profile (the page's time by function),
 * --real-time (on a busy Linux machine, as root: the app's processes go first while clicks are measured).
 */
const { values } = parseArgs({
  options: {
    clicks: { type: 'string', default: '15' },
    model: { type: 'string', default: 'mobilesam' },
    prefetched: { type: 'string', default: '50' },
    profile: { type: 'boolean', default: false },
    'real-time': { type: 'boolean', default: false },
  },
  strict: false,
});
const clicks = Math.max(3, Number(values.clicks));
const prefetched = Math.max(0, Number(values.prefetched));
const sizes = [
  { name: '2 MP', widthPx: 1632, heightPx: 1224 },
  { name: '12 MP', widthPx: 4000, heightPx: 3000 },
];

/** Of this person at this machine: what was measured of the decoders is kept in it. */
const dataDir = await mkdtemp(join(tmpdir(), 'maskdesk-bench-data-'));

const decodingProcess = 'Maskdesk prompts';
const prepareLimitMs = 60_000;

const openPrompting = async (storeDir: string): Promise<{ readonly window: BenchWindow; readonly box: Box }> => {
  await writeFile(join(storeDir, storeSettingsFile), JSON.stringify({ promptModel: String(values.model) }));
  const window = await openBenchWindow({ storeDir, dataDir });
  const pane = window.page.locator('[data-testid^="pane-"][data-active="true"][data-status="ready"]');
  await pane.waitFor();
  const box = await pane.getByRole('img').first().boundingBox();
  if (box === null) throw new Error('there is no canvas');
  return { window, box };
};

/** Places near the object's rim, never twice the same: no answer comes from an earlier click. */
const placeIn = (random: () => number, { x, y, width, height }: Box): Place => ({
  x: Math.round(x + width * (0.3 + 0.4 * random())),
  y: Math.round(y + height / 2 + Math.min(width, height) * 0.25 * (random() - 0.5)),
});

/** Esc ends the prompts, so that each click asks with one point, and undo takes the mask back. */
const begin = async ({ cdp }: BenchWindow): Promise<void> => {
  await pressKey(cdp, 'Escape', 'Escape', 27);
  await rest();
};

const report = (answered: readonly PromptClick[]): void => {
  const of = (pick: (click: PromptClick) => number): number => median(answered.map(pick));
  const ratio = of(({ drawnMs, decodeMs }) => drawnMs / decodeMs);
  say('the decoder’s own run, p50', ms(of(({ decodeMs }) => decodeMs)), `answered by ${[...new Set(answered.map(({ backend }) => backend))].join(', ')}`);
  say('click to drawn, p50', ms(of(({ drawnMs }) => drawnMs)), `p95 ${ms(percentile(answered.map(({ drawnMs }) => drawnMs), 0.95))}`);
  say('  of the decoder’s own time, p50 of the pairs', ratio.toFixed(3), verdictOf(ratio, 1.05, '1.05'));
  say('click to frame, p50', ms(of(({ frameMs }) => frameMs)));
  say('  click to ask', ms(of(({ askedMs }) => askedMs)), 'event, tool, session');
  say('  there and back beside the run', ms(of(({ askedMs, answeredMs, decodeMs }) => answeredMs - askedMs - decodeMs)), 'between the processes');
  say('  answer to drawn', ms(of(({ answeredMs, drawnMs }) => drawnMs - answeredMs)), 'session, picture, canvas');
};

for (const { name, widthPx, heightPx } of sizes) {
  const photos = await makePhotoStore({ photos: 2, widthPx, heightPx });
  const { window, box } = await openPrompting(photos.storeDir);
  try {
    const { page, cdp } = window;
    console.log(`\nPrompts in the window: ${name} (${widthPx} x ${heightPx}), ${String(values.model)}, canvas ${Math.round(box.width)} x ${Math.round(box.height)} px, ${clicks} clicks`);
    sayMachine();
    await page.keyboard.press('q');
    const random = randomFrom(11);
    // The first one reads the picture.
    const reading = await clickAndWatch(page, cdp, placeIn(random, box), prepareLimitMs);
    say('first click on an item that nobody has read', ms(reading.drawnMs), 'the encoder runs');
    // Both ways are compared in a pause, once a machine; then code and canvases get warm.
    while (!(await readFile(join(dataDir, 'preferences.json'), 'utf8').catch(() => '')).includes('promptBackends')) await sleep(500);
    await rest();
    for (let warm = 0; warm < 4; warm++) {
      await begin(window);
      await clickAndWatch(page, cdp, placeIn(random, box));
    }
    const stopRealTime = values['real-time'] === true ? await runInRealTime(window.app) : null;
    const stopProfile = values.profile === true ? await startProfile(cdp) : null;
    const answered: PromptClick[] = [];
    for (let click = 0; click < clicks; click++) {
      await begin(window);
      answered.push(await clickAndWatch(page, cdp, placeIn(random, box)));
    }
    stopRealTime?.();
    report(answered);
    if (stopProfile !== null) for (const { where, ms: selfMs } of (await stopProfile()).slice(0, 25)) say(`    ${where}`, ms(selfMs));
    // The next item is read ahead while prompts are in use.
    await sleep(8000);
    await page.keyboard.press('d');
    await page.locator('[data-testid^="pane-"][data-active="true"][data-status="ready"]').waitFor();
    await rest();
    await sleep(1000);
    const first = await clickAndWatch(page, cdp, placeIn(random, box), prepareLimitMs);
    const later: PromptClick[] = [];
    for (let click = 0; click < 5; click++) {
      await begin(window);
      later.push(await clickAndWatch(page, cdp, placeIn(random, box)));
    }
    const laterMs = median(later.map(({ drawnMs }) => drawnMs));
    say('first click on the next item, read ahead', ms(first.drawnMs), `later ones ${ms(laterMs)}, decoder ${ms(first.decodeMs)} and ${ms(median(later.map(({ decodeMs }) => decodeMs)))}`);
  } finally {
    await window.close();
    await photos.remove();
  }
}

if (prefetched > 0) {
  const photos = await makePhotoStore({ photos: prefetched, widthPx: 800, heightPx: 600 });
  const { window, box } = await openPrompting(photos.storeDir);
  try {
    const { app, page, cdp } = window;
    console.log(`\n${prefetched} items read ahead, one after another prompted`);
    await page.keyboard.press('q');
    const random = randomFrom(3);
    const decoding = async (): Promise<number> => (await processesOf(app)).find(({ name }) => name === decodingProcess)?.bytes ?? NaN;
    await clickAndWatch(page, cdp, placeIn(random, box), prepareLimitMs);
    const startBytes = await decoding();
    let mostBytes = startBytes;
    for (let item = 1; item < prefetched; item++) {
      await page.keyboard.press('d');
      await page.locator('[data-testid^="pane-"][data-active="true"][data-status="ready"]').waitFor();
      await clickAndWatch(page, cdp, placeIn(random, box), prepareLimitMs);
      mostBytes = Math.max(mostBytes, await decoding());
    }
    say('the decoding process after the first item', megabytes(startBytes));
    say('at most', megabytes(mostBytes), verdictOf((mostBytes - startBytes) / 1e6, 512, 'growth 512 MB (decoderMemoryMegabytes)'));
  } finally {
    await window.close();
    await photos.remove();
  }
}

await rm(dataDir, { recursive: true, force: true });
