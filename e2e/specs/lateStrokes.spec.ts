import { expect, test } from '../electronApp.ts';
import { pidOf } from '../services/appProcesses.ts';
import { itemOf } from '../services/items.ts';
import { hasDraft } from '../services/storeDatabase.ts';

test('what is painted while an approval is on its way is kept, and undone in order', async ({ segmentedStore: store, openDesk }) => {
  const { app, desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  const item = await desk.ready();
  const core = await pidOf(app, 'Maskdesk core');
  if (core === null) throw new Error('there is no core');

  await test.step('it is the only item of its list: the desk stays on it', async () => {
    await page.getByPlaceholder('Find by id or title').fill(item);
    await expect(desk.rows).toHaveCount(1);
    await desk.row(item).click();
  });

  await test.step('approved, and painted on before the answer: the stroke is a draft on the new mask', async () => {
    await desk.press('b');
    await desk.drag({ x: 0.3, y: 0.4 }, { x: 0.7, y: 0.4 });
    await desk.draftSaved();
    process.kill(core, 'SIGSTOP');
    try {
      await desk.press('Enter');
      await desk.drag({ x: 0.3, y: 0.7 }, { x: 0.7, y: 0.7 });
    } finally {
      process.kill(core, 'SIGCONT');
    }
    await expect.poll(async () => (await itemOf(store, item)).state).toBe('approved');
    await expect.poll(() => hasDraft(store, item)).toBe(true);
  });

  await test.step('Ctrl+Z takes the stroke back first, on its own item, and the approval after it', async () => {
    await desk.press('Control+z');
    await expect(desk.activePane).toHaveAttribute('data-asset-id', item);
    await expect.poll(() => hasDraft(store, item)).toBe(false);
    expect((await itemOf(store, item)).state).toBe('approved');
    await desk.press('Control+z');
    await expect.poll(async () => (await itemOf(store, item)).state).toBe('to_review');
    await page.screenshot({ path: test.info().outputPath('lateStrokes.png'), animations: 'disabled' });
  });
});
