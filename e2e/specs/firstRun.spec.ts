import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, quickModel, test } from '../electronApp.ts';
import { dragFiles } from '../services/dropFiles.ts';
import { itemOf, listItems } from '../services/items.ts';
import { maskedLocalPath } from '../services/storeDatabase.ts';

test('a newcomer drops a folder on an empty store and gives a first approval', async ({ workFolder, demoStore, openDesk }) => {
  const store = join(workFolder, 'data', 'demo');
  await mkdir(store, { recursive: true });
  await writeFile(join(store, 'maskdesk.json'), JSON.stringify({ model: quickModel }));
  const photos = (await listItems(demoStore, '--kind', 'products', '--limit', '2')).map(({ local_path }) => join(demoStore, local_path));
  const shop = join(workFolder, 'my shop');
  await mkdir(join(shop, 'lamp'), { recursive: true });
  await copyFile(photos[0] ?? '', join(shop, 'lamp', 'front.jpg'));
  await writeFile(join(shop, 'lamp', 'order.txt'), 'Two lamps, please.');
  const { desk } = await openDesk({ storeDir: null });
  const { page } = desk;
  const welcome = page.getByTestId('welcome');
  const result = page.getByTestId('import-result');

  await test.step('the welcome page names three ways to begin, and whether the model is here', async () => {
    await expect(welcome.getByRole('heading', { level: 2 })).toHaveText(['Try the demo', 'Import photos', 'Open a store', 'Join a team']);
    await expect(welcome.getByText('is on this machine')).toBeVisible();
    await expect(welcome.getByRole('img', { name: 'A photo of a product' })).toHaveJSProperty('naturalWidth', 640);
    await page.screenshot({ path: test.info().outputPath('welcome.png') });
  });

  await test.step('a folder over the window: the half under it says what it will be', async () => {
    const { drop } = await dragFiles(page, [shop], { x: 200, y: 400 });
    await expect(page.getByTestId('drop-products')).toHaveClass(/drop-half-over/);
    await expect(page.getByTestId('drop-keyframes')).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('drop.png') });
    await drop();
    await expect(result).toHaveText('1 added, 1 could not be read.');
    await expect(page.getByTestId('import-problems')).toContainText('order.txt');
    await expect(welcome).toBeHidden();
    await page.getByRole('button', { name: 'Done' }).click();
  });

  await test.step('its mask opens by itself with a line about what to press; Enter approves', async () => {
    expect(await desk.ready()).toBe('lamp_front');
    await expect(desk.notices).toContainText('Enter approves, Backspace rejects, B paints');
    await page.screenshot({ path: test.info().outputPath('coach.png') });
    await expect(desk.approveButton).toBeEnabled();
    await desk.press('Enter');
    await expect.poll(async () => (await itemOf(store, 'lamp_front')).state).toBe('approved');
    await expect.poll(() => maskedLocalPath(store, 'lamp_front')).not.toBeNull();
    await expect(desk.notices).not.toContainText('B paints');
  });

  await test.step('single pictures are dropped too; a store is offered to be opened', async () => {
    const pictures = await dragFiles(page, [photos[1] ?? ''], { x: 200, y: 400 });
    await pictures.drop();
    await expect(result).toHaveText('1 added.');
    await page.getByRole('button', { name: 'Done' }).click();
    const other = await dragFiles(page, [demoStore], { x: 900, y: 400 });
    await other.drop();
    await expect(desk.notices).toContainText('is a store of Maskdesk');
    await desk.noticeButton('Open it').click();
    await expect(desk.pane('left').getByText('No picture has a mask to review yet')).toBeVisible();
    await expect(page.getByTestId('status-connection')).toContainText('connected');
  });
});
