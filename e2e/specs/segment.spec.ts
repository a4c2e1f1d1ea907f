import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, quickModel, test } from '../electronApp.ts';
import { pidOf } from '../services/appProcesses.ts';
import { headMaskPath, itemOf, listItems } from '../services/items.ts';
import { readMaskFile } from '../services/maskFile.ts';
import { queryStore, taskCounts } from '../services/storeDatabase.ts';

test('segmenting goes on behind the desk: paused, hurried, its process killed, cancelled', async ({ demoStore: store, openDesk }) => {
  // One thread: slow enough on any machine that there is a middle to interrupt.
  await writeFile(join(store, 'maskdesk.json'), JSON.stringify({ model: quickModel, threads: 1 }));
  const { app, desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  const bar = page.getByTestId('segmenting');
  const all = (await listItems(store)).length;
  const pause = page.getByRole('button', { name: 'Pause segmenting' });
  const goOn = page.getByRole('button', { name: 'Go on segmenting' });
  const doneCount = (): number => taskCounts(store)['done'] ?? 0;

  await test.step('it shows how far it is, and masks appear as they come', async () => {
    await page.getByRole('button', { name: `Segment ${all}` }).click();
    await expect(bar).toContainText(/\d+ to segment/);
    await expect(desk.rows.first()).toBeVisible();
    await desk.ready();
    await expect(desk.state(await desk.activeSide())).toHaveText('To review');
    await expect(bar).toContainText(/a minute · .* left/);
    await page.screenshot({ path: test.info().outputPath('segmenting.png') });
  });

  await test.step('paused: what is in hand is finished, nothing else is begun', async () => {
    await pause.click();
    await expect(bar).toContainText('Paused');
    await expect.poll(() => taskCounts(store)['running'] ?? 0).toBe(0);
    expect(taskCounts(store)['queued']).toBeGreaterThan(3);
  });

  await test.step('what is looked at comes first when it goes on', async () => {
    await desk.filter('No mask').click();
    await expect(desk.rows.first()).toBeVisible();
    const waiting = await desk.rows.all();
    const last = await waiting.at(-1)?.getAttribute('data-asset-id');
    if (last == null) throw new Error('everything has a mask already');
    await desk.open(last);
    await expect.poll(() => queryStore(store, "SELECT priority FROM maskdesk_jobs WHERE asset_id = ? AND state = 'queued'", last)).toEqual([{ priority: 10 }]);
    await page.screenshot({ path: test.info().outputPath('paused.png') });
    await goOn.click();
    await expect(desk.state(await desk.activeSide())).toHaveText('To review');
    expect(await desk.ready()).toBe(last);
    expect(taskCounts(store)['queued']).toBeGreaterThan(0);
  });

  await test.step('its process is killed in the middle: the app stays up, no picture is lost', async () => {
    const pid = await pidOf(app, 'Maskdesk inference');
    const core = await pidOf(app, 'Maskdesk core');
    if (pid === null) throw new Error('no inference process is running');
    expect(taskCounts(store)['running']).toBeGreaterThan(0);
    const before = doneCount();
    process.kill(pid, 'SIGKILL');
    await expect.poll(doneCount).toBeGreaterThan(before + 3);
    expect(await pidOf(app, 'Maskdesk inference')).not.toBe(pid);
    expect(await pidOf(app, 'Maskdesk core')).toBe(core);
    expect(taskCounts(store)['failed'] ?? 0).toBe(0);
    await expect(page.getByText('Connected')).toBeVisible();
  });

  await test.step('cancelled: the rest is taken out of the line, masks that are there stay', async () => {
    await page.getByRole('button', { name: 'Cancel segmenting' }).click();
    await expect(bar).toBeHidden();
    await expect(desk.notices).toContainText(/\d+ taken out of the line/);
    const counts = taskCounts(store);
    expect([counts['queued'] ?? 0, counts['running'] ?? 0]).toEqual([0, 0]);
    expect((counts['done'] ?? 0) + (counts['cancelled'] ?? 0)).toBe(all);
    expect(await listItems(store, '--state', 'to_review')).toHaveLength(counts['done'] ?? 0);
  });

  await test.step('every mask has exactly the size of its photo', async () => {
    for (const { asset_id } of await listItems(store, '--state', 'to_review', '--limit', '4')) {
      const item = await itemOf(store, asset_id);
      const mask = await readMaskFile(headMaskPath(store, item));
      expect([mask.widthPx, mask.heightPx]).toEqual([item.width, item.height]);
    }
  });

  await test.step('begun again, it completes the store', async () => {
    await page.getByRole('button', { name: /^Segment \d+$/ }).click();
    await expect(bar).toBeVisible();
    await expect(bar).toBeHidden({ timeout: 60_000 });
    expect(await listItems(store, '--state', 'to_review')).toHaveLength(all);
    // The strips follow what happens to the neighbours of the item on the desk.
    const strips = page.getByRole('main').getByRole('button');
    await expect(strips.filter({ has: page.getByLabel('To review') })).not.toHaveCount(0);
    await expect(strips.filter({ has: page.getByLabel('No mask yet') })).toHaveCount(0);
  });
});
