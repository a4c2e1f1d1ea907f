import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, quickModel, test } from '../electronApp.ts';
import { QueuePage } from '../pages/queuePage.ts';
import { runCli } from '../services/cli.ts';
import { itemOf, listItems } from '../services/items.ts';
import { maskedLocalPath } from '../services/storeDatabase.ts';

test('filters with their counts, saved ones, and the place in the queue outlive a restart', async ({ segmentedStore: store, openDesk }) => {
  const { app, desk } = await openDesk({ storeDir: store });
  const queue = new QueuePage(desk.page);
  await desk.ready();
  const waiting = await listItems(store, '--state', 'to_review');
  await queue.expectLength(waiting.length);
  let narrowed: readonly string[] = [];

  await test.step('by model and by product, each a chip with a way out', async () => {
    await queue.narrowBy(quickModel);
    await expect(queue.activeFilters).toHaveText([quickModel]);
    await queue.expectLength(waiting.length);
    // Into the products, to the first of them: arrows and Enter.
    await desk.press('Control+Shift+F');
    const form = desk.page.getByTestId('filter-form');
    await expect(form.getByRole('option', { name: /^Product/ })).toBeVisible();
    await desk.press('Enter');
    await expect(form.getByRole('combobox', { name: 'Narrow by product' })).toBeFocused();
    await expect(form.getByRole('option').first()).toBeVisible();
    await desk.page.screenshot({ path: test.info().outputPath('filters.png') });
    await desk.press('Enter');
    await expect(queue.activeFilters).toHaveCount(2);
    await expect(queue.rows.first()).toBeVisible();
    narrowed = [...(await queue.idsByPlace()).values()];
    expect(narrowed.length).toBeLessThan(waiting.length);
    for (const id of narrowed) expect((await itemOf(store, id)).kind).toBe('product_image');
  });

  await test.step('saved under a name; a name that is taken is refused', async () => {
    const saved = await queue.openSavedFilters();
    await saved.getByRole('button', { name: 'Save what is shown…' }).click();
    await desk.page.keyboard.type('First product');
    await desk.press('Enter');
    await expect(saved.getByRole('button', { name: /^First product/ })).toBeVisible();
    await desk.page.screenshot({ path: test.info().outputPath('saved.png') });
    await saved.getByRole('button', { name: 'With drafts' }).click();
    await expect(desk.page.getByText('Nothing matches')).toBeVisible();
    await queue.openSavedFilters();
    await saved.getByRole('button', { name: 'My rejections' }).click();
    await queue.expectLength(0);
    await desk.press('Control+Shift+Backspace');
    await expect(queue.activeFilters).toHaveCount(0);
    await queue.openSavedFilters();
    await saved.getByRole('button', { name: 'Save what is shown…' }).click();
    await desk.page.keyboard.type('first PRODUCT');
    await desk.press('Enter');
    await expect(saved.getByRole('alert')).toContainText('already');
    await desk.press('Escape');
    await desk.press('Escape');
  });

  await test.step('the next start has filter, order and item; the saved one is chosen, renamed, deleted and brought back', async () => {
    await queue.state('To review').click();
    await queue.narrowBy(quickModel);
    await queue.sortBy('By product');
    const id = await queue.idAt(2);
    await desk.open(id);
    await app.close();
    const { desk: again } = await openDesk({ storeDir: store });
    const after = new QueuePage(again.page);
    expect(await again.ready()).toBe(id);
    await expect(after.activeFilters).toHaveText([quickModel]);
    await expect(again.page.getByRole('combobox', { name: 'Order: By product' })).toBeVisible();
    await expect(after.rowAt(2)).toHaveAttribute('aria-current', 'true');
    const saved = await after.openSavedFilters();
    await saved.getByRole('button', { name: /^First product/ }).click();
    await expect(after.activeFilters).toHaveCount(2);
    await expect.poll(async () => [...(await after.idsByPlace()).values()].sort()).toEqual([...narrowed].sort());
    await after.openSavedFilters();
    await saved.getByRole('button', { name: 'Rename First product' }).click();
    await again.page.keyboard.type('Boots');
    await again.press('Enter');
    await saved.getByRole('button', { name: /^Delete/ }).click();
    await expect(saved.getByRole('button', { name: /^Delete/ })).toBeHidden();
    await again.noticeButton('Undo').click();
    await after.openSavedFilters();
    await expect(saved.getByRole('button', { name: /^Delete/ })).toBeVisible();
  });
});

