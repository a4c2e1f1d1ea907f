import { expect, test } from '../electronApp.ts';
import { Inspector } from '../pages/inspector.ts';
import { itemOf } from '../services/items.ts';
import { maskedLocalPath, queryStore } from '../services/storeDatabase.ts';

const verdicts = (store: string, assetId: string): readonly unknown[] =>
  queryStore(store, 'SELECT verdict, note FROM maskdesk_verdicts WHERE asset_id = ? ORDER BY sequence', assetId).map((row) => [row['verdict'], row['note']]);

test('verdicts are taken back one after the other, noted, reopened and not given twice', async ({ segmentedStore: store, openDesk }) => {
  const { app, desk } = await openDesk({ storeDir: store });
  const inspector = new Inspector(desk);
  const first = await desk.ready();

  await test.step('a note beside the reason: written, shown, kept', async () => {
    await desk.press('Backspace');
    await desk.press('n');
    await desk.page.keyboard.type('2 shadows under the sole');
    await desk.press('ArrowDown');
    await desk.page.screenshot({ path: test.info().outputPath('rejectNote.png'), animations: 'disabled' });
    await desk.press('Enter');
    await desk.movedOnFrom(first);
    await expect.poll(() => verdicts(store, first)).toEqual([['reject', '2 shadows under the sole']]);
  });

  await test.step('two verdicts go back, the last one first, each with its item', async () => {
    const second = await desk.ready();
    await desk.press('Enter');
    await desk.movedOnFrom(second);
    await desk.press('Control+z');
    await expect(desk.activePane).toHaveAttribute('data-asset-id', second);
    await desk.press('Control+z');
    await expect(desk.activePane).toHaveAttribute('data-asset-id', first);
    await expect(desk.state(await desk.activeSide())).toHaveText('To review');
    expect((await itemOf(store, second)).state).toBe('to_review');
    await expect.poll(() => maskedLocalPath(store, second)).toBeNull();
  });

  await test.step('an approved mask is not approved again', async () => {
    await desk.ready();
    await desk.press('Enter');
    const next = await desk.movedOnFrom(first);
    await expect.poll(() => verdicts(store, first).length).toBe(3);
    await desk.filter('Approved').click();
    await desk.open(first);
    await expect(inspector.reason).toContainText('Approved by Mara');
    await desk.press('Enter');
    await expect(desk.notices).toContainText(`${first} is already approved`);
    expect(verdicts(store, first).length).toBe(3);
    expect(next).not.toBe(first);
  });

  await test.step('reopening withdraws what was published, and stays on the item', async () => {
    // The queue shows what is approved since the step before; the chip again would take that back.
    await desk.open(first);
    await expect.poll(() => maskedLocalPath(store, first)).not.toBeNull();
    await desk.press('Shift+R');
    await expect(desk.notices).toContainText(`Reopened ${first}`);
    await expect(desk.state(await desk.activeSide())).toHaveText('To review');
    await expect(desk.activePane).toHaveAttribute('data-asset-id', first);
    await expect.poll(() => maskedLocalPath(store, first)).toBeNull();
    await desk.press('Control+z');
    await expect(desk.state(await desk.activeSide())).toHaveText('Approved');
    await expect.poll(() => maskedLocalPath(store, first)).not.toBeNull();
  });

  await test.step('after a restart the last one can still be taken back', async () => {
    await app.close();
    const { desk: again } = await openDesk({ storeDir: store });
    await again.ready();
    await again.press('Control+z');
    await expect(again.activePane).toHaveAttribute('data-asset-id', first);
    await expect(again.state(await again.activeSide())).toHaveText('To review');
    expect(verdicts(store, first).map((row) => (row as [string])[0])).toEqual(['reject', 'undo', 'approve', 'reopen', 'undo', 'undo']);
  });
});
