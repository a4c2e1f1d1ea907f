import { expect, quickModel, test } from '../electronApp.ts';
import { itemOf, listItems } from '../services/items.ts';
import { hasDraft, queryStore } from '../services/storeDatabase.ts';

/** The default one: the only spec that waits for its seconds. */
const otherModel = 'isnet-quint8';

const modelRevisions = (store: string, assetId: string): readonly Record<string, unknown>[] =>
  queryStore(store, "SELECT model_id, round(threshold, 2) AS threshold FROM maskdesk_revisions WHERE asset_id = ? AND origin = 'model' ORDER BY sequence", assetId);

test('re-run with another model and threshold: a new head, or a candidate beside a person’s work', async ({ segmentedStore: store, openDesk }) => {
  const [untouched, edited] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (untouched === undefined || edited === undefined) throw new Error('the store has too few masks');
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await desk.ready();
  const threshold = page.getByRole('slider', { name: 'Threshold' });

  await test.step('another model on an untouched item: its mask becomes the one to judge', async () => {
    await desk.open(untouched.asset_id);
    await desk.press('r');
    await expect(page.getByRole('checkbox', { name: /IS-Net, 8-bit/ })).toBeChecked();
    await page.screenshot({ path: test.info().outputPath('rerun.png'), animations: 'disabled' });
    await page.getByTestId('rerun-run').click();
    await expect(desk.notices).toContainText(`${otherModel} is working on ${untouched.asset_id}`);
    await expect(desk.notices).toContainText(`New mask by ${otherModel}`, { timeout: 40_000 });
    await desk.ready();
    await expect(desk.revisions).toHaveCount(2);
    expect(modelRevisions(store, untouched.asset_id)).toEqual([
      { model_id: quickModel, threshold: 0.5 },
      { model_id: otherModel, threshold: 0.5 },
    ]);
    expect((await itemOf(store, untouched.asset_id)).model).toBe(otherModel);
  });

  await test.step('another threshold: a smaller mask, and the choice is remembered', async () => {
    await desk.press('r');
    await page.getByRole('checkbox', { name: /IS-Net, 8-bit/ }).uncheck();
    await page.getByRole('checkbox', { name: /small and quick/ }).check();
    await threshold.focus();
    for (let step = 0; step < 6; step++) await desk.press('ArrowRight');
    await expect(threshold).toHaveAttribute('aria-valuetext', '0.80');
    await page.getByTestId('rerun-run').click();
    await expect(desk.notices).toContainText(`New mask by ${quickModel}`);
    expect(modelRevisions(store, untouched.asset_id).at(-1)).toEqual({ model_id: quickModel, threshold: 0.8 });
    const areas = queryStore(store, 'SELECT area_px FROM maskdesk_revisions WHERE asset_id = ? AND model_id = ? ORDER BY sequence', untouched.asset_id, quickModel);
    expect(Number(areas[1]?.['area_px'])).toBeLessThan(Number(areas[0]?.['area_px']));
    await desk.press('r');
    await expect(threshold).toHaveAttribute('aria-valuetext', '0.80');
    await desk.press('Escape');
    await expect(threshold).toBeHidden();
  });

  await test.step('an edited item keeps its edit; the answer waits beside it and can be taken', async () => {
    await desk.open(edited.asset_id);
    await desk.press('b');
    await desk.drag({ x: 0.2, y: 0.3 }, { x: 0.8, y: 0.3 });
    await expect(desk.draftStatus).toHaveText('Draft saved');
    await desk.press('r');
    await page.getByTestId('rerun-run').click();
    await expect(desk.notices).toContainText('waits beside yours');
    await page.screenshot({ path: test.info().outputPath('beside.png'), animations: 'disabled' });
    await expect(desk.draftMark('left')).toBeVisible();
    expect((await itemOf(store, edited.asset_id)).revision_sha256).toBe(edited.revision_sha256);
    expect(hasDraft(store, edited.asset_id)).toBe(true);
    await desk.noticeButton('Take it').click();
    await expect(desk.draftMark('left')).toBeHidden();
    await expect.poll(async () => (await itemOf(store, edited.asset_id)).revision_sha256).not.toBe(edited.revision_sha256);
    expect(hasDraft(store, edited.asset_id)).toBe(false);
  });

  await test.step('an approved item keeps its mask: a person’s word stands over a model’s', async () => {
    await desk.press('Enter');
    await expect.poll(async () => (await itemOf(store, edited.asset_id)).state).toBe('approved');
    const approved = await itemOf(store, edited.asset_id);
    await desk.filter('Approved').click();
    await desk.open(edited.asset_id);
    await desk.press('r');
    await threshold.focus();
    await desk.press('ArrowLeft');
    await page.getByTestId('rerun-run').click();
    await expect(desk.notices).toContainText('waits beside yours');
    expect(await itemOf(store, edited.asset_id)).toMatchObject({ state: 'approved', revision_sha256: approved.revision_sha256, masked_local_path: approved.masked_local_path });
  });
});