test('several are chosen by keyboard, judged as one and taken back as one', async ({ segmentedStore: store, openDesk }) => {
  const { app, desk } = await openDesk({ storeDir: store });
  const queue = new QueuePage(desk.page);
  const first = await desk.ready();
  const waiting = await listItems(store, '--state', 'to_review');
  await queue.expectLength(waiting.length);
  const chosen = [await queue.idAt(0), await queue.idAt(1), await queue.idAt(2)];
  const other = await queue.idAt(3);

  await test.step('Shift and arrows; Enter approves them all, and their masks are published', async () => {
    await queue.list.focus();
    await desk.press('Shift+ArrowDown');
    await desk.press('Shift+ArrowDown');
    await expect(queue.bulkBar.getByRole('button', { name: 'Approve 3' })).toBeVisible();
    await desk.page.screenshot({ path: test.info().outputPath('chosen.png') });
    await desk.press('Enter');
    await expect(desk.notices).toContainText('Approved 3 items');
    await expect.poll(async () => (await listItems(store, '--state', 'approved')).map(({ asset_id }) => asset_id).sort()).toEqual([...chosen].sort());
    for (const id of chosen) await expect.poll(() => maskedLocalPath(store, id)).not.toBeNull();
    await queue.expectLength(waiting.length - 3);
    await expect(desk.activePane).toHaveAttribute('data-asset-id', other);
  });

  await test.step('Ctrl+Z takes all of it back: no path, no file', async () => {
    const paths = chosen.map((id) => join(store, maskedLocalPath(store, id) ?? ''));
    await desk.press('Control+z');
    await expect(desk.notices).toContainText('Approval of 3 items taken back');
    for (const id of chosen) await expect.poll(() => maskedLocalPath(store, id)).toBeNull();
    for (const path of paths) await expect.poll(() => access(path).then(() => true, () => false)).toBe(false);
    await queue.expectLength(waiting.length);
    expect(await queue.idAt(0)).toBe(first);
  });

  await test.step('everything in the filter is rejected for one reason; what changed meanwhile is refused by name', async () => {
    await desk.press('Control+a');
    await expect(queue.bulkBar).toContainText(`${waiting.length} chosen`);
    await runCli('segment', '--store', store, '--model', quickModel, '--threshold', '0.8', other);
    await desk.press('Backspace');
    await desk.press('n');
    await desk.page.keyboard.type('all of this video');
    await desk.page.screenshot({ path: test.info().outputPath('bulkNote.png') });
    for (let down = 0; down < 3; down++) await desk.press('ArrowDown');
    await desk.press('Enter');
    await expect(desk.notices).toContainText(`Rejected ${waiting.length - 1} items, 1 refused`);
    await desk.noticeButton('Show').click();
    const refused = desk.page.getByRole('dialog', { name: '1 not rejected' });
    await expect(refused.getByRole('button', { name: other })).toBeVisible();
    await desk.page.screenshot({ path: test.info().outputPath('refused.png') });
    await desk.press('Escape');
    const rejected = await listItems(store, '--state', 'rejected');
    expect(rejected.map(({ reason }) => reason)).toEqual(rejected.map(() => 'background_kept'));
    expect(rejected).toHaveLength(waiting.length - 1);
    // The next start takes it back as the one that it was.
    await app.close();
    const { desk: again } = await openDesk({ storeDir: store });
    await again.ready();
    await again.press('Control+z');
    await expect(again.notices).toContainText(`Rejection of ${waiting.length - 1} items taken back`);
    await expect.poll(async () => (await listItems(store, '--state', 'rejected')).length).toBe(0);

    // An unfinished edit among them is refused: what is on screen is not what would be approved.
    const painted = await again.ready();
    await again.press('b');
    await again.drag({ x: 0.3, y: 0.4 }, { x: 0.6, y: 0.4 });
    await again.draftSaved();
    const list = new QueuePage(again.page);
    await list.list.focus();
    await again.press('Control+a');
    await expect(list.bulkBar).toContainText(`${waiting.length} chosen`);
    await again.press('Enter');
    await expect(again.notices).toContainText(`Approved ${waiting.length - 1} items, 1 refused`);
    expect((await itemOf(store, painted)).state).toBe('to_review');
    await expect(again.draftStatus).toHaveText('Draft saved');
    await again.page.screenshot({ path: test.info().outputPath('refusedDraft.png') });
  });
});

test('an item in hand that changes stays where it is until the person moves on, and A goes back to it', async ({ segmentedStore: store, openDesk }) => {
  const { desk } = await openDesk({ storeDir: store });
  const queue = new QueuePage(desk.page);
  await desk.ready();
  await queue.state('To review').click();
  await queue.sortBy('Newest');
  const length = (await listItems(store)).length;
  await queue.expectLength(length);
  const [id, after] = [await queue.idAt(3), await queue.idAt(4)];
  await desk.open(id);
  // Judged from the list, as by somebody else: it is the newest of all now.
  await queue.rowAt(3).click({ modifiers: ['ControlOrMeta'] });
  await queue.bulkBar.getByRole('button', { name: 'Approve 1' }).click();
  await expect(desk.notices).toContainText('Approved 1 item');
  await expect(queue.rowAt(3).getByRole('img', { name: 'Approved' })).toBeVisible();
  expect(await queue.idAt(3)).toBe(id);
  await desk.press('d');
  await expect(desk.activePane).toHaveAttribute('data-asset-id', after);
  await expect(queue.rowAt(0)).toHaveAttribute('data-asset-id', id);
  await desk.press('a');
  await expect(desk.activePane).toHaveAttribute('data-asset-id', id);
});
