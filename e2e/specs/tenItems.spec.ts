import { expect, quickModel, test } from '../electronApp.ts';
import { runCli } from '../services/cli.ts';
import { listItems } from '../services/items.ts';
import type { DeskPage } from '../pages/deskPage.ts';

const items = 10;

/** Collects the app's own measures from the key to the frame that shows the item (renderer/actions/desk/advanceMarks.ts). */
const watchAdvances = (desk: DeskPage): Promise<void> =>
  desk.page.evaluate(() => {
    const durations: number[] = [];
    Object.assign(window, { advances: durations });
    new PerformanceObserver((list) => durations.push(...list.getEntriesByName('advance').map(({ duration }) => duration))).observe({ type: 'measure' });
  });

/** The store has masks for six; these are for the others that are judged. */
const segmentMore = async (store: string): Promise<void> => {
  const bare = await listItems(store, '--state', 'unsegmented', '--limit', String(items - 5));
  await runCli('segment', '--store', store, '--model', quickModel, ...bare.map(({ asset_id }) => asset_id));
};

const stateOf = async (store: string, id: string): Promise<string | undefined> => (await listItems(store)).find(({ asset_id }) => asset_id === id)?.state;

const advancesOf = (desk: DeskPage): Promise<number[]> => desk.page.evaluate(() => (window as unknown as { advances: number[] }).advances);

test('ten items, hands on the keyboard: each is judged, and the app says how long the next one took', async ({ segmentedStore: store, openDesk }, testInfo) => {
  await segmentMore(store);
  const { desk } = await openDesk({ storeDir: store });
  await desk.ready();
  // The mouse stays where it is from here on.
  await watchAdvances(desk);
  const judged: { readonly id: string; readonly verdict: 'approved' | 'rejected' }[] = [];
  for (let item = 0; item < items; item++) {
    const id = await desk.ready();
    const rejects = item % 3 === 2;
    await desk.press(rejects ? 'Backspace' : 'Enter');
    if (rejects) await desk.press('4');
    judged.push({ id, verdict: rejects ? 'rejected' : 'approved' });
    await desk.movedOnFrom(id);
    await expect.poll(async () => (await advancesOf(desk)).length).toBeGreaterThan(item);
  }
  expect(new Set(judged.map(({ id }) => id)).size).toBe(items);

  await test.step('the last one is taken back by one key, and is in hand again', async () => {
    const last = judged.at(-1);
    if (last === undefined) throw new Error('nothing was judged');
    await desk.press('Control+z');
    await expect(desk.activePane).toHaveAttribute('data-asset-id', last.id);
    await desk.ready();
    await expect.poll(async () => stateOf(store, last.id)).toBe('to_review');
  });
  const states = new Map((await listItems(store)).map(({ asset_id, state }) => [asset_id, state]));
  const given = judged.slice(0, -1);
  expect(given.map(({ id }) => ({ id, verdict: states.get(id) }))).toEqual(given);

  const durationsMs = (await advancesOf(desk)).slice(0, items).map(Math.round);
  testInfo.annotations.push({ type: 'key to painted frame, ms', description: durationsMs.join(' ') });
  console.log(`    key to painted frame of the next item, ms: ${durationsMs.join(' ')}`);
});
