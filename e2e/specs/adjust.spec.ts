import { expect, test } from '../electronApp.ts';
import { draftMask } from '../services/drafts.ts';
import { listItems } from '../services/items.ts';

test('adjusting a whole mask: shown while the slider moves, applied as one step, taken back by Esc', async ({ segmentedStore: store, openDesk }) => {
  const [item] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (item === undefined) throw new Error('the store has no masks');
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await desk.ready();
  await desk.open(item.asset_id);
  const panel = page.getByTestId('change-panel');
  const slider = panel.getByRole('slider');

  await test.step('a key opens it with its slider in hand; arrows move it by half pixels', async () => {
    await desk.press('Alt+g');
    await expect(slider).toBeFocused();
    await expect(panel).toContainText('Area');
    await expect(panel).toContainText('+');
    await slider.press('ArrowRight');
    await expect(slider).toHaveAttribute('aria-valuetext', '3.5 px');
    for (let press = 0; press < 3; press++) await slider.press('PageUp');
    await expect(slider).toHaveAttribute('aria-valuetext', '18.5 px');
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    await page.screenshot({ path: test.info().outputPath('grow.png') });
  });

  await test.step('Esc takes it back, and nothing is kept', async () => {
    await desk.press('Escape');
    await expect(panel).toBeHidden();
    await expect(page.getByTestId('draft-status')).toBeHidden();
  });

  await test.step('Enter applies it as one step and is no verdict', async () => {
    await page.getByRole('button', { name: 'Shrink', exact: true }).click();
    await expect(panel).toContainText('−');
    await desk.press('Enter');
    await expect(panel).toBeHidden();
    await desk.draftSaved();
    const shrunk = draftMask(store, item.asset_id);
    expect(await desk.ready()).toBe(item.asset_id);
    await desk.press('Control+Shift+i');
    await expect.poll(() => draftMask(store, item.asset_id).data[0]).toBe(255 - (shrunk.data[0] ?? 0));
    await desk.press('Control+z');
    await expect.poll(() => draftMask(store, item.asset_id).data[0]).toBe(shrunk.data[0]);
  });
});
