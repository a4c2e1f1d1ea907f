import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from '../electronApp.ts';
import type { DeskPage } from '../pages/deskPage.ts';
import { dragFiles } from '../services/dropFiles.ts';
import { answerFolderDialog } from '../services/folderDialog.ts';
import { headMaskPath, listItems, type Item } from '../services/items.ts';
import { readMaskFile } from '../services/maskFile.ts';
import { inTheme } from '../pages/theme.ts';

/** As somebody without a pointer gets there. */
const tabTo = async (desk: DeskPage, target: Locator): Promise<void> => {
  await expect(target).toBeVisible();
  for (let stops = 0; stops < 100 && !(await target.evaluate((element) => element === document.activeElement)); stops++) await desk.press('Tab');
  await expect(target).toBeFocused();
};

test('another tool’s file: what does not fit is shown and decided; a broken one imports nothing', async ({ workFolder, segmentedStore: store, openDesk }) => {
  const [product, other] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (product === undefined || other === undefined) throw new Error('the store has too few masks');
  const folder = join(workFolder, 'from a contractor with a rather long name for a folder');
  await mkdir(folder);
  const square = (left: number, top: number, side: number): readonly number[] => [left, top, left + side, top, left + side, top + side, left, top + side];
  const nameOf = ({ local_path }: Item): string => local_path.split('/').at(-1) ?? '';
  const document = {
    images: [
      { id: 1, file_name: nameOf(product), width: product.width, height: product.height },
      { id: 2, file_name: nameOf(other), width: other.width / 2, height: other.height / 2 },
      { id: 3, file_name: 'never-seen.jpg', width: 640, height: 480 },
    ],
    categories: [
      { id: 1, name: 'bottle' },
      { id: 2, name: 'hand' },
    ],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, iscrowd: 0, segmentation: [square(10, 10, 200)] },
      { id: 2, image_id: 1, category_id: 2, iscrowd: 0, segmentation: [square(150, 150, 100)] },
      { id: 3, image_id: 2, category_id: 1, iscrowd: 0, segmentation: [square(5, 5, 50)] },
      { id: 4, image_id: 3, category_id: 1, iscrowd: 0, segmentation: [square(5, 5, 50)] },
    ],
  };
  const file = join(folder, 'annotations.json');
  await writeFile(file, JSON.stringify(document, null, 1));
  const { app, desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  const card = page.getByRole('dialog', { name: 'Import masks' });
  await desk.ready();

  await test.step('each thing that does not fit is counted, shown and asked about', async () => {
    await desk.press('Control+Alt+i');
    await answerFolderDialog(app, folder);
    await expect(card.getByRole('button', { name: 'Choose a folder…' })).toBeFocused();
    await desk.press('Enter');
    await expect(page.getByTestId('masks-preview')).toBeVisible();
    await expect(page.getByTestId('masks-apply')).toBeDisabled();
    // Nothing is chosen for what stands open, and the first of it has the focus.
    await expect(card.getByRole('radiogroup', { name: 'Images that are not in this store' }).getByRole('radio').first()).toBeFocused();
    await expect(card.getByRole('radiogroup', { name: 'Images that are not in this store' }).getByRole('radio', { checked: true })).toHaveCount(0);
    await card.getByRole('button', { name: /Not in this store/ }).click();
    await expect(card.getByText('never-seen.jpg')).toBeVisible();
    await card.getByRole('button', { name: /Another size than the photo/ }).click();
    await page.screenshot({ path: test.info().outputPath('decide.png') });
    await inTheme(page, 'light');
    await page.setViewportSize({ width: 1280, height: 720 }).catch(() => undefined);
    await page.screenshot({ path: test.info().outputPath('decide-light.png') });
    await inTheme(page, 'dark');
    await expect(page.getByTestId('masks-outcome')).toHaveText('Say what is to become of images that are not in this store and masks of another size.');
  });

  await test.step('the masks are seen over their photos, small and large, before anything is written', async () => {
    const pictures = page.getByTestId('masks-pictures').getByRole('button');
    await expect(pictures).toHaveCount(2);
    for (const picture of await pictures.all()) await expect.poll(() => picture.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100);
    await expect(pictures.first()).toContainText('IoU');
    await expect(pictures.last()).toContainText('another size');
    await page.screenshot({ path: test.info().outputPath('pictures.png') });
    await pictures.first().press('Enter');
    const large = page.getByTestId('masks-large');
    await expect(large).toContainText('1 of 2');
    await expect.poll(() => large.locator('img').evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(300);
    await page.screenshot({ path: test.info().outputPath('large.png') });
    await desk.press('ArrowRight');
    await expect(large).toContainText('2 of 2');
    await desk.press('Escape');
    await expect(large).toHaveCount(0);
    await expect(pictures.last()).toBeFocused();
    await page.getByTestId('masks-open').click();
  });

  await test.step('it is decided by keys alone', async () => {
    for (const [name, keys, choice] of [
      ['Images that are not in this store', ['ArrowRight'], 'Leave out'],
      ['Masks of another size', ['ArrowLeft'], 'Resize'],
      ['Category hand', ['ArrowRight'], 'Subtract'],
    ] as const) {
      const group = card.getByRole('radiogroup', { name });
      await tabTo(desk, group.locator('[role="radio"][tabindex="0"]'));
      for (const key of keys) await desk.press(key);
      await expect(group.getByRole('radio', { name: choice })).toBeChecked();
    }
    await expect(page.getByTestId('masks-apply')).toHaveText('Import 2 masks');
    await expect(page.getByTestId('masks-outcome')).toContainText('1 mask resized, 1 image left out');
  });

  await test.step('what was decided is what comes in', async () => {
    await tabTo(desk, page.getByTestId('masks-apply'));
    await desk.press('Enter');
    await expect(page.getByTestId('masks-run')).toHaveAttribute('data-state', 'finished');
    const now = (await listItems(store)).find(({ asset_id, kind }) => asset_id === product.asset_id && kind === product.kind);
    if (now === undefined) throw new Error('the item is gone');
    const mask = await readMaskFile(headMaskPath(store, now));
    const area = mask.bytes.reduce((sum, value) => sum + (value === 255 ? 1 : 0), 0);
    // The hand covers 60 x 60 pixels of the bottle.
    expect(Math.abs(area - (200 * 200 - 60 * 60))).toBeLessThanOrEqual(4 * 200);
    await card.getByRole('button', { name: 'Another import' }).click();
  });

  await test.step('a broken file is named with its place, and nothing comes in', async () => {
    const whole = await readFile(file, 'utf8');
    await writeFile(file, whole.slice(0, -60));
    const before = JSON.stringify(await listItems(store));
    await desk.press('Escape');
    await writeFile(join(folder, 'photo.jpg'), 'a picture lies beside it');
    const { drop } = await dragFiles(page, [folder], { x: 200, y: 400 });
    await drop();
    await expect(desk.notices).toContainText('What is to be imported?');
    await page.screenshot({ path: test.info().outputPath('asks.png') });
    await desk.notices.getByRole('button', { name: 'The masks' }).click();
    await expect(page.getByTestId('masks-run-error')).toContainText('annotations.json');
    await expect(page.getByTestId('masks-run-error')).toContainText(/line \d+, column \d+/);
    await page.screenshot({ path: test.info().outputPath('broken.png') });
    // One annotation that belongs to nothing: shown with its place, and left out once somebody says so.
    await writeFile(file, whole.replace('"image_id": 2', '"image_id": 77'));
    await card.getByRole('button', { name: 'Back' }).click();
    await answerFolderDialog(app, folder);
    await card.getByRole('button', { name: 'Choose a folder…' }).click();
    await card.getByRole('button', { name: /Broken/ }).click();
    await expect(card.getByText(/^annotations\.json, line \d+, column \d+$/)).toBeVisible();
    await expect(card.getByText(/no image with the id 77/)).toBeVisible();
    await expect(page.getByTestId('masks-outcome')).toContainText('what is broken');
    await page.screenshot({ path: test.info().outputPath('one-broken.png') });
    const group = card.getByRole('radiogroup', { name: 'What is broken' });
    await group.getByRole('radio', { name: 'Leave out' }).click();
    await expect(group.getByRole('radio', { name: 'Leave out' })).toBeChecked();
    expect(JSON.stringify(await listItems(store))).toBe(before);
  });

  await test.step('a reading that goes on behind the closed card is in the status bar and among the jobs, and can be cancelled', async () => {
    const many = join(workFolder, 'many.json');
    const outline = [[5, 5, 200, 5, 200, 200, 5, 200]];
    const numbers = Array.from({ length: 12_000 }, (_, index) => index + 1);
    const images = numbers.map((id) => ({ id, file_name: `${id}.jpg`, width: 1280, height: 960 }));
    await writeFile(many, JSON.stringify({ images, categories: [{ id: 1, name: 'bottle' }], annotations: numbers.map((id) => ({ id, image_id: id, category_id: 1, iscrowd: 0, segmentation: outline })) }));
    await card.getByRole('button', { name: 'Back' }).click();
    const { drop } = await dragFiles(page, [many], { x: 700, y: 400 });
    await expect(page.getByTestId('drop-masks')).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('drop.png') });
    await drop();
    await expect(page.getByTestId('masks-run-progress')).toContainText('of 12,000');
    await desk.press('Escape');
    await expect(page.getByTestId('status-queue')).toContainText('Reading masks');
    await desk.press('Control+j');
    const job = page.getByTestId('mask-import-job');
    await page.screenshot({ path: test.info().outputPath('job.png') });
    await job.getByRole('button', { name: 'Cancel' }).click();
    await expect(job).toContainText('was stopped');
    await expect(page.getByTestId('status-queue')).not.toContainText('Reading masks');
    await job.getByRole('button', { name: 'Details…' }).click();
    await expect(card.getByText('No mask was imported.')).toBeVisible();
  });
});
