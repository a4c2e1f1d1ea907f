import { loadConfig } from '../../electron/app/config.ts';
import { createApp } from '../../electron/app/createApp.ts';
import { asId, type EventId, type JobId } from '../../shared/domain/ids.ts';
import type { PipelineMessage } from '../../shared/domain/intake.ts';
import { expect, test } from '../electronApp.ts';
import { listItems } from '../services/items.ts';
import { inTheme } from '../pages/theme.ts';

test('what the pipeline announced: a row a job and kind, its pictures in the queue; nothing where no worker was', async ({ segmentedStore: store, openDesk }) => {
  const images = (await listItems(store)).filter(({ kind, job_ids }) => kind === 'product_image' && job_ids.length > 0);
  const jobId = images[0]?.job_ids[0];
  const ofJob = images.filter(({ job_ids }) => job_ids.includes(jobId ?? ''));
  const [failed, waiting] = ofJob;
  if (jobId === undefined || failed === undefined || waiting === undefined) throw new Error('no job of the demo has two images');
  const app = await createApp({ ...(await loadConfig({ storeDir: store })), background: false });
  const accept = async (message: PipelineMessage): Promise<string> => {
    const messageId = crypto.randomUUID();
    const [eventId, batchEventId] = [asId<EventId>(crypto.randomUUID()), asId<EventId>(crypto.randomUUID())];
    await app.services.store.intake.accept({ message, dedupKey: messageId, messageId, eventId, batchEventId, correlationId: messageId });
    return messageId;
  };
  const announce = ({ asset_id, local_path }: typeof failed): Promise<string> =>
    accept({ kind: 'image', jobId: asId<JobId>(jobId), parentId: 'product', incomingEventId: null, assets: [{ id: asset_id, localPath: local_path, timestampS: null, unknown: {} }], unknown: {} });
  const announceTotal = (kind: 'imageBatch' | 'keyframeBatch', expected: number): Promise<string> =>
    accept({ kind, jobId: asId<JobId>(jobId), incomingEventId: crypto.randomUUID(), expected, unknown: {} });

  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await desk.ready();
  const tab = page.getByRole('tab', { name: /^Pipeline jobs/ });
  await desk.press('Control+j');
  await expect(page.getByRole('tab', { name: 'Ended' })).toBeVisible();
  await expect(page.getByTestId('jobs-now').or(page.locator('.jobs-empty'))).toBeVisible();
  await expect(tab).toHaveCount(0);

  // While the panel is open: it is seen without being opened again.
  const messageId = await announce(failed);
  await announce(waiting);
  await announceTotal('imageBatch', 3);
  await announceTotal('keyframeBatch', 0);
  await app.services.store.intake.settleFailed(messageId, { kind: 'product_image', id: failed.asset_id as never }, { code: 'image_unreadable', message: 'The photo can’t be read.' });
  await app.close();

  await tab.click();
  const row = page.locator('[data-testid="pipeline-job"][data-kind="product_image"]');
  await expect(row).toContainText('0 of 3 stored · 1 failed · 1 not arrived yet');
  await expect(row).toContainText('Waits until');
  await expect(row.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '33');
  await expect(page.locator('[data-testid="pipeline-job"][data-kind="keyframe"]')).toContainText('Sent');
  await expect(tab).toHaveText('Pipeline jobs 1');
  for (const colorScheme of ['dark', 'light'] as const) {
    await inTheme(page, colorScheme);
    await page.screenshot({ path: test.info().outputPath(`pipelineJobs-${colorScheme}.png`), animations: 'disabled' });
  }

  await row.getByRole('button', { name: jobId }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByTestId('active-filter')).toHaveText(`Job ${jobId}`);
  await expect(desk.rows).toHaveCount(ofJob.length);
  await page.getByTestId('active-filter').click();
  await expect(page.getByTestId('active-filter')).toHaveCount(0);
});
