import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../electronApp.ts';
import { runCli } from '../services/cli.ts';
import { answerFolderDialog } from '../services/folderDialog.ts';
import { itemOf } from '../services/items.ts';
import { writeHalfMask } from '../services/maskFile.ts';
import { hasDraft, queryStore } from '../services/storeDatabase.ts';
import { inTheme } from '../pages/theme.ts';

const verdictsOf = (store: string, assetId: string): readonly Record<string, unknown>[] =>
  queryStore(store, 'SELECT reviewer, verdict FROM maskdesk_verdicts WHERE asset_id = ? ORDER BY sequence', assetId);

test('two reviewers on one store: what one has the other is not given, may look at, and can take over', async ({ segmentedStore: store, workFolder, openDesk }) => {
  const { desk: ada } = await openDesk({ storeDir: store, env: { MASKDESK_REVIEWER: 'Ada' } });
  const first = await ada.ready();
  const { desk: ben, app: bensApp } = await openDesk({ storeDir: store, env: { MASKDESK_DATA: test.info().outputPath('ben'), MASKDESK_REVIEWER: 'Ben' } });
  await ben.ready();

  await test.step('what Ada has is marked at Ben’s with her name; it is to be looked at, not changed or judged', async () => {
    await ben.open(first);
    await expect(ben.row(first).getByTestId('queue-row-taken')).toHaveText('Ada');
    await expect(ben.leaseNote).toContainText('Ada has it since');
    await expect(ben.page.getByTestId('presence')).toHaveText('A');
    await ben.press('b');
    await ben.drag({ x: 0.4, y: 0.5 }, { x: 0.6, y: 0.5 });
    await ben.page.screenshot({ path: test.info().outputPath('takenDark.png'), animations: 'disabled' });
    await inTheme(ben.page, 'light');
    await ben.page.screenshot({ path: test.info().outputPath('takenLight.png'), animations: 'disabled' });
    await inTheme(ben.page, 'dark');
    await ben.press('Enter');
    await expect(ben.notices).toContainText(`Ada has ${first}`);
    expect([verdictsOf(store, first), hasDraft(store, first)]).toEqual([[], false]);
  });

  await test.step('next goes past it, and past what is kept for her', async () => {
    await ben.press('Shift+D');
    const given = await ben.movedOnFrom(first);
    expect(given).not.toBe(first);
    await expect(ben.leaseNote).toBeHidden();
    await expect(ada.row(given).getByTestId('queue-row-taken')).toHaveText('Ben');
    await ada.press('Enter');
    const adas = await ada.movedOnFrom(first);
    expect(adas).not.toBe(given);
    await expect.poll(() => verdictsOf(store, first)).toEqual([{ reviewer: 'Ada', verdict: 'approve' }]);
    await expect(ben.row(first)).toBeHidden();
  });

  await test.step('Ada takes over what Ben is painting: she is asked, he is told, his draft stays his', async () => {
    const bens = await ben.ready();
    await ben.press('b');
    await ben.drag({ x: 0.4, y: 0.4 }, { x: 0.6, y: 0.4 });
    await expect(ben.draftStatus).toHaveText('Draft saved');
    await ada.open(bens);
    await expect(ada.leaseNote).toContainText('Ben has it since');
    await ada.press('Shift+T');
    await expect(ada.leaseNote).toContainText('Ben has an unfinished edit of it');
    await ada.page.screenshot({ path: test.info().outputPath('askDark.png'), animations: 'disabled' });
    await ada.leaseNote.getByRole('button', { name: 'Take over' }).click();
    await expect(ada.leaseNote).toBeHidden();
    await expect(ben.notices).toContainText(`Ada took ${bens} over. Your draft is kept.`);
    await expect(ben.leaseNote).toContainText('Ada has it since');
    await ben.page.screenshot({ path: test.info().outputPath('lost.png'), animations: 'disabled' });
    expect(hasDraft(store, bens)).toBe(true);

    await test.step('what she approves meets his draft side by side, and his is not lost', async () => {
      const item = await itemOf(store, bens);
      const mask = join(workFolder, 'adas.png');
      await writeHalfMask(mask, item);
      await runCli('approve', bens, '--mask', mask, '--reviewer', 'Ada', '--store', store);
      await expect(ben.notices).toContainText(`Ada changed the mask of ${bens}`);
      await ben.noticeButton('Compare').click();
      await expect(ben.page.getByTestId('compare')).toBeVisible();
      await expect(ben.page.getByTestId('compare')).toContainText('Ada');
      await ben.page.screenshot({ path: test.info().outputPath('sideBySide.png'), animations: 'disabled' });
      expect(hasDraft(store, bens)).toBe(true);
      await ben.press('Escape');
    });

    await test.step('and Ben takes it back', async () => {
      await ben.press('Shift+T');
      await expect(ben.leaseNote).toBeHidden();
      await expect(ada.notices).toContainText(`Ben took ${bens} over.`);
    });
  });

  await test.step('a desk that closes gives back what it has', async () => {
    await bensApp.close();
    await expect(ada.page.getByTestId('presence')).toBeHidden();
    await expect(ada.page.getByTestId('queue-row-taken')).toHaveCount(0);
  });
});

test('the audit trail goes into a file, from the desk', async ({ segmentedStore: store, workFolder, openDesk }) => {
  const { desk, app } = await openDesk({ storeDir: store });
  const item = await desk.ready();
  await desk.press('Enter');
  await desk.movedOnFrom(item);
  await answerFolderDialog(app, workFolder);
  await desk.page.keyboard.press('Control+Shift+G');
  await desk.page.getByRole('button', { name: 'Export the audit trail…' }).click();
  const card = desk.page.getByRole('dialog', { name: 'Export the audit trail' });
  await card.getByRole('button', { name: 'Choose a folder…' }).click();
  await expect(card.getByTestId('audit-export-result')).toContainText('.jsonl');
  await desk.page.screenshot({ path: test.info().outputPath('auditDark.png'), animations: 'disabled' });
  await inTheme(desk.page, 'light');
  await desk.page.screenshot({ path: test.info().outputPath('auditLight.png'), animations: 'disabled' });
  const [name = ''] = (await readdir(workFolder)).filter((file) => file.endsWith('.jsonl'));
  expect((await runCli('audit', 'verify', join(workFolder, name)))[0]).toMatchObject({ ok: true });
  const lines = (await readFile(join(workFolder, name), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.filter(({ kind }) => kind === 'verdict')).toMatchObject([{ who: 'Mara', asset_id: item, details: { verdict: 'approve' } }]);
});
