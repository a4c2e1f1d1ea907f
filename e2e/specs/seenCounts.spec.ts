import { expect, test } from '../electronApp.ts';
import { listItems } from '../services/items.ts';
import { hasDraft, queryStore } from '../services/storeDatabase.ts';

/** Versions of an item's mask that a person has made. */
const versions = (storeDir: string, assetId: string): number =>
  Number(queryStore(storeDir, 'SELECT count(*) AS count FROM maskdesk_revisions WHERE asset_id = ?', assetId)[0]?.['count']);

test('what was seen is what counts: approving, leaving and going back lose nothing that was begun', async ({ segmentedStore: store, openDesk }) => {
  const items = await listItems(store, '--state', 'to_review');
  const [grown, wanded, left, outlined] = items.map(({ asset_id }) => asset_id);
  if (grown === undefined || wanded === undefined || left === undefined || outlined === undefined) throw new Error('the store has too few masks');
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  const click = async (x: number, y: number): Promise<void> => {
    const box = await desk.canvasBox();
    await page.mouse.click(box.x + x * box.width, box.y + y * box.height);
  };
  await desk.ready();

  await test.step('the Approve button takes the adjustment that is shown', async () => {
    await desk.open(grown);
    const before = versions(store, grown);
    await desk.press('Alt+g');
    await expect(page.getByTestId('change-panel')).toHaveAttribute('aria-busy', 'false');
    await desk.approveButton.click();
    await desk.movedOnFrom(grown);
    await expect.poll(() => versions(store, grown)).toBe(before + 1);
  });

  await test.step('Enter right after a click waits for what the click gives', async () => {
    await desk.open(wanded);
    const before = versions(store, wanded);
    await desk.press('g');
    await click(0.12, 0.32);
    await desk.press('Enter');
    await desk.movedOnFrom(wanded);
    await expect.poll(() => versions(store, wanded)).toBe(before + 1);
  });

  await test.step('leaving right after a click keeps it as a draft', async () => {
    await desk.open(left);
    await click(0.12, 0.32);
    await desk.press('d');
    await desk.movedOnFrom(left);
    await expect.poll(() => hasDraft(store, left)).toBe(true);
    await expect(desk.row(left)).toContainText('Draft');
  });

  await test.step('an outline that is not closed is named in the queue, is there again, and is nothing to approve over', async () => {
    await desk.open(outlined);
    await desk.press('p');
    for (const [x, y] of [[0.4, 0.4], [0.6, 0.4], [0.6, 0.6]] as const) await click(x, y);
    await desk.press('d');
    await desk.movedOnFrom(outlined);
    await expect(desk.row(outlined)).toContainText('Unfinished');
    await page.screenshot({ path: test.info().outputPath('unfinished.png') });
    await desk.open(outlined);
    await desk.approveButton.click();
    await expect(desk.notices).toContainText('outline');
    await page.screenshot({ path: test.info().outputPath('outline-open.png') });
    await desk.press('Enter');
    await desk.press('Enter');
    await expect.poll(() => hasDraft(store, outlined)).toBe(true);
    expect(await desk.ready()).toBe(outlined);
  });
});
