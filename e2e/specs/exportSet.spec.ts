import { execFileSync } from 'node:child_process';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { expect, test } from '../electronApp.ts';
import { runCli } from '../services/cli.ts';
import { answerFolderDialog } from '../services/folderDialog.ts';
import { headMaskPath, listItems, type Item } from '../services/items.ts';
import { unzipped } from '../services/unzipped.ts';

/** Approves all but one of the masks that there are. @returns those that are approved, in the order of exports */
const approveMost = async (store: string): Promise<readonly Item[]> => {
  const masked = (await listItems(store, '--state', 'to_review')).toSorted((a, b) => (a.kind === b.kind ? (a.asset_id < b.asset_id ? -1 : 1) : a.kind === 'product_image' ? -1 : 1));
  // The desk has one of them in hand: it is none of those.
  const approved = masked.slice(1);
  for (const { asset_id, kind } of approved) await runCli('approve', asset_id, '--kind', kind === 'keyframe' ? 'keyframes' : 'products', '--store', store);
  return approved;
};

/** What the system's file manager was asked to show. */
const followFileManager = (app: ElectronApplication): Promise<void> =>
  app.evaluate(({ shell }) => {
    shell.showItemInFolder = (path) => void Object.assign(globalThis, { shownInFolder: path });
  });
const shownInFolder = (app: ElectronApplication): Promise<unknown> => app.evaluate(() => (globalThis as { shownInFolder?: unknown }).shownInFolder);

interface CocoFile {
  readonly images: readonly { readonly id: number; readonly file_name: string }[];
  readonly annotations: readonly { readonly image_id: number; readonly area: number }[];
}

const readCoco = (bytes: Uint8Array): CocoFile => JSON.parse(Buffer.from(bytes).toString('utf8')) as CocoFile;

