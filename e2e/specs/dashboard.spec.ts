import type { Locator } from '@playwright/test';
import { rejectReasonLabels, rejectReasons } from '../../shared/domain/verdict.ts';
import { expect, quickModel, test } from '../electronApp.ts';
import { queryStore } from '../services/storeDatabase.ts';
import { inTheme } from '../pages/theme.ts';

const cellsOf = (row: Locator): Locator => row.locator('th, td');

test('the dashboard’s figures are those of the verdicts that were given', async ({ segmentedStore, openDesk }) => {
  const { desk } = await openDesk({ storeDir: segmentedStore });
  const { page } = desk;
  const card = page.getByRole('dialog', { name: 'Dashboard' });
  const rowsOf = (plot: string): Locator => card.getByTestId(plot).locator('tbody tr');
  const figure = (name: string): Locator => card.getByTestId(`figure-${name}`).locator('dd').first();

  await test.step('before any verdict there is no forecast', async () => {
    await desk.ready();
    await desk.press('Control+Shift+g');
    await expect(figure('approved')).toHaveText('0');
    await expect(figure('backlog')).toHaveText('6');
    await expect(card.getByTestId('figure-backlog')).toContainText('no forecast');
    await desk.press('Escape');
  });

  await test.step('two approvals and a rejection', async () => {
    for (let count = 0; count < 2; count++) {
      const item = await desk.ready();
      await desk.press('Enter');
      await desk.movedOnFrom(item);
    }
    const item = await desk.ready();
    await desk.press('Backspace');
    await desk.press('1');
    await desk.movedOnFrom(item);
    await expect.poll(() => queryStore(segmentedStore, 'SELECT count(*) AS count FROM maskdesk_verdicts')).toEqual([{ count: 3 }]);
  });

  await test.step('figures', async () => {
    await desk.press('Control+Shift+g');
    await expect(figure('approved')).toHaveText('2');
    await expect(figure('rejected')).toHaveText('1');
    await expect(card.getByTestId('figure-rejected')).toContainText('33 % of all verdicts');
    await expect(figure('pace')).not.toHaveText('–');
    await expect(figure('seconds')).toHaveText(/ s$/);
    await expect(figure('backlog')).toHaveText('3');
    await expect(card.getByTestId('plot-verdicts').getByRole('img', { name: 'Verdicts. Approved: 2, Rejected: 1', exact: true })).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('dashboard.png') });
  });

  await test.step('the tables say the same', async () => {
    await card.getByRole('switch', { name: 'Show as tables' }).click();
    await expect(cellsOf(rowsOf('plot-verdicts'))).toHaveText([/^\d\d:00 to \d\d:00$/, '2', '1']);
    await expect(cellsOf(rowsOf('plot-models'))).toHaveText([quickModel, '2', '0', '1']);
    await expect(cellsOf(rowsOf('plot-reasons'))).toHaveText([rejectReasonLabels[rejectReasons[0]], '1']);
    await expect(cellsOf(rowsOf('plot-reviewers'))).toHaveText(['Mara', '3']);
    await card.getByRole('radio', { name: '7 days' }).click();
    await expect(cellsOf(rowsOf('plot-verdicts'))).toHaveText([/\w+/, '2', '1']);
    await page.screenshot({ path: test.info().outputPath('tables.png') });
  });

  await test.step('a verdict that is taken back is not counted', async () => {
    await desk.press('Escape');
    await desk.press('Control+z');
    await expect.poll(() => queryStore(segmentedStore, `SELECT count(*) AS count FROM maskdesk_verdicts WHERE verdict = 'undo'`)).toEqual([{ count: 1 }]);
    await desk.press('Control+Shift+g');
    await expect(figure('rejected')).toHaveText('0');
    await expect(figure('backlog')).toHaveText('4');
    await card.getByRole('switch', { name: 'Show as tables' }).click();
    await inTheme(page, 'light');
    await page.screenshot({ path: test.info().outputPath('light.png') });
  });
});
