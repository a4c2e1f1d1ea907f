import { expect, test } from '../electronApp.ts';
import { listItems } from '../services/items.ts';
import { countPixels } from '../services/pixelsOnScreen.ts';

/** Of the overlay's tint at full strength, as the outline draws it. */
const tint = [0x22, 0xc7, 0xd6] as const;

test('what the model gave while a key is held, how much has changed, values under the pointer, and every tool in a small window', async ({ segmentedStore: store, openDesk }) => {
  const [item, other] = await listItems(store, '--state', 'to_review', '--kind', 'keyframes');
  if (item === undefined || other === undefined) throw new Error('the store has too few masks');
  const { app, desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  const setSize = (width: number, height: number): Promise<void> =>
    app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height), { width, height });
  await desk.ready();
  await desk.open(item.asset_id);
  const side = await desk.activeSide();
  const hint = page.locator('.status-hint');
  const outlinePixels = async (): Promise<number> => {
    const { x, y, width, height } = await desk.canvasBox();
    return countPixels(await page.screenshot({ clip: { x, y, width, height: height - 60 } }), tint);
  };

  await test.step('the stroke goes while the key is held, and comes back', async () => {
    await desk.showView('Outline');
    const box = await desk.canvasBox();
    await page.mouse.move(box.x + box.width / 2, box.y - 30);
    const given = await outlinePixels();
    await desk.press('b');
    await desk.drag({ x: 0.2, y: 0.45 }, { x: 0.8, y: 0.45 });
    await page.mouse.move(box.x + box.width / 2, box.y - 30);
    await expect.poll(outlinePixels).not.toBe(given);
    const painted = await outlinePixels();
    await page.keyboard.down('y');
    await expect(page.getByTestId(`notes-${side}`)).toContainText('gave');
    await expect(hint).toHaveText(/What the model gave/);
    await expect.poll(outlinePixels).toBe(given);
    await page.keyboard.up('y');
    await expect.poll(outlinePixels).toBe(painted);
  });

  await test.step('the difference is counted, and counted anew after undo', async () => {
    await desk.showView('Diff');
    const change = page.getByTestId(`change-${side}`);
    await expect(change).toHaveAttribute('title', /Added [1-9][\d,]* px, removed 0 px .*; IoU 0\.\d+/);
    await desk.press('Control+z');
    await expect(change).toBeHidden();
    await desk.press('Control+y');
    await desk.showView('Overlay');
  });

  await test.step('values under the pointer, for as long as they are wanted', async () => {
    await desk.press('Alt+i');
    const box = await desk.canvasBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await expect(page.getByTestId('hover-values')).toHaveText(/^\d+, \d+#[0-9a-f]{6}mask (0|255)$/);
    await desk.press('Alt+i');
    await expect(page.getByTestId('hover-values')).toBeHidden();
  });

  await test.step('what a click would do follows the keys at once', async () => {
    await expect(hint).toHaveText(/^Brush/);
    const brushHint = await hint.textContent();
    await page.keyboard.down('Space');
    await expect(hint).toHaveText(/^Hand/);
    await page.keyboard.up('Space');
    await expect(hint).toHaveText(String(brushHint));
    await desk.press('k');
    await expect(hint).toHaveText(/^Comment: click/);
    await desk.press('Escape');
    await expect(hint).toHaveText(String(brushHint));
  });

  await test.step('each tool’s own size; it is there again after another item', async () => {
    const size = page.getByRole('slider', { name: 'Size' });
    await desk.press('e');
    for (let step = 0; step < 5; step++) await desk.press(']');
    const larger = await size.getAttribute('aria-valuetext');
    await desk.press('b');
    await expect(size).toHaveAttribute('aria-valuetext', '40 px');
    await desk.press('e');
    await desk.open(other.asset_id);
    await desk.open(item.asset_id);
    await expect(size).toHaveAttribute('aria-valuetext', String(larger));
    await expect(page.getByTestId('action-tool.eraser')).toHaveAttribute('aria-pressed', 'true');
    await desk.press('Control+z');
    await expect(desk.draftMark(side)).toBeHidden();
  });

  await test.step('in a small window the tools are all there, and the options of the one in hand', async () => {
    await setSize(1024, 640);
    const regions = page.getByTestId('tool-group-regions');
    await regions.click();
    await expect(hint).toHaveText(/wand|colour/i);
    await regions.click();
    const list = page.getByRole('dialog', { name: 'Regions' });
    await expect(list.getByRole('button')).toHaveCount(5);
    await page.screenshot({ path: test.info().outputPath('rail-list.png'), animations: 'disabled' });
    await list.getByRole('button', { name: /Fill hole/ }).click();
    await expect(list).toBeHidden();
    await desk.press('b');
    await desk.press('t');
    const options = page.getByRole('dialog', { name: 'Brush: options' });
    await expect(options.getByRole('slider', { name: 'Size' })).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('options.png'), animations: 'disabled' });
    await desk.press('e');
    await expect(page.getByRole('dialog', { name: 'Eraser: options' })).toBeVisible();
    await desk.press('Escape');
    const rail = page.getByRole('complementary', { name: 'Tools' });
    expect(await rail.evaluate((element) => element.scrollHeight - element.clientHeight)).toBeLessThanOrEqual(0);
  });
});