test('a lead exports what is approved: into a folder and a zip, both read back; the same snapshot gives the same bytes', async ({ workFolder, segmentedStore: store, openDesk }) => {
  const approved = await approveMost(store);
  const out = join(workFolder, 'exports of this week');
  await mkdir(out);
  const { app, desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  const card = page.getByRole('dialog', { name: 'Export approved masks' });
  const run = page.getByTestId('export-run');
  await desk.ready();
  await followFileManager(app);

  await test.step('what would be exported is counted and shown while it is narrowed', async () => {
    await desk.press('Control+Shift+e');
    await expect(page.getByTestId('export-source')).toBeFocused();
    await expect(page.getByTestId('export-count')).toHaveText(new RegExp(`^${approved.length} masks`));
    await expect(page.getByTestId('export-sample').getByRole('listitem')).toHaveCount(approved.length);
    await card.getByRole('button', { name: 'To review' }).click();
    await expect(page.getByTestId('export-count')).toHaveText(new RegExp(`^${approved.length + 1} masks`));
    await card.getByRole('button', { name: 'To review' }).click();
    await card.getByRole('textbox', { name: 'Id or title' }).fill('no such thing');
    await expect(card.getByText('No mask matches')).toBeVisible();
    await expect(page.getByTestId('export-start')).toBeDisabled();
    await card.getByRole('button', { name: 'Everything approved' }).last().click();
    await expect(page.getByTestId('export-count')).toHaveText(new RegExp(`^${approved.length} masks`));
  });

  await test.step('into a folder as COCO', async () => {
    await page.getByTestId('export-format-coco').click();
    await expect(card.getByRole('textbox', { name: 'Name of the folder' })).toHaveValue('approved-1-coco');
    await page.screenshot({ path: test.info().outputPath('form.png') });
    await answerFolderDialog(app, out);
    await page.getByTestId('export-start').click();
    await expect(run).toHaveAttribute('data-state', 'finished');
    await expect(page.getByTestId('export-facts')).toContainText('every mask came back as it was');
    await page.screenshot({ path: test.info().outputPath('finished.png') });
    await card.getByRole('button', { name: 'Show in folder' }).click();
    await expect.poll(() => shownInFolder(app)).toBe(join(out, 'approved-1-coco'));
    const top = await readdir(join(out, 'approved-1-coco'));
    expect(top).toEqual(expect.arrayContaining(['manifest.jsonl', 'manifest.parquet', 'DATACARD.md', 'annotations']));
    const manifest = (await readFile(join(out, 'approved-1-coco', 'manifest.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(manifest).toHaveLength(approved.length);
    expect(await readdir(out)).toEqual(['approved-1-coco']);
  });

  await test.step('the same number into a zip: the files are the same to the byte', async () => {
    await card.getByRole('button', { name: 'Another export' }).click();
    await expect(page.getByTestId('export-snapshot')).toHaveText(/^Number 1, /);
    await card.getByRole('radio', { name: 'Zip file' }).click();
    await expect(card.getByRole('textbox', { name: 'Name of the file' })).toHaveValue('approved-1-coco');
    await page.getByTestId('export-start').click();
    await expect(run).toHaveAttribute('data-state', 'finished');
    const files = await unzipped(join(out, 'approved-1-coco.zip'));
    const [annotations = ''] = [...files.keys()].filter((path) => path.startsWith('annotations/'));
    const coco = readCoco(files.get(annotations) ?? new Uint8Array());
    expect(coco.images).toHaveLength(approved.length);
    for (const [path, bytes] of files) expect(Buffer.compare(await readFile(join(out, 'approved-1-coco', path)), bytes), path).toBe(0);
  });

  await test.step('what stands there is not replaced unasked', async () => {
    await card.getByRole('button', { name: 'Another export' }).click();
    await expect(page.getByTestId('export-summary')).toContainText('finished export there already');
    await expect(page.getByTestId('export-start')).toContainText('Replace it');
    await page.screenshot({ path: test.info().outputPath('exists.png') });
    await page.getByTestId('export-start').click();
    await expect(run).toHaveAttribute('data-state', 'finished');
  });

  await test.step('what each split will hold, and that a number holds the same, is said before', async () => {
    await card.getByRole('button', { name: 'Another export' }).click();
    await page.getByTestId('export-snapshot').click();
    await page.getByRole('option', { name: /^Now/ }).click();
    await expect(page.getByTestId('export-summary')).toContainText('number 1 of “Approved”, which holds the same');
    await card.getByRole('switch', { name: /Split into/ }).click();
    await expect(page.getByTestId('export-split-counts')).toContainText(/train \d+ · val \d+ · test \d+/);
    await page.screenshot({ path: test.info().outputPath('splits.png') });
    await card.getByRole('switch', { name: /Split into/ }).click();
    await page.getByTestId('export-start').click();
    await expect(run).toHaveAttribute('data-state', 'finished');
    expect(await runCli('sets', 'snapshots', '--store', store)).toHaveLength(1);
  });

  await test.step('what a format can’t carry is listed mask by mask, the worst first', async () => {
    await card.getByRole('button', { name: 'Another export' }).click();
    await page.getByTestId('export-format-yolo').click();
    await card.getByRole('combobox', { name: /^Holes/ }).click();
    await page.getByRole('option', { name: 'Filled' }).click();
    await page.getByTestId('export-start').click();
    await expect(run).toHaveAttribute('data-state', 'finished');
    const losses = page.getByTestId('export-losses').getByRole('listitem');
    await expect(losses.first()).toContainText('hole');
    const ious = (await losses.allInnerTexts()).map((text) => Number(/IoU ([\d.]+)/.exec(text)?.[1]));
    expect(ious).toEqual(ious.toSorted((a, b) => a - b));
    expect(ious[0]).toBeLessThan(1);
    await expect(page.getByTestId('export-facts')).toContainText(`With losses\n${ious.length} mask`, { useInnerText: true });
    await page.screenshot({ path: test.info().outputPath('losses.png') });
    await card.getByRole('button', { name: 'Another export' }).click();
    await page.getByTestId('export-format-coco').click();
  });

  await test.step('the next freeze is number 2, by keys alone', async () => {
    await desk.press('Escape');
    await expect(card).toHaveCount(0);
    await desk.press('Enter');
    await expect.poll(async () => (await listItems(store, '--state', 'approved')).length).toBe(approved.length + 1);
    await desk.press('Control+Shift+e');
    await page.getByTestId('export-snapshot').focus();
    await desk.press('Enter');
    await desk.press('Home');
    await desk.press('Enter');
    await expect(page.getByTestId('export-summary')).toContainText('as number 2');
    await expect(page.getByTestId('export-count')).toHaveText(new RegExp(`^${approved.length + 1} masks`));
    await page.getByTestId('export-start').focus();
    await desk.press('Enter');
    await expect(run).toHaveAttribute('data-state', 'finished');
    expect((await readdir(out)).filter((name) => !name.endsWith('.report.jsonl')).toSorted()).toEqual(['approved-1-coco', 'approved-1-coco.zip', 'approved-1-yolo.zip', 'approved-2-coco.zip']);
  });
});

test('an export that is stopped half way looks like none, and goes on after a restart', async ({ workFolder, segmentedStore: store, openDesk }) => {
  test.skip(process.platform === 'win32', 'named pipes are made otherwise there');
  const approved = await approveMost(store);
  const last = approved.at(-1);
  if (last === undefined) throw new Error('nothing is approved');
  // Looked at already: nobody but the export reads the mask that is held back.
  await runCli('check', '--store', store, ...approved.map(({ asset_id }) => asset_id));
  const out = join(workFolder, 'out');
  await mkdir(out);
  const { app, desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await desk.ready();
  await answerFolderDialog(app, out);
  const mask = headMaskPath(store, last);

  await test.step('the last mask can’t be read yet: the export waits for it', async () => {
    await desk.press('Control+Shift+e');
    await expect(page.getByTestId('export-sample').locator('img.thumb-shown')).toHaveCount(approved.length);
    await rename(mask, `${mask}.kept`);
    execFileSync('mkfifo', [mask]);
    await page.getByTestId('export-start').click();
    // What is told stands still with the mask that is waited for: how many are done by then is the engine's affair.
    await expect(page.getByTestId('export-run-progress')).toContainText(new RegExp(`Writing · [1-9] of ${approved.length}`));
    await page.screenshot({ path: test.info().outputPath('running.png') });
  });

  await test.step('it goes on behind the closed card; closing the window asks', async () => {
    await page.getByRole('button', { name: 'Go on in the background' }).click();
    await desk.press('Control+j');
    await expect(page.getByTestId('export-job')).toContainText(new RegExp(`[1-9] of ${approved.length}`));
    await expect(page.getByTestId('unfinished-export')).toHaveCount(0);
    await page.screenshot({ path: test.info().outputPath('jobs.png') });
    await desk.press('Escape');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect(desk.notices).toContainText('Exporting “Approved”');
    await desk.notices.getByRole('button', { name: 'Dismiss' }).last().click();
  });

  await test.step('cancelled, it is an unfinished one', async () => {
    await desk.press('Control+j');
    await page.getByTestId('export-job').getByRole('button', { name: 'Cancel' }).click();
    await writeFile(mask, await readFile(`${mask}.kept`));
    await rm(mask);
    await rename(`${mask}.kept`, mask);
    await expect(page.getByTestId('unfinished-export').getByRole('button', { name: 'Resume' })).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('unfinished.png') });
    expect((await readdir(out)).every((name) => name.endsWith('.maskdesk-part'))).toBe(true);
  });

  await test.step('after a restart it is offered, and goes on to its end', async () => {
    await app.close();
    const again = await openDesk({ storeDir: store });
    await again.desk.ready();
    await again.desk.press('Control+Shift+e');
    const row = again.desk.page.getByTestId('unfinished-export');
    await expect(row).toContainText(`of ${approved.length} written`);
    await again.desk.page.screenshot({ path: test.info().outputPath('offered.png') });
    await row.getByRole('button', { name: 'Resume' }).click();
    await expect(again.desk.page.getByTestId('export-run')).toHaveAttribute('data-state', 'finished');
    await expect(again.desk.page.getByTestId('export-facts')).toContainText('every mask came back as it was');
    expect(await readdir(out)).toEqual(['approved-1-mask-png']);
  });
});
