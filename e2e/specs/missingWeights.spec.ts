import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { cacheFolder } from '../../electron/base/folders.ts';
import { expect, quickModel, test } from '../electronApp.ts';
import { listItems } from '../services/items.ts';
import { maskArea, readMaskFile } from '../services/maskFile.ts';
import { maskedLocalPath, taskCounts } from '../services/storeDatabase.ts';

/** A port on which nobody listens: a network that is down, at once. */
const deadAddress = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(`http://127.0.0.1:${port}/`));
    });
  });

test('no weights and no network: the app works, says what is missing, and goes on when it is there', async ({ segmentedStore: store, workFolder, openDesk }) => {
  const cache = join(workFolder, 'cache');
  await mkdir(cache);
  await writeFile(join(store, 'maskdesk.json'), JSON.stringify({ model: quickModel }));
  const { desk } = await openDesk({ storeDir: store, env: { MASKDESK_CACHE: cache, MASKDESK_NPM_REGISTRY: await deadAddress(), npm_config_cafile: '' } });
  const { page } = desk;
  await desk.ready();
  const form = page.getByRole('dialog', { name: 'Re-run a model' });

  await test.step('masks that are there are reviewed as ever', async () => {
    const [product] = await listItems(store, '--state', 'to_review', '--kind', 'products');
    if (product === undefined) throw new Error('the store has no masks');
    await desk.open(product.asset_id);
    await desk.press('Enter');
    await expect.poll(() => maskedLocalPath(store, product.asset_id)).not.toBeNull();
  });

  await test.step('a mask is painted from nothing and approved', async () => {
    const [bare] = await listItems(store, '--state', 'unsegmented', '--kind', 'products');
    if (bare === undefined) throw new Error('every product has a mask');
    await desk.filter('No mask').click();
    await desk.filter('Products').click();
    await desk.open(bare.asset_id);
    await expect(desk.approveButton).toHaveAttribute('aria-disabled', 'true');
    await desk.press('Enter');
    await expect(desk.notices).toContainText(`${bare.asset_id} has no mask yet.`);
    await desk.press('b');
    await desk.drag({ x: 0.4, y: 0.5 }, { x: 0.6, y: 0.5 });
    await expect(desk.draftStatus).toHaveText('Draft saved');
    await expect(desk.approveButton).not.toHaveAttribute('aria-disabled');
    await desk.press('Enter');
    await expect.poll(() => maskedLocalPath(store, bare.asset_id)).not.toBeNull();
    const mask = await readMaskFile(join(store, maskedLocalPath(store, bare.asset_id) ?? ''));
    expect([mask.widthPx, mask.heightPx]).toEqual([bare.width, bare.height]);
    expect(maskArea(mask)).toBeGreaterThan(0);
    await desk.filter('Products').click();
  });

  await test.step('re-run says what is missing, under which licence, and how to get it', async () => {
    await desk.press('r');
    await expect(page.getByTestId('weights-missing')).toHaveText('The weights of U²-Net, small and quick are not on this machine. Licence: Apache-2.0.');
    await expect(page.getByTestId('rerun-run')).toBeHidden();
    await page.screenshot({ path: test.info().outputPath('missing.png'), animations: 'disabled' });
  });

  await test.step('a download that can not reach its host says so and may be tried again', async () => {
    await form.getByRole('button', { name: 'Download, 4.6 MB' }).click();
    await expect(form.getByText(/127\.0\.0\.1:\d+ can't be reached\. Check the network connection\./)).toBeVisible({ timeout: 20_000 });
    await page.screenshot({ path: test.info().outputPath('offline.png'), animations: 'disabled' });
    await expect(form.getByRole('button', { name: 'Try again' })).toBeEnabled();
    await desk.press('Escape');
  });

  await test.step('background work waits for its weights and says which', async () => {
    await page.getByRole('button', { name: /^Segment \d+$/ }).click();
    const sentence = new RegExp(`The weights of U²-Net, small and quick \\(${quickModel}\\) are not on this machine\\. .*Download`);
    await expect(desk.notices).toContainText(sentence);
    await expect(desk.noticeButton(/^Download/)).toBeVisible();
    await page.getByTestId('status-queue').hover();
    await expect(page.getByRole('tooltip')).toContainText(sentence);
    await page.screenshot({ path: test.info().outputPath('waiting.png'), animations: 'disabled' });
    expect(taskCounts(store)).not.toHaveProperty('failed');
    expect(taskCounts(store)['queued']).toBeGreaterThan(0);
  });

  await test.step('weights that have come are seen without a restart, and the work goes on by itself', async () => {
    await cp(join(cacheFolder(), 'models', quickModel), join(cache, 'models', quickModel), { recursive: true });
    await expect.poll(() => taskCounts(store)['done'] ?? 0).toBeGreaterThan(0);
    expect(taskCounts(store)).not.toHaveProperty('failed');
    await page.getByRole('button', { name: 'Cancel segmenting' }).click();
    await desk.filter('To review').click();
    await desk.ready();
    await desk.press('r');
    await expect(page.getByTestId('rerun-run')).toBeEnabled();
  });
});
