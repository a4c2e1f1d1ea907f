import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../electronApp.ts';
import { answerFolderDialog } from '../services/folderDialog.ts';
import { hasDraft } from '../services/storeDatabase.ts';

test('another store opens in the same window, drafts are kept, and the list of stores knows what is gone', async ({ workFolder, segmentedStore, demoStore, openDesk }) => {
  const { app, desk } = await openDesk({ storeDir: segmentedStore });
  const { page } = desk;
  const list = page.getByTestId('recent-stores').getByRole('listitem');
  const connection = page.getByTestId('status-connection');
  const assetId = await desk.ready();

  await test.step('a folder that is no store is refused in words', async () => {
    const photos = join(workFolder, 'photos');
    await mkdir(photos);
    await answerFolderDialog(app, photos);
    await desk.press('Control+o');
    await expect(desk.notices).toContainText('holds no store');
  });

  await test.step('a stroke that is not kept yet goes into the draft before the window changes', async () => {
    await answerFolderDialog(app, demoStore);
    await desk.press('b');
    await desk.drag({ x: 0.45, y: 0.45 }, { x: 0.55, y: 0.55 });
    await desk.press('Control+o');
    await expect(desk.pane('left').getByText('No picture has a mask to review yet')).toBeVisible();
    await expect(connection).toContainText('connected');
    await expect(page.getByTestId('draft-status')).toBeHidden();
    expect(hasDraft(segmentedStore, assetId)).toBe(true);
  });

  await test.step('the list has both, newest first; the other one opens again with its draft', async () => {
    await desk.press('Control+e');
    await expect(list).toHaveCount(2);
    await expect(list.nth(0)).toContainText('open now');
    await expect(list.nth(1)).toContainText(segmentedStore);
    await page.screenshot({ path: test.info().outputPath('recent.png') });
    await list.nth(1).getByRole('button').first().click();
    await desk.ready();
    await desk.open(assetId);
    await expect(desk.draftStatus).toHaveText(/^Draft/);
  });

  await test.step('a store is in one window: the one that this window left can be opened, the one it shows can’t', async () => {
    const second = await openDesk({ storeDir: demoStore });
    await expect(second.desk.page.getByTestId('status-connection')).toContainText('connected');
    await answerFolderDialog(second.app, segmentedStore);
    await second.desk.press('Control+o');
    await expect(second.desk.notices).toContainText('open in another window');
    await second.app.close();
  });

  await test.step('a store that is gone is dimmed and can be taken out', async () => {
    const gone = list.filter({ hasText: demoStore });
    await rm(demoStore, { recursive: true });
    await desk.press('Control+e');
    await expect(gone).toContainText('not there any more');
    await expect(gone.getByRole('button').first()).toBeDisabled();
    await gone.getByRole('button', { name: /^Take / }).click();
    await expect(list).toHaveCount(1);
  });
});
