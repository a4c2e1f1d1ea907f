import { expect, quickModel, test } from '../electronApp.ts';
import { Inspector } from '../pages/inspector.ts';
import { itemOf, listItems } from '../services/items.ts';
import { queryStore } from '../services/storeDatabase.ts';

test('two models at once: their masks side by side, one is taken by its digit, and the choice can be undone', async ({ segmentedStore: store, openDesk }) => {
  const [item] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (item === undefined) throw new Error('the store has no mask');
  const { desk } = await openDesk({ storeDir: store });
  const inspector = new Inspector(desk);
  const { page } = desk;
  await desk.ready();
  await desk.open(item.asset_id);

  await test.step('nothing replaces the mask while the models work', async () => {
    await desk.press('r');
    await page.getByRole('checkbox', { name: /small and quick/ }).check();
    await page.getByRole('slider', { name: 'Threshold' }).focus();
    await desk.press('ArrowRight');
    await desk.press('Enter');
    await expect(inspector.choice).toBeVisible();
    await expect(inspector.cells).toHaveCount(3);
    await expect(inspector.cells.first()).toContainText('current');
    await expect(inspector.choice.getByText('is working')).toHaveCount(0, { timeout: 40_000 });
    await expect(inspector.cells.getByText(/to the current|same as the current/)).toHaveCount(2);
    await page.screenshot({ path: test.info().outputPath('choose.png'), animations: 'disabled' });
    expect((await itemOf(store, item.asset_id)).revision_sha256).toBe(item.revision_sha256);
  });

  await test.step('arrows mark, Enter takes; Ctrl+Z goes back', async () => {
    await expect(inspector.cells.nth(1)).toHaveAttribute('aria-current', 'true');
    await desk.press('ArrowRight');
    await expect(inspector.cells.nth(2)).toHaveAttribute('aria-current', 'true');
    await desk.press('2');
    await expect(inspector.choice).toBeHidden();
    await expect.poll(async () => (await itemOf(store, item.asset_id)).revision_sha256).not.toBe(item.revision_sha256);
    expect((await itemOf(store, item.asset_id)).model).not.toBe(quickModel);
    await expect(desk.notices).toContainText('is the one to judge');
    await desk.press('Control+z');
    await expect.poll(async () => (await itemOf(store, item.asset_id)).revision_sha256).toBe(item.revision_sha256);
    expect(queryStore(store, 'SELECT count(*) AS count FROM maskdesk_revisions WHERE asset_id = ?', item.asset_id)).toEqual([{ count: 3 }]);
  });

  await test.step('what waits is offered again, and Escape keeps the mask', async () => {
    await desk.ready();
    await desk.press('Shift+C');
    await expect(inspector.cells).toHaveCount(3);
    await desk.press('Escape');
    await expect(inspector.choice).toBeHidden();
    expect((await itemOf(store, item.asset_id)).revision_sha256).toBe(item.revision_sha256);
  });
});
