import { expect, test } from '../electronApp.ts';
import { Inspector } from '../pages/inspector.ts';
import { queryStore } from '../services/storeDatabase.ts';

test('comments are pinned to a place, followed live by another reviewer, resolved and kept in the history', async ({ segmentedStore: store, openDesk }) => {
  const { desk } = await openDesk({ storeDir: store });
  const inspector = new Inspector(desk);
  const { page } = desk;
  const item = await desk.ready();
  const field = page.getByRole('textbox', { name: 'Comment' });

  const { desk: other } = await openDesk({ storeDir: store, env: { MASKDESK_DATA: test.info().outputPath('other'), MASKDESK_REVIEWER: 'Ben' } });
  await other.ready();
  await other.open(item);
  const theirs = new Inspector(other);
  await expect(theirs.comments).toHaveCount(0);

  await test.step('a key, a click on the place, a sentence, Enter', async () => {
    await desk.press('k');
    const box = await desk.canvasBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await expect(field).toBeFocused();
    await page.keyboard.type('The sole takes its shadow with it');
    await page.screenshot({ path: test.info().outputPath('composer.png'), animations: 'disabled' });
    await page.keyboard.press('Enter');
    await expect(inspector.comments).toContainText('The sole takes its shadow with it');
    await expect(inspector.pin(1)).toBeVisible();
    const [row] = queryStore(store, 'SELECT c.x_px AS x, c.y_px AS y, a.width_px AS width, a.height_px AS height FROM maskdesk_comments c JOIN maskdesk_assets a ON a.id = c.asset_id');
    // The picture fits its pane, so that its middle is the pane's.
    expect(Math.abs(Number(row?.['x']) / Number(row?.['width']) - 0.5)).toBeLessThan(0.02);
    expect(Math.abs(Number(row?.['y']) / Number(row?.['height']) - 0.5)).toBeLessThan(0.02);
    await expect(desk.row(item).getByTestId('comments-mark').or(desk.row(item).getByText('1', { exact: true })).first()).toBeVisible();
  });

  await test.step('what was begun and left comes back; Enter without a place is about the whole picture', async () => {
    await desk.press('k');
    await desk.press('Enter');
    await expect(field).toBeFocused();
    await page.keyboard.type('Ask the shop for a better photo');
    await page.keyboard.press('Escape');
    await expect(field).toBeHidden();
    await desk.press('k');
    await desk.press('Enter');
    await expect(field).toHaveValue('Ask the shop for a better photo');
    await page.keyboard.press('Enter');
    await expect(inspector.comments).toHaveCount(2);
  });

  await test.step('its place is a click away', async () => {
    const zoom = () => desk.activePane.locator('.pane-zoom').textContent();
    const before = await zoom();
    await inspector.comments.first().getByRole('button', { name: 'Show' }).click();
    await expect.poll(zoom).not.toBe(before);
  });

  await test.step('somebody else’s window, open all along, shows them; what it resolves is told back, and it can’t change what is not theirs', async () => {
    await expect(theirs.comments).toHaveCount(2);
    await expect(theirs.comments.first().getByRole('button', { name: 'Delete' })).toHaveCount(0);
    await theirs.comments.first().getByRole('button', { name: 'Resolve' }).click();
    await expect(theirs.comments).toHaveCount(1);
    await expect(other.page.getByRole('button', { name: 'Show 1 resolved' })).toBeVisible();
    await expect(inspector.comments).toHaveCount(1);
  });

  await test.step('one’s own can be changed and removed, and the history tells of all of it', async () => {
    const own = inspector.comments.filter({ hasText: 'better photo' });
    await own.getByRole('button', { name: 'Edit' }).click();
    await expect(field).toHaveValue('Ask the shop for a better photo');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('Ask again');
    await page.keyboard.press('Enter');
    await expect(inspector.comments.filter({ hasText: 'Ask again' })).toContainText('edited');
    await inspector.comments.filter({ hasText: 'Ask again' }).getByRole('button', { name: 'Delete' }).click();
    await expect(desk.notices).toContainText('Comment removed');
    await inspector.unfold(/^History$/);
    await page.getByRole('group', { name: 'Kinds of entries' }).getByRole('button', { name: 'Comments' }).click();
    await expect(inspector.entries.filter({ hasText: 'removed a comment' })).toHaveCount(1);
    await expect(inspector.entries.filter({ hasText: 'Ben resolved a comment' })).toHaveCount(1);
    await page.screenshot({ path: test.info().outputPath('history.png'), animations: 'disabled' });
  });
});
