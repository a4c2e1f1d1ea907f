import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../electronApp.ts';
import type { DeskPage } from '../pages/deskPage.ts';
import { runCli } from '../services/cli.ts';
import { answerFolderDialog } from '../services/folderDialog.ts';
import { headMaskPath, listItems, type Item } from '../services/items.ts';
import { readMaskFile } from '../services/maskFile.ts';

/** From the export dialog, in the one of its places that is named. */
const exportInto = async ({ page }: DeskPage, place: 'Folder' | 'Zip file'): Promise<void> => {
  const card = page.getByRole('dialog', { name: 'Export approved masks' });
  await card.getByRole('radio', { name: place, exact: true }).click();
  await page.getByTestId('export-start').click();
  await expect(page.getByTestId('export-run')).toHaveAttribute('data-state', 'finished');
  await expect(page.getByTestId('export-facts')).toContainText('every mask came back as it was');
  await card.getByRole('button', { name: 'Another export' }).click();
};

const expectSame = async (from: string, originals: readonly Item[], to: string): Promise<void> => {
  const imported = await listItems(to, '--state', 'to_review');
  expect(imported.map(({ asset_id, kind }) => `${kind} ${asset_id}`).sort()).toEqual(originals.map(({ asset_id, kind }) => `${kind} ${asset_id}`).sort());
  for (const item of imported) {
    const original = originals.find(({ asset_id, kind }) => asset_id === item.asset_id && kind === item.kind);
    if (original === undefined) throw new Error(`${item.asset_id} was not exported`);
    expect([item.width, item.height]).toEqual([original.width, original.height]);
    expect(await readMaskFile(headMaskPath(to, item))).toEqual(await readMaskFile(headMaskPath(from, original)));
  }
};

test('a frozen set goes out as COCO, into a folder and a zip, and each comes into an empty store with its photos, the same to the pixel', async ({ workFolder, segmentedStore: store, openDesk }) => {
  // One of them is left for the desk to show.
  for (const { asset_id, kind } of (await listItems(store, '--state', 'to_review')).slice(1)) await runCli('approve', asset_id, '--kind', kind === 'keyframe' ? 'keyframes' : 'products', '--store', store);
  const approved = await listItems(store, '--state', 'approved');
  const out = join(workFolder, 'out');
  await mkdir(out);

  await test.step('out, from the dialog', async () => {
    const { app, desk } = await openDesk({ storeDir: store });
    await desk.ready();
    await answerFolderDialog(app, out);
    await desk.press('Control+Shift+e');
    await desk.page.getByTestId('export-format-coco').click();
    await desk.page.getByRole('dialog', { name: 'Export approved masks' }).getByRole('switch', { name: 'Photos' }).click();
    await exportInto(desk, 'Folder');
    await exportInto(desk, 'Zip file');
    await app.close();
  });

  for (const name of ['approved-1-coco', 'approved-1-coco.zip']) {
    await test.step(`${name} comes in`, async () => {
      const empty = join(workFolder, `empty for ${name}`);
      await runCli('init', '--store', empty);
      const { app, desk } = await openDesk({ storeDir: empty });
      const { page } = desk;
      const card = page.getByRole('dialog', { name: 'Import masks' });
      await answerFolderDialog(app, join(out, name));
      await expect(page.getByText('This store is empty')).toBeVisible();
      await desk.press('Control+Alt+i');
      await card.getByRole('button', { name: name.endsWith('.zip') ? 'Choose a file or a zip…' : 'Choose a folder…' }).click();
      await expect(page.getByTestId('masks-source')).toContainText('An export of Maskdesk: COCO');
      await expect(card.getByRole('region', { name: 'Not in this store' })).toContainText(String(approved.length));
      expect(await listItems(empty)).toHaveLength(0);
      await card.getByRole('radio', { name: 'Add photos' }).click();
      await expect(page.getByTestId('masks-outcome')).toContainText(`${approved.length} photos are added`);
      await page.getByTestId('masks-apply').click();
      await expect(page.getByTestId('masks-run')).toHaveAttribute('data-state', 'finished');
      await expectSame(store, approved, empty);
      if (name.endsWith('.zip')) {
        // Somebody else takes it back, from the command line, while an item of it is on the desk; the one that was approved stays.
        const importId = (await page.getByTestId('import-id').textContent()) ?? '';
        await card.getByRole('button', { name: 'Done' }).click();
        const shown = await desk.ready();
        const [kept] = (await listItems(empty, '--kind', 'products')).filter(({ asset_id }) => asset_id !== shown);
        if (kept === undefined) throw new Error('nothing else came in');
        await runCli('approve', kept.asset_id, '--kind', 'products', '--store', empty);
        await runCli('undo-import', importId, '--store', empty);
        await expect.poll(async () => (await listItems(empty)).map(({ asset_id }) => asset_id)).toEqual([kept.asset_id]);
        await expect(page.getByText('Nothing on the desk').first()).toBeVisible();
        await page.screenshot({ path: test.info().outputPath('one-left.png') });
      } else {
        await card.getByRole('button', { name: 'Undo' }).click();
        await expect(page.getByTestId('masks-result')).toContainText('Taken back');
        await page.screenshot({ path: test.info().outputPath('taken-back.png') });
        await card.getByRole('button', { name: 'Done' }).click();
        await expect(page.getByText('This store is empty')).toBeVisible();
        expect(await listItems(empty)).toHaveLength(0);
        await page.screenshot({ path: test.info().outputPath('empty-again.png') });
      }
      await expect(page.getByText('could not be read')).toHaveCount(0);
      await expect(page.getByText('in this store')).toHaveCount(0);
      await app.close();
    });
  }
});
