import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../electronApp.ts';
import { runCli } from '../services/cli.ts';
import { answerFolderDialog } from '../services/folderDialog.ts';
import { itemOf, listItems, type Item } from '../services/items.ts';
import { inTheme } from '../pages/theme.ts';

test('masks that came in beside a person’s work are found, taken and left; imports are listed and taken back', async ({ workFolder, segmentedStore: store, openDesk }) => {
  const [one, two, three] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (one === undefined || two === undefined || three === undefined) throw new Error('the store has too few masks');
  for (const item of [one, two]) await runCli('approve', item.asset_id, '--store', store, '--reviewer', 'mara');
  const folder = join(workFolder, 'from a contractor with a rather long name for a folder');
  await mkdir(folder);
  const square = [10, 10, 210, 10, 210, 210, 10, 210];
  const nameOf = ({ local_path }: Item): string => local_path.split('/').at(-1) ?? '';
  await writeFile(
    join(folder, 'annotations.json'),
    JSON.stringify({
      images: [one, two, three].map((item, at) => ({ id: at + 1, file_name: nameOf(item), width: item.width, height: item.height })),
      categories: [{ id: 1, name: 'boot' }],
      annotations: [1, 2, 3].map((id) => ({ id, image_id: id, category_id: 1, iscrowd: 0, segmentation: [square] })),
    }),
  );
  const { app, desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  const card = page.getByRole('dialog', { name: 'Import masks' });
  const note = page.getByTestId(/^import-waits-/);
  const waiting = async (): Promise<readonly string[]> => (await listItems(store, '--waiting')).map(({ asset_id }) => asset_id).sort();
  await desk.ready();

  await test.step('the result says how many wait, with the id of the import, and shows them', async () => {
    await desk.press('Control+Alt+i');
    await answerFolderDialog(app, folder);
    await expect(card.getByRole('button', { name: 'Choose a folder…' })).toBeFocused();
    await desk.press('Enter');
    await expect(page.getByTestId('masks-apply')).toBeFocused();
    await desk.press('Enter');
    await expect(page.getByTestId('masks-run')).toHaveAttribute('data-state', 'finished');
    await expect(page.getByTestId('masks-result')).toContainText('2 masks: a person’s work stays, these wait to be taken or left');
    await expect(page.getByTestId('import-id')).toHaveText(/^[0-9a-f-]{36}$/);
    await page.screenshot({ path: test.info().outputPath('result.png') });
    expect(await waiting()).toEqual([one.asset_id, two.asset_id].sort());
    await card.getByRole('button', { name: 'Show the 2 beside' }).click();
    await expect(page.getByTestId('active-filter')).toHaveText('An import waits');
    await expect(desk.rows).toHaveCount(2);
    await desk.press('Control+k');
    await page.keyboard.type('Imports');
    await desk.press('Enter');
    const row = page.getByRole('dialog', { name: 'Imports' }).getByTestId('past-import');
    await row.getByRole('button', { name: 'Undo…' }).click();
    await expect(row.getByRole('button', { name: 'Take 3 masks back' })).toBeFocused();
    await row.getByRole('button', { name: 'Keep' }).click();
    await desk.press('Escape');
  });

  const first = await test.step('one is left by its key, taken up again by undo, and left', async () => {
    await desk.rows.first().click();
    const id = await desk.ready();
    await expect(note).toContainText('An import waits');
    await desk.press('Control+Shift+f');
    await expect(page.getByTestId('filter-form')).toContainText('An import waits beside2');
    await page.screenshot({ path: test.info().outputPath('filters.png') });
    await desk.press('Escape');
    await expect(desk.revisions.first()).toContainText('Imported by');
    await expect(desk.revisions.first()).toContainText('waits to be taken or left');
    await page.screenshot({ path: test.info().outputPath('note.png') });
    await desk.revisions.first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: test.info().outputPath('versions.png') });
    const [pane, over] = [await desk.activePane.boundingBox(), await note.boundingBox()];
    if (pane === null || over === null) throw new Error('nothing is shown');
    expect(over.x + over.width).toBeLessThanOrEqual(pane.x + pane.width);
    await inTheme(page, 'light');
    await page.screenshot({ path: test.info().outputPath('note-light.png') });
    await inTheme(page, 'dark');
    await desk.press('Alt+x');
    await expect.poll(waiting).not.toContain(id);
    await desk.movedOnFrom(id);
    await desk.press('Control+z');
    await expect.poll(waiting).toContain(id);
    await expect(note).toBeVisible();
    await desk.press('Alt+x');
    await expect.poll(waiting).toHaveLength(1);
    return id;
  });

  await test.step('the other one is compared and taken', async () => {
    const id = await desk.movedOnFrom(first);
    await expect(note).toBeVisible();
    await desk.press('Alt+v');
    await expect(page.getByTestId('compare')).toContainText('from a contractor with a rather long name for a folder (imported)');
    await expect(page.getByTestId('compare-import-waits').getByRole('button', { name: 'Leave it' })).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('compare.png') });
    await desk.press('Alt+t');
    await expect(page.getByTestId('compare')).toBeHidden();
    await expect(desk.notices).toContainText('Its approval is open again');
    await expect.poll(waiting).toEqual([]);
    await expect(note).toBeHidden();
    expect((await itemOf(store, id)).state).toBe('to_review');
  });

  await test.step('the import is found in the palette and before the next import, and taken back as far as nobody went on from it', async () => {
    await desk.press('Control+Alt+i');
    await expect(page.getByTestId('masks-before')).toContainText('Imported before');
    await expect(page.getByTestId('past-import')).toContainText('2 to review, 1 left');
    await page.screenshot({ path: test.info().outputPath('before.png') });
    await desk.press('Escape');
    await desk.press('Control+k');
    await page.keyboard.type('Imports');
    await desk.press('Enter');
    const imports = page.getByRole('dialog', { name: 'Imports' });
    await expect(imports).toContainText('3 masks');
    await imports.getByRole('button', { name: 'Undo…' }).click();
    await desk.press('Escape');
    await desk.press('Control+Alt+i');
    await expect(card.getByRole('button', { name: 'Choose a folder…' })).toBeFocused();
    await expect(card.getByRole('button', { name: 'Take 2 masks back' })).toHaveCount(0);
    await desk.press('Escape');
    await desk.press('Control+k');
    await page.keyboard.type('Imports');
    await desk.press('Enter');
    await imports.getByRole('button', { name: 'Undo…' }).press('Enter');
    await page.screenshot({ path: test.info().outputPath('imports.png') });
    await inTheme(page, 'light');
    await page.screenshot({ path: test.info().outputPath('imports-light.png') });
    await inTheme(page, 'dark');
    await expect(imports.getByRole('button', { name: 'Take 2 masks back' })).toBeFocused();
    await desk.press('Enter');
    await expect(imports).toContainText('Taken back');
    expect((await itemOf(store, three.asset_id)).revision_sha256).toBe(three.revision_sha256);
    expect(await runCli('imports', '--store', store)).toMatchObject([{ masks: 3, waiting: 0, left: 1, to_review: 1, replaced: 0, taken_back: 1 }]);
    await page.screenshot({ path: test.info().outputPath('undone.png') });
  });
});
