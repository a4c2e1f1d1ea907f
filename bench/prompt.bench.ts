import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { storeSettingsFile } from '../electron/app/config.ts';
import { BareDecoder, type ClickBytes } from './window/bareDecoder.ts';
import { processesOf } from './window/memory.ts';
import { openBenchWindow, type BenchWindow } from './window/openBenchWindow.ts';
import { makePhotoStore } from './window/photoStore.ts';
import { pressKey, randomFrom, type Box, type Place } from './window/pointer.ts';
import { clickAndWatch, rest, type PromptClick } from './window/promptClicks.ts';
import { runInRealTime } from './window/realTime.ts';
import { startProfile } from './window/profile.ts';
import { median, megabytes, ms, percentile, say, sayMachine, verdictOf } from './window/statistics.ts';

/**
 * Prompts in the real window: from a real click to the painted mask at 2 MP and 12 MP, at once and after the pointer has rested, beside the bare decoder:
 * its runs of the very same prompts in the same process, before and after each click; the first click on an item that was read ahead; what the decoding
 * process holds. Bars: issue "Correcting a mask in seconds", section 1.
 * Options: --clicks N (default 15), --model M,N (default mobilesam,sam2-tiny), --prefetched N (default 50; 0: not measured), --profile (the page's time by function),
 * --real-time (on a busy Linux machine, as root: the app's processes go first while clicks are measured).
 */
const { values } = parseArgs({
  options: {
    clicks: { type: 'string', default: '15' },
    model: { type: 'string', default: 'mobilesam,sam2-tiny' },
    prefetched: { type: 'string', default: '50' },
    profile: { type: 'boolean', default: false },
    'real-time': { type: 'boolean', default: false },
  },
  strict: false,
});
const clicks = Math.max(3, Number(values.clicks));
const prefetched = Math.max(0, Number(values.prefetched));
const models = String(values.model).split(',');
/** A hand that aims rests about so long before it presses. */
const restedMs = 120;
const bar = 1.05;
const measuringLimitMs = 40_000;
const sizes = [
  { name: '2 MP', widthPx: 1632, heightPx: 1224 },
  { name: '12 MP', widthPx: 4000, heightPx: 3000 },
];

/** Of this person at this machine: what was measured of the decoders is kept in it. */
const dataDir = await mkdtemp(join(tmpdir(), 'maskdesk-bench-data-'));

const decodingProcess = 'Maskdesk prompts';
const prepareLimitMs = 60_000;

