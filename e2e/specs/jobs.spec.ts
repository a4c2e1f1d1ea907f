import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, quickModel, test } from '../electronApp.ts';
import { JobsPanel } from '../pages/jobsPanel.ts';
import { itemOf, listItems } from '../services/items.ts';
import { taskCounts } from '../services/storeDatabase.ts';

test('background work is paused, goes on, is cancelled one by one and in one go; what failed says why and is tried again', async ({ demoStore, openDesk }) => {
  await writeFile(join(demoStore, 'maskdesk.json'), JSON.stringify({ model: quickModel }));
  // Keyframes come first in line: this one is met at once.
  const [first] = [...(await listItems(demoStore, '--kind', 'keyframes'))].sort((a, b) => (a.asset_id < b.asset_id ? -1 : 1));
  if (first === undefined) throw new Error('the demo has no keyframes');
  const photoFile = join(demoStore, first.local_path);
  const photo = await readFile(photoFile);
  await writeFile(photoFile, photo.subarray(0, 40));
  const { desk } = await openDesk({ storeDir: demoStore });
  const { page } = desk;
  const jobs = new JobsPanel(page);
  await expect(page.getByTestId('status-queue')).toHaveText('No jobs');

  await test.step('pause: what is in hand is finished, nothing else is begun', async () => {
    await jobs.open();
    await jobs.card.getByRole('button', { name: /^Segment \d+/ }).click();
    await jobs.button('Pause all').click();
    await expect(jobs.overall).toHaveText(/^Paused · \d+ to segment/);
    await expect.poll(() => taskCounts(demoStore)['running'] ?? 0).toBe(0);
    const counts = taskCounts(demoStore);
    await expect(page.getByTestId('status-queue')).toHaveText(`Paused · ${counts['queued'] ?? 0} in the queue`);
    await expect(jobs.batches).toHaveCount(1);
    await page.screenshot({ path: test.info().outputPath('paused.png') });
    expect(taskCounts(demoStore)).toEqual(counts);
  });

  await test.step('one picture is taken out of the line', async () => {
    const queued = taskCounts(demoStore)['queued'] ?? 0;
    const id = await jobs.queued.first().getAttribute('data-asset-id');
    await jobs.card.getByRole('button', { name: `Cancel ${id ?? ''}` }).click();
    await expect(jobs.card.locator(`[data-testid="task-queued"][data-asset-id="${id ?? ''}"]`)).toHaveCount(0);
    expect(taskCounts(demoStore)).toMatchObject({ queued: queued - 1, cancelled: 1 });
  });

  await test.step('it goes on, and the rest is cancelled in one go', async () => {
    await jobs.button('Go on').click();
    await expect(jobs.tab('Failed')).toHaveText('Failed 1');
    await jobs.button('Cancel').click();
    await expect(jobs.card.getByText('Nothing is under way')).toBeVisible();
    expect(taskCounts(demoStore)).toMatchObject({ failed: 1 });
    expect(taskCounts(demoStore)['queued'] ?? 0).toBe(0);
    await jobs.show('Ended');
    await expect(jobs.ended).toHaveText(/\d+ of \d+ done · 1 failed · \d+ cancelled/);
    await page.screenshot({ path: test.info().outputPath('ended.png') });
  });

  await test.step('what failed says why; once it is mended it is tried again', async () => {
    await jobs.show('Failed');
    await expect(jobs.failures).toHaveCount(1);
    await expect(jobs.failures).toContainText(first.asset_id);
    await expect(jobs.failures.locator('p.selectable')).toHaveText(/\w+ \w+ .{10,}/);
    await page.screenshot({ path: test.info().outputPath('failed.png') });
    await writeFile(photoFile, photo);
    await jobs.button('Try again').click();
    await expect(jobs.card.getByText('Nothing has failed')).toBeVisible();
    await expect.poll(async () => (await itemOf(demoStore, first.asset_id)).state).toBe('to_review');
  });
});
