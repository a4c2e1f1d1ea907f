import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, quickModel, test } from '../electronApp.ts';
import { answerFolderDialog } from '../services/folderDialog.ts';
import { makeKeyframeFolder, makeLargeFolder, makeProductFolder } from '../services/importFolders.ts';
import { listItems } from '../services/items.ts';
import { queryStore, taskCounts } from '../services/storeDatabase.ts';

test('a first start without any picture: folders with bad files among good ones are imported and segmented', async ({ workFolder, demoStore, openDesk }) => {
  const photosOf = async (...options: readonly string[]): Promise<readonly string[]> =>
    (await listItems(demoStore, ...options)).map(({ local_path }) => join(demoStore, local_path));
  const products = await makeProductFolder(join(workFolder, 'shop photos'), await Promise.all(['trail-boot_side', 'car-blue_studio', 'laptop_studio'].map(async (text) => (await photosOf('--text', text))[0] ?? '')));
  const keyframes = await makeKeyframeFolder(join(workFolder, 'frames'), await photosOf('--kind', 'keyframes', '--limit', '3'));
  // No store is named: the app makes its own, in the data folder.
  const store = join(workFolder, 'data', 'demo');
  await mkdir(store, { recursive: true });
  await writeFile(join(store, 'maskdesk.json'), JSON.stringify({ model: quickModel }));
  const { app, desk } = await openDesk({ storeDir: null });
  const { page } = desk;
  const result = page.getByTestId('import-result');
  const problems = page.getByTestId('import-problems').getByRole('listitem');

  await test.step('an empty store says so and offers the import', async () => {
    await expect(page.getByText('This store is empty')).toBeVisible();
    await expect(desk.pane('left').getByRole('button', { name: 'Import a folder…' })).toBeVisible();
    await expect(desk.pane('right').getByText('No keyframes yet')).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('empty.png') });
    await page.getByTestId('welcome-import').click();
  });

  await test.step('a closed dialog changes nothing', async () => {
    await answerFolderDialog(app, null);
    await page.getByTestId('import-products').click();
    await expect(page.getByTestId('import-products')).toBeVisible();
    await expect(result).toBeHidden();
  });

  await test.step('good files are taken, each bad one is named with its reason', async () => {
    await answerFolderDialog(app, products.folder);
    await page.getByTestId('import-products').click();
    await expect(result).toHaveText(`${products.good.length} added, ${products.bad.length} could not be read.`);
    await expect(problems).toHaveCount(products.bad.length);
    for (const file of products.bad) await expect(problems.filter({ hasText: file })).toHaveText(new RegExp(`${file}.{12,}`));
    await page.screenshot({ path: test.info().outputPath('imported.png') });
    await page.getByRole('button', { name: 'Done' }).click();
  });

  await test.step('they are in the database upright, and masks come by themselves', async () => {
    const turned = (await listItems(store)).find(({ asset_id }) => asset_id === 'boot_turned');
    const [photo] = await listItems(demoStore, '--text', 'trail-boot_side');
    expect([turned?.width, turned?.height]).toEqual([photo?.width, photo?.height]);
    await expect(desk.rows).toHaveCount(products.good.length);
    await desk.ready();
    await page.screenshot({ path: test.info().outputPath('segmented.png') });
    expect(await listItems(store, '--state', 'to_review')).toHaveLength(products.good.length);
  });

  await test.step('the same folder again adds nothing', async () => {
    await desk.press('Control+i');
    await page.getByTestId('import-products').click();
    await expect(result).toHaveText(`0 added, ${products.good.length} were here already, ${products.bad.length} could not be read.`);
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await listItems(store)).toHaveLength(products.good.length);
  });

  await test.step('keyframes to compare with: the time comes from the name', async () => {
    await answerFolderDialog(app, keyframes.folder);
    await desk.pane('right').getByRole('button', { name: 'Import keyframes…' }).click();
    await expect(result).toHaveText(`${keyframes.good.length} added, ${keyframes.bad.length} could not be read.`);
    await expect(problems).toContainText([/thumbnail\.jpg.*time/]);
    await page.getByRole('button', { name: 'Done' }).click();
    // The product on the desk has something to be compared with now.
    await expect(desk.pane('right')).toHaveAttribute('data-status', 'ready');
    expect(queryStore(store, 'SELECT video_id, ts FROM video_frames ORDER BY ts')).toEqual([
      { video_id: 'unboxing', ts: 1.5 },
      { video_id: 'unboxing', ts: 12 },
    ]);
    await expect.poll(() => taskCounts(store)['done']).toBe(products.good.length + keyframes.good.length);
  });

  await test.step('an import that is cancelled keeps what it has; the next one completes it', async () => {
    const count = 60;
    await answerFolderDialog(app, await makeLargeFolder(join(workFolder, 'many'), (await photosOf('--limit', '1'))[0] ?? '', count));
    await desk.press('Control+i');
    await page.getByTestId('import-products').click();
    await expect(page.getByText(new RegExp(`[1-9]\\d* of ${count}`))).toBeVisible();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(result).toHaveText(/^Stopped: \d+ added\.$/);
    await page.getByRole('button', { name: 'Done' }).click();
    await desk.press('Control+i');
    await page.getByTestId('import-products').click();
    await expect(result).toHaveText(/^\d+ added, \d+ were here already\.$/);
    const [added = 0, existing = 0] = ((await result.textContent()) ?? '').match(/\d+/g)?.map(Number) ?? [];
    expect(added + existing).toBe(count);
    expect(added).toBeGreaterThan(0);
    expect(queryStore(store, 'SELECT img_id FROM product_images')).toHaveLength(products.good.length + count);
  });
});
