import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../electronApp.ts';
import { answerFolderDialog } from '../services/folderDialog.ts';
import { headMaskPath, listItems, type Item } from '../services/items.ts';
import { readMaskFile } from '../services/maskFile.ts';

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
    await card.getByRole('button', { name: 'Choose a folder…' }).click();
    await expect(page.getByTestId('masks-preview')).toBeVisible();
    await expect(page.getByTestId('masks-apply')).toBeDisabled();
    await card.getByRole('button', { name: /Not in this store/ }).click();
    await expect(card.getByText('never-seen.jpg')).toBeVisible();
    await card.getByRole('button', { name: /Another size than the photo/ }).click();
    await page.screenshot({ path: test.info().outputPath('decide.png') });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 720 }).catch(() => undefined);
    await page.screenshot({ path: test.info().outputPath('decide-light.png') });
    await page.emulateMedia({ colorScheme: 'dark' });
    await card.getByRole('radiogroup', { name: 'Images that are not in this store' }).getByRole('radio', { name: 'Leave out' }).click();
    await card.getByRole('radiogroup', { name: 'Masks of another size' }).getByRole('radio', { name: 'Resize' }).click();
    await card.getByRole('radiogroup', { name: 'Category hand' }).getByRole('radio', { name: 'Subtract' }).click();
    await expect(page.getByTestId('masks-apply')).toHaveText('Import 2 masks');
    await expect(page.getByTestId('masks-outcome')).toContainText('1 mask resized, 1 image left out');
  });

  await test.step('what was decided is what comes in', async () => {
    await page.getByTestId('masks-apply').click();
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
    await writeFile(file, (await readFile(file, 'utf8')).replace('"image_id": 2', '"image_id": 77'));
    const before = JSON.stringify(await listItems(store));
    await card.getByRole('button', { name: 'Choose a folder…' }).click();
    await expect(page.getByTestId('masks-run-error')).toContainText('annotations.json');
    await expect(page.getByTestId('masks-run-error')).toContainText('77');
    await page.screenshot({ path: test.info().outputPath('broken.png') });
    expect(JSON.stringify(await listItems(store))).toBe(before);
  });
});
