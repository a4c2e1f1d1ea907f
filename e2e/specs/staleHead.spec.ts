import { join } from 'node:path';
import { expect, test } from '../electronApp.ts';
import { runCli } from '../services/cli.ts';
import { headMaskPath, itemOf, listItems, type Item } from '../services/items.ts';
import { maskArea, readMaskFile, writeHalfMask } from '../services/maskFile.ts';
import { hasDraft, maskedLocalPath, queryStore } from '../services/storeDatabase.ts';

/** Somebody else approves a mask of their own from the command line, while the item is open here. */
const approvedElsewhere = async (store: string, folder: string, item: Item): Promise<Item> => {
  const mask = join(folder, `${item.asset_id}-theirs.png`);
  await writeHalfMask(mask, item);
  await runCli('approve', item.asset_id, '--mask', mask, '--reviewer', 'Ines', '--store', store);
  return itemOf(store, item.asset_id);
};

const verdictsOf = (store: string, assetId: string): readonly Record<string, unknown>[] =>
  queryStore(store, 'SELECT reviewer, verdict FROM maskdesk_verdicts WHERE asset_id = ? ORDER BY sequence', assetId);

test('the head changes under an open item: no verdict on what was not seen, and no edit lost', async ({ segmentedStore: store, workFolder, openDesk }) => {
  const [edited, untouched, yielded] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (edited === undefined || untouched === undefined || yielded === undefined) throw new Error('the store has too few masks');
  const { desk } = await openDesk({ storeDir: store });
  await desk.ready();

  await test.step('edited here, approved elsewhere: Enter records nothing and says whose mask it is', async () => {
    await desk.open(edited.asset_id);
    await desk.press('b');
    await desk.drag({ x: 0.3, y: 0.3 }, { x: 0.7, y: 0.35 });
    await expect(desk.draftStatus).toHaveText('Draft saved');
    await approvedElsewhere(store, workFolder, edited);
    await desk.press('Enter');
    await expect(desk.notices).toContainText(`Ines changed the mask of ${edited.asset_id}`);
    await expect(desk.notices).toContainText('Your verdict was not recorded.');
    const waiting = (await listItems(store, '--state', 'to_review')).length;
    await expect(desk.rows).toHaveCount(waiting);
    await expect(desk.filter('To review')).toHaveText(`To review${waiting}`);
    await expect(desk.filter('Approved')).toHaveText('Approved1');
    await desk.page.screenshot({ path: test.info().outputPath('stale.png') });
    expect(verdictsOf(store, edited.asset_id)).toEqual([{ reviewer: 'Ines', verdict: 'approve' }]);
    await expect.poll(() => hasDraft(store, edited.asset_id)).toBe(true);
  });

  await test.step('"Keep my edit" brings it back; approving it now builds on theirs', async () => {
    const theirs = await readMaskFile(join(store, `data/masks/products/${edited.asset_id}.png`));
    await desk.noticeButton('Keep my edit').click();
    await expect(desk.activePane).toHaveAttribute('data-asset-id', edited.asset_id);
    await desk.ready();
    await expect(desk.draftMark('left')).toBeVisible();
    await desk.page.screenshot({ path: test.info().outputPath('kept.png') });
    await desk.press('Enter');
    await expect.poll(() => verdictsOf(store, edited.asset_id)).toEqual([
      { reviewer: 'Ines', verdict: 'approve' },
      { reviewer: 'Mara', verdict: 'approve' },
    ]);
    const revisions = queryStore(store, 'SELECT revision_id, parent_id, author FROM maskdesk_revisions WHERE asset_id = ? ORDER BY sequence', edited.asset_id);
    expect(revisions.map(({ author }) => author)).toEqual([edited.model, 'Ines', 'Mara']);
    expect(revisions[2]?.['parent_id']).toBe(revisions[1]?.['revision_id']);
    await expect.poll(async () => maskArea(await readMaskFile(join(store, maskedLocalPath(store, edited.asset_id) ?? '')))).not.toBe(maskArea(theirs));
    const [before, after] = await Promise.all([readMaskFile(headMaskPath(store, edited)), readMaskFile(join(store, `data/masks/products/${edited.asset_id}.png`))]);
    // The stroke was made on the model's mask: that mask and more is what was approved.
    expect(before.bytes.every((value, index) => value === 0 || after.bytes[index] === value)).toBe(true);
  });

  await test.step('not edited: the same notice, and "Show theirs" shows it', async () => {
    await desk.open(untouched.asset_id);
    // The verdict comes in the instant of theirs: a moment later the desk, which looks every second or two, shows theirs by itself.
    const before = verdictsOf(store, untouched.asset_id).length;
    const approving = approvedElsewhere(store, workFolder, untouched);
    await expect.poll(() => verdictsOf(store, untouched.asset_id).length, { intervals: [10] }).toBe(before + 1);
    await desk.press('Backspace');
    await desk.press('1');
    const theirs = await approving;
    await expect(desk.notices).toContainText(`Ines changed the mask of ${untouched.asset_id}`);
    await expect(desk.noticeButton('Keep my edit')).toBeHidden();
    await desk.noticeButton('Show theirs').click();
    await expect(desk.activePane).toHaveAttribute('data-asset-id', untouched.asset_id);
    await desk.ready();
    await expect(desk.state('left')).toHaveText('Approved');
    await expect(desk.revisions.first()).toContainText('Ines');
    expect(verdictsOf(store, untouched.asset_id)).toEqual([{ reviewer: 'Ines', verdict: 'approve' }]);
    expect((await itemOf(store, untouched.asset_id)).revision_sha256).toBe(theirs.revision_sha256);
  });

  await test.step('edited, then given up for theirs: the draft is gone, a verdict on theirs is taken', async () => {
    await desk.open(yielded.asset_id);
    await desk.press('e');
    await desk.drag({ x: 0.3, y: 0.5 }, { x: 0.7, y: 0.5 });
    await expect(desk.draftStatus).toHaveText('Draft saved');
    await approvedElsewhere(store, workFolder, yielded);
    await desk.press('Enter');
    await desk.noticeButton('Show theirs').click();
    await expect(desk.activePane).toHaveAttribute('data-asset-id', yielded.asset_id);
    await desk.ready();
    await expect(desk.draftMark('left')).toBeHidden();
    expect(hasDraft(store, yielded.asset_id)).toBe(false);
    await desk.press('Backspace');
    await desk.press('1');
    await expect.poll(() => maskedLocalPath(store, yielded.asset_id)).toBeNull();
    expect(verdictsOf(store, yielded.asset_id).at(-1)).toEqual({ reviewer: 'Mara', verdict: 'reject' });
  });
});

test('a draft that outlived a restart still knows what it was painted on', async ({ segmentedStore: store, workFolder, openDesk }) => {
  const [edited] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (edited === undefined) throw new Error('the store has no masks');
  const first = await openDesk({ storeDir: store });
  await first.desk.ready();
  await first.desk.open(edited.asset_id);
  await first.desk.press('b');
  await first.desk.drag({ x: 0.3, y: 0.3 }, { x: 0.7, y: 0.35 });
  await expect(first.desk.draftStatus).toHaveText('Draft saved');
  await first.app.close();
  await approvedElsewhere(store, workFolder, edited);

  const { desk } = await openDesk({ storeDir: store });
  await desk.ready();
  await desk.filter('Approved').click();
  await desk.open(edited.asset_id);
  await expect(desk.draftStatus).toHaveText('Draft restored');
  await desk.press('Enter');
  await expect(desk.notices).toContainText(`Ines changed the mask of ${edited.asset_id}`);
  expect(verdictsOf(store, edited.asset_id)).toEqual([{ reviewer: 'Ines', verdict: 'approve' }]);
  expect(hasDraft(store, edited.asset_id)).toBe(true);
});
