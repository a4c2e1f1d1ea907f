import { expect, test } from '../electronApp.ts';
import { QueuePage } from '../pages/queuePage.ts';
import { listItems } from '../services/items.ts';
import { addManyItems } from '../services/largeStore.ts';

test('a batch that closing would break off is named; stopped, it is taken back as one at the next start', async ({ segmentedStore: store, openDesk }) => {
  const [product] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  addManyItems(store, 10_000, product?.asset_id ?? '');
  const { app, desk } = await openDesk({ storeDir: store });
  const queue = new QueuePage(desk.page);
  await desk.ready();
  await desk.press('Control+a');
  await expect(queue.bulkBar).toContainText('10,000 chosen');
  await desk.press('Backspace');
  await desk.press('4');
  await expect(desk.page.getByTestId('bulk-run')).toBeVisible();
  const gone = app.waitForEvent('close');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect(desk.notices).toContainText('is under way');
  await desk.page.screenshot({ path: test.info().outputPath('closing.png') });
  await desk.noticeButton('Stop and close').click();
  await gone;
  const { desk: again } = await openDesk({ storeDir: store });
  await again.ready();
  await again.press('Control+z');
  await expect(again.notices).toContainText('taken back');
  expect(await listItems(store, '--state', 'rejected')).toEqual([]);
});
