import { expect, test } from '../electronApp.ts';
import { Inspector } from '../pages/inspector.ts';
import { headMaskPath, itemOf } from '../services/items.ts';
import { maskArea, readMaskFile } from '../services/maskFile.ts';

test('any two versions are compared, one is restored, and no edit is lost over it', async ({ segmentedStore: store, openDesk }) => {
  const { desk } = await openDesk({ storeDir: store });
  const inspector = new Inspector(desk);
  const { page } = desk;
  const item = await desk.ready();
  const before = await readMaskFile(headMaskPath(store, await itemOf(store, item)));

  await test.step('an approved correction beside the model’s mask: the numbers are the files’', async () => {
    await desk.drag({ x: 0.3, y: 0.45 }, { x: 0.7, y: 0.45 });
    await desk.press('e');
    await desk.drag({ x: 0.5, y: 0.2 }, { x: 0.5, y: 0.8 });
    await expect(page.getByTestId('draft-row')).toContainText('2 steps');
    await desk.press('Enter');
    await desk.movedOnFrom(item);
    await expect.poll(async () => (await itemOf(store, item)).state).toBe('approved');
    await desk.filter('Approved').click();
    await desk.open(item);
    await expect(desk.revisions).toHaveCount(2);
    await expect(inspector.revision(0)).toContainText('approved by Mara');
    await expect(inspector.revision(0)).toContainText('IoU');
    await inspector.pick(inspector.revision(1));
    await inspector.pick(inspector.revision(0), true);
    const after = await readMaskFile(headMaskPath(store, await itemOf(store, item)));
    let added = 0;
    let removed = 0;
    for (let at = 0; at < after.bytes.length; at++) {
      if (after.bytes[at] === before.bytes[at]) continue;
      if (after.bytes[at] === 0) removed++;
      else added++;
    }
    await expect(page.getByTestId('compare-added')).toContainText(`+${added.toLocaleString('en')} px`);
    await expect(page.getByTestId('compare-removed')).toContainText(`−${removed.toLocaleString('en')} px`);
    await page.screenshot({ path: test.info().outputPath('compare.png'), animations: 'disabled' });
    await desk.press('x');
    await expect(page.getByTestId('compare-added')).toContainText(`+${removed.toLocaleString('en')} px`);
  });

  await test.step('holding the key shows the other one; Escape ends it', async () => {
    const shown = () => inspector.comparison.getByRole('img').first().getAttribute('aria-label');
    expect(await shown()).toBe('What was added and what was removed');
    await page.keyboard.down('Space');
    await expect.poll(shown).toBe('Before');
    await page.keyboard.up('Space');
    await expect.poll(shown).toBe('What was added and what was removed');
    await desk.press('Escape');
    await expect(inspector.comparison).toBeHidden();
  });

  await test.step('the older one is restored over an unfinished edit, which is kept; Ctrl+Z brings all of it back', async () => {
    const approved = await itemOf(store, item);
    await desk.press('b');
    await desk.drag({ x: 0.3, y: 0.6 }, { x: 0.7, y: 0.6 });
    await expect(desk.draftStatus).toHaveText('Draft saved');
    await inspector.pick(inspector.revision(1));
    await page.getByRole('button', { name: 'Restore' }).click();
    await expect(desk.notices).toContainText('Your unfinished edit is kept as a version');
    await expect(desk.revisions).toHaveCount(3);
    const restored = await itemOf(store, item);
    expect(restored.state).toBe('to_review');
    await expect(page.getByTestId('published-other')).toContainText('Published: the version of Mara');
    await page.screenshot({ path: test.info().outputPath('restored.png'), animations: 'disabled' });
    expect(maskArea(await readMaskFile(headMaskPath(store, restored)))).toBe(maskArea(before));
    await expect(desk.draftMark(await desk.activeSide())).toBeHidden();

    await desk.press('Control+z');
    await expect(desk.notices).toContainText('taken back');
    await expect(desk.draftMark(await desk.activeSide())).toBeVisible();
    await expect(page.getByTestId('published-other')).toBeHidden();
    expect(await itemOf(store, item)).toMatchObject({ state: 'approved', revision_sha256: approved.revision_sha256 });
  });
});
