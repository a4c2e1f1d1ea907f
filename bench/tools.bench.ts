import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { emptyBitmap, type Bitmap } from '../shared/mask/bitmap.ts';
import { openBenchWindow } from './window/openBenchWindow.ts';
import { makePhotoStore } from './window/photoStore.ts';
import { pressKey, randomFrom, strokeOf, wanderingPath, type Place } from './window/pointer.ts';
import { installProbe, takeReport } from './window/probe.ts';
import { ms, say, sayMachine } from './window/statistics.ts';

/**
 * Tasks over 50 ms on the UI thread in the window, tool by tool, on the mask that is hardest for them: one ragged piece over most of a 24 MP photo, with
 * thousands of pinholes. Bar: none. Options: --megapixels 24|100 (default 24), --times N (each is done so often, default 3).
 */
const { values } = parseArgs({ options: { megapixels: { type: 'string', default: '24' }, times: { type: 'string', default: '3' } }, strict: false });
const times = Math.max(1, Number(values.times));

/** Its border turns at nearly every pixel. */
const raggedMask = (widthPx: number, heightPx: number): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  const random = randomFrom(11);
  const [left, right] = [Math.round(widthPx * 0.15), Math.round(widthPx * 0.85)];
  for (let y = Math.round(heightPx * 0.15); y < heightPx * 0.85; y++) {
    const ragged = (): number => Math.round(random() * 0.02 * widthPx);
    mask.data.fill(255, y * widthPx + left + ragged(), y * widthPx + right - ragged());
    if (y % 8 === 0) for (let hole = 0; hole < 6; hole++) mask.data[y * widthPx + Math.round(left + (0.05 + 0.9 * random()) * (right - left))] = 0;
  }
  return mask;
};

const [widthPx, heightPx] = values.megapixels === '100' ? [12_000, 8300] : [6000, 4000];
const photos = await makePhotoStore({ photos: 1, widthPx, heightPx, maskOf: raggedMask });
const window = await openBenchWindow({ storeDir: photos.storeDir });
try {
  const { page, cdp } = window;
  const pane = page.locator('[data-testid^="pane-"][data-active="true"][data-status="ready"]');
  await pane.waitFor();
  const box = await pane.getByRole('img').first().boundingBox();
  if (box === null) throw new Error('there is no canvas');
  await installProbe(page);
  const random = randomFrom(3);
  const middle: Place = { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  const near = (): Place => ({ x: middle.x + Math.round((random() - 0.5) * 60), y: middle.y + Math.round((random() - 0.5) * 60) });
  const click = (at: Place, clickCount: number): Promise<unknown> =>
    Promise.all((['mousePressed', 'mouseReleased'] as const).map((type) => cdp.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', buttons: type === 'mousePressed' ? 1 : 0, clickCount })));
  const hover = async (): Promise<void> => {
    for (let move = 0; move < 40; move++) {
      await cdp.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...near(), button: 'none', buttons: 0 });
      await sleep(16);
    }
  };
  const undo = (): Promise<void> => pressKey(cdp, 'z', 'KeyZ', 90, 2);
  const round = (radiusPx: number, count: number): readonly Place[] =>
    Array.from({ length: count }, (_, at) => {
      const angle = (2 * Math.PI * at) / (count - 1);
      const radius = radiusPx * (1 + 0.06 * Math.sin(97 * angle));
      return { x: Math.round(middle.x + radius * Math.cos(angle)), y: Math.round(middle.y + radius * Math.sin(angle)) };
    });
  const doings: Readonly<Record<string, () => Promise<void>>> = {
    'keep piece: pointing at the piece': async () => {
      await page.keyboard.press('j');
      await hover();
    },
    'keep piece: a click': async () => {
      await click(middle, 1);
      await sleep(2500);
      await undo();
    },
    'fill hole: pointing': async () => {
      await page.keyboard.press('u');
      await hover();
    },
    'polygon: double click takes the outline': async () => {
      await page.keyboard.press('p');
      await click(middle, 1);
      await click(middle, 2);
      await sleep(1500);
    },
    'polygon: pointing at the outline': hover,
    'polygon: Esc': () => page.keyboard.press('Escape'),
    'polygon: a line by hand, closed': async () => {
      await strokeOf(cdp, round(130, 1200), 1000);
      await page.keyboard.press('Enter');
      await sleep(800);
      await page.keyboard.press('Enter');
      await undo();
    },
    lasso: async () => {
      await page.keyboard.press('l');
      await strokeOf(cdp, round(140, 600), 500);
      await sleep(500);
      await undo();
    },
    'brush of 200 px': async () => {
      await page.keyboard.press('b');
      await strokeOf(cdp, wanderingPath(random, box, 120, 12), 125);
      await sleep(500);
      await undo();
    },
    'the mask hidden and shown': async () => {
      await page.keyboard.down('h');
      await sleep(300);
      await page.keyboard.up('h');
    },
    'the next view': async () => {
      for (let view = 0; view < 8; view++) {
        await page.keyboard.press('v');
        await sleep(500);
      }
    },
    'zoom to 100 % and back': async () => {
      await page.keyboard.press('1');
      await sleep(700);
      await page.keyboard.press('0');
    },
  };
  console.log(`\nTools in the window: ${values.megapixels} MP, one ragged piece with pinholes, ${times} times each; tasks over 50 ms`);
  sayMachine();
  await sleep(2000);
  for (const [name, act] of Object.entries(doings)) {
    const all: number[] = [];
    const work: string[] = [];
    for (let time = 0; time < times; time++) {
      await takeReport(page);
      await act();
      await sleep(600);
      const report = await takeReport(page);
      all.push(...report.longTasksMs);
      work.push(...report.longWork);
    }
    say(name, String(all.length), all.length === 0 ? 'bar 0: met' : `longest ${ms(Math.max(...all))}, bar 0: MISSED`);
    for (const line of work) console.log(`      ${line}`);
  }
} finally {
  await window.close();
  await photos.remove();
}
