import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../electronApp.ts';
import { runCli } from '../services/cli.ts';
import { answerFolderDialog } from '../services/folderDialog.ts';
import { headMaskPath, listItems, type Item } from '../services/items.ts';
import { readMaskFile } from '../services/maskFile.ts';

const kindOption = ({ kind }: Item): string => (kind === 'keyframe' ? 'keyframes' : 'products');

/** Approves every mask that there is. */
const approveAll = async (store: string): Promise<readonly Item[]> => {
  const masked = await listItems(store, '--state', 'to_review');
  for (const item of masked) await runCli('approve', item.asset_id, '--kind', kindOption(item), '--store', store);
  return listItems(store, '--state', 'approved');
};

const exported = async (store: string, out: string, ...options: readonly string[]): Promise<void> => {
  await runCli('sets', 'save', 'Good', '--store', store);
  await runCli('export', '--store', store, '--set', 'Good', '--freeze', '--format', 'coco', '--out', out, ...options);
};

test('masks go out as COCO and come into an empty store with their photos, the same to the pixel; taken back in one go', async ({ workFolder, segmentedStore: store, openDesk }) => {
  const approved = await approveAll(store);
  await exported(store, join(workFolder, 'out.zip'), '--photos');
  const empty = join(workFolder, 'empty');
  await runCli('init', '--store', empty);
  const { app, desk } = await openDesk({ storeDir: empty });
  const { page } = desk;
  const card = page.getByRole('dialog', { name: 'Import masks' });

  await test.step('what would come in is shown before anything does', async () => {
    await expect(page.getByText('This store is empty')).toBeVisible();
    await desk.press('Control+Alt+i');
    await expect(card.getByText('Choose a folder…')).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('choose.png') });
    await answerFolderDialog(app, join(workFolder, 'out.zip'));
    await card.getByRole('button', { name: 'Choose a file or a zip…' }).click();
    await expect(page.getByTestId('masks-source')).toContainText('An export of Maskdesk: COCO');
    await expect(card.getByRole('region', { name: 'Not in this store' })).toContainText(String(approved.length));
    await page.screenshot({ path: test.info().outputPath('preview.png') });
    expect(await listItems(empty)).toHaveLength(0);
  });

  await test.step('photos and masks come in, each mask as it was', async () => {
    await card.getByRole('radio', { name: 'Add photos' }).click();
    await expect(page.getByTestId('masks-outcome')).toContainText(`${approved.length} photos are added`);
    await page.getByTestId('masks-apply').click();
    await expect(page.getByTestId('masks-run')).toHaveAttribute('data-state', 'finished');
    await expect(page.getByTestId('masks-result')).toContainText(`${approved.length} masks`);
    await page.screenshot({ path: test.info().outputPath('imported.png') });
    const imported = await listItems(empty, '--state', 'to_review');
    expect(imported.map(({ asset_id }) => asset_id).sort()).toEqual(approved.map(({ asset_id }) => asset_id).sort());
    for (const item of imported) {
      const original = approved.find(({ asset_id, kind }) => asset_id === item.asset_id && kind === item.kind);
      if (original === undefined) throw new Error(`${item.asset_id} was not exported`);
      expect([item.width, item.height]).toEqual([original.width, original.height]);
      expect(await readMaskFile(headMaskPath(empty, item))).toEqual(await readMaskFile(headMaskPath(store, original)));
    }
  });

  await test.step('taken back, the photos have no mask again', async () => {
    await card.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await listItems(empty, '--state', 'unsegmented')).length).toBe(approved.length);
    await expect(card.getByText('is taken back')).toBeVisible();
  });
});

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
    await expect(page.getByTestId('masks-error')).toContainText('annotations.json');
    await expect(page.getByTestId('masks-error')).toContainText('77');
    await page.screenshot({ path: test.info().outputPath('broken.png') });
    expect(JSON.stringify(await listItems(store))).toBe(before);
  });
});