const openPrompting = async (storeDir: string, model: string): Promise<{ readonly window: BenchWindow; readonly box: Box }> => {
  await writeFile(join(storeDir, storeSettingsFile), JSON.stringify({ promptModel: model }));
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
const begin = async ({ cdp }: Pick<BenchWindow, 'cdp'>): Promise<void> => {
  await pressKey(cdp, 'Escape', 'Escape', 27);
  await rest();
};

/** A click, and the bare decoder's runs right before and after it. */
interface Measured {
  readonly click: PromptClick;
  readonly bareMs: number;
}

const measureClicks = async ({ page, cdp }: BenchWindow, bare: BareDecoder, place: () => Place, restedMsOfClick: number): Promise<Measured> => {
  await begin({ cdp });
  const beforeMs = await bare.runMs();
  const click = await clickAndWatch(page, cdp, place(), { restedMs: restedMsOfClick });
  // The mask in full and the draft are made now; the decoder has the machine to itself again after that.
  await rest();
  return { click, bareMs: (beforeMs + (await bare.runMs())) / 2 };
};

const sayRatio = (what: string, measured: readonly Measured[], pick: (click: PromptClick) => number): void => {
  const ratio = median(measured.map(({ click, bareMs }) => pick(click) / bareMs));
  say(what, ms(median(measured.map(({ click }) => pick(click)))), `${ratio.toFixed(3)} of the bare decoder, ${verdictOf(ratio, bar, String(bar))}; p95 ${ms(percentile(measured.map(({ click }) => pick(click)), 0.95))}`);
};

const report = (atOnce: readonly Measured[], rested: readonly Measured[], bytes: ClickBytes): void => {
  const of = (pick: (click: PromptClick) => number): number => median(atOnce.map(({ click }) => pick(click)));
  say('the bare decoder, p50', ms(median([...atOnce, ...rested].map(({ bareMs }) => bareMs))), `clicks were answered by ${[...new Set([...atOnce, ...rested].map(({ click }) => click.backend))].join(', ')}`);
  sayRatio('click at once to drawn, p50', atOnce, ({ drawnMs }) => drawnMs);
  sayRatio('click at once to frame, p50', atOnce, ({ frameMs }) => frameMs);
  say('  click to ask', ms(of(({ askedMs }) => askedMs)), 'event, tool, session');
  say('  the decoder’s run of this click', ms(of(({ decodeMs }) => decodeMs)));
  say('  there and back beside the run', ms(of(({ askedMs, answeredMs, decodeMs }) => answeredMs - askedMs - decodeMs)), 'between the processes');
  say('  answer to drawn', ms(of(({ answeredMs, drawnMs }) => drawnMs - answeredMs)), 'session, picture, canvas');
  sayRatio(`click after ${restedMs} ms of rest to drawn, p50`, rested, ({ drawnMs }) => drawnMs);
  sayRatio(`click after ${restedMs} ms of rest to frame, p50`, rested, ({ frameMs }) => frameMs);
  say('bytes of a click: asked, to show, after', `${bytes.askedBytes} B`, `${megabytes(bytes.firstBytes)}, ${megabytes(bytes.laterBytes)}`);
};

const measurePhotos = async (model: string, { name, widthPx, heightPx }: (typeof sizes)[number]): Promise<void> => {
  const photos = await makePhotoStore({ photos: 2, widthPx, heightPx });
  const { window, box } = await openPrompting(photos.storeDir, model);
  try {
    const { page, cdp } = window;
    console.log(`\nPrompts in the window: ${name} (${widthPx} x ${heightPx}), ${model}, canvas ${Math.round(box.width)} x ${Math.round(box.height)} px, ${clicks} clicks`);
    sayMachine();
    await page.keyboard.press('q');
    const random = randomFrom(11);
    const place = (): Place => placeIn(random, box);
    // The first one reads the picture.
    const reading = await clickAndWatch(page, cdp, place(), { limitMs: prepareLimitMs });
    say('first click on an item that nobody has read', ms(reading.drawnMs), 'the encoder runs');
    const bare = await BareDecoder.listen(page);
    // Both ways are compared in a pause, once a machine; then code and canvases get warm.
    const isMeasured = async (): Promise<boolean> => (await readFile(join(dataDir, 'preferences.json'), 'utf8').catch(() => '')).includes(`"${model} `);
    for (const endMs = Date.now() + measuringLimitMs; Date.now() < endMs && !(await isMeasured()); ) await sleep(500);
    if (!(await isMeasured())) say('  the two decoders were not compared in time', '');
    await rest();
    for (let warm = 0; warm < 4; warm++) {
      await begin(window);
      await clickAndWatch(page, cdp, place(), { restedMs: warm % 2 === 0 ? 0 : restedMs });
    }
    const stopRealTime = values['real-time'] === true ? await runInRealTime(window.app) : null;
    const stopProfile = values.profile === true ? await startProfile(cdp) : null;
    const atOnce: Measured[] = [];
    const rested: Measured[] = [];
    let bytes: ClickBytes | null = null;
    for (let click = 0; click < clicks; click++) {
      atOnce.push(await measureClicks(window, bare, place, 0));
      bytes ??= await bare.bytes();
      rested.push(await measureClicks(window, bare, place, restedMs));
    }
    stopRealTime?.();
    report(atOnce, rested, bytes ?? (await bare.bytes()));
    if (stopProfile !== null) for (const { where, ms: selfMs } of (await stopProfile()).slice(0, 25)) say(`    ${where}`, ms(selfMs));
    // The next item is read ahead while prompts are in use.
    await sleep(8000);
    await page.keyboard.press('d');
    await page.locator('[data-testid^="pane-"][data-active="true"][data-status="ready"]').waitFor();
    await rest();
    await sleep(1000);
    const first = await clickAndWatch(page, cdp, place(), { limitMs: prepareLimitMs });
    const later: PromptClick[] = [];
    for (let click = 0; click < 5; click++) {
      await begin(window);
      later.push(await clickAndWatch(page, cdp, place()));
    }
    const laterMs = median(later.map(({ drawnMs }) => drawnMs));
    say('first click on the next item, read ahead', ms(first.drawnMs), `later ones ${ms(laterMs)}, decoder ${ms(first.decodeMs)} and ${ms(median(later.map(({ decodeMs }) => decodeMs)))}`);
  } finally {
    await window.close();
    await photos.remove();
  }
};

for (const model of models) for (const size of sizes) await measurePhotos(model, size);

if (prefetched > 0) {
  const photos = await makePhotoStore({ photos: prefetched, widthPx: 800, heightPx: 600 });
  const { window, box } = await openPrompting(photos.storeDir, models[0] ?? 'mobilesam');
  try {
    const { app, page, cdp } = window;
    console.log(`\n${prefetched} items read ahead, one after another prompted`);
    await page.keyboard.press('q');
    const random = randomFrom(3);
    const decoding = async (): Promise<number> => (await processesOf(app)).find(({ name }) => name === decodingProcess)?.bytes ?? NaN;
    await clickAndWatch(page, cdp, placeIn(random, box), { limitMs: prepareLimitMs });
    const startBytes = await decoding();
    let mostBytes = startBytes;
    for (let item = 1; item < prefetched; item++) {
      await page.keyboard.press('d');
      await page.locator('[data-testid^="pane-"][data-active="true"][data-status="ready"]').waitFor();
      await clickAndWatch(page, cdp, placeIn(random, box), { limitMs: prepareLimitMs });
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
