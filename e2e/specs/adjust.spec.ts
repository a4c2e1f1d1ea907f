import { matteTrailSchema } from '../../shared/contracts/rpc/matteTrail.ts';
import { expect, test } from '../electronApp.ts';
import { draftMask } from '../services/drafts.ts';
import { queryStore } from '../services/storeDatabase.ts';
import { listItems } from '../services/items.ts';

/** The matte that belongs to a draft's mask, as it was made. */
const keptMatte = (store: string, assetId: string): string | null => {
  const stored = queryStore(store, 'SELECT mattes FROM maskdesk_drafts WHERE asset_id = ?', assetId)[0]?.['mattes'];
  const record = typeof stored === 'string' ? matteTrailSchema.parse(JSON.parse(stored)) : undefined;
  return record?.mattes.findLast(({ step }) => step <= record.applied)?.matteSha256 ?? null;
};

test('adjusting a whole mask: shown while the slider moves, applied as one step, taken back by Esc', async ({ segmentedStore: store, openDesk }) => {
  const [item] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (item === undefined) throw new Error('the store has no masks');
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await desk.ready();
  await desk.open(item.asset_id);
  const panel = page.getByTestId('change-panel');
  const slider = panel.getByRole('slider');

  await test.step('a key opens it with its slider in hand; arrows move it by half pixels', async () => {
    await desk.press('Alt+g');
    await expect(slider).toBeFocused();
    await expect(panel).toContainText('Area');
    await expect(panel).toContainText('+');
    await expect(page.getByTestId('approve')).not.toContainText('Enter');
    await expect(page.locator('.status-hint')).toContainText('applies it');
    await slider.press('ArrowRight');
    await expect(slider).toHaveAttribute('aria-valuetext', '3.5 px');
    for (let press = 0; press < 3; press++) await slider.press('PageUp');
    await expect(slider).toHaveAttribute('aria-valuetext', '18.5 px');
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    await page.screenshot({ path: test.info().outputPath('grow.png') });
  });

  await test.step('Esc takes it back, and nothing is kept', async () => {
    await desk.press('Escape');
    await expect(panel).toBeHidden();
    await expect(page.getByTestId('draft-status')).toBeHidden();
  });

  await test.step('Enter applies it as one step and is no verdict', async () => {
    await page.getByRole('button', { name: 'Shrink', exact: true }).click();
    await expect(panel).toContainText('−');
    await desk.press('Enter');
    await expect(panel).toBeHidden();
    await desk.draftSaved();
    const shrunk = draftMask(store, item.asset_id);
    expect(await desk.ready()).toBe(item.asset_id);
    await desk.press('Control+Shift+i');
    await expect.poll(() => draftMask(store, item.asset_id).data[0]).toBe(255 - (shrunk.data[0] ?? 0));
    await desk.press('Control+z');
    await expect.poll(() => draftMask(store, item.asset_id).data[0]).toBe(shrunk.data[0]);
  });

  await test.step('a soft edge is judged on black, kept beside the draft, undone with it, and approved with the mask', async () => {
    const kept = (): string | null => keptMatte(store, item.asset_id);
    await desk.press('Alt+m');
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    expect(await desk.currentView()).toMatch(/Cutout/);
    await page.screenshot({ path: test.info().outputPath('soft-edge-black.png') });
    await panel.getByRole('radio', { name: 'White' }).click();
    await page.screenshot({ path: test.info().outputPath('soft-edge-white.png') });
    await panel.getByRole('button', { name: /^Apply/ }).click();
    await expect(panel).toBeHidden();
    expect(await desk.currentView()).toBe('Overlay');
    await expect.poll(kept).toMatch(/^[0-9a-f]{64}$/);
    await desk.press('Control+z');
    await expect.poll(kept).toBeNull();
    await desk.press('Control+y');
    await expect.poll(kept).toMatch(/^[0-9a-f]{64}$/);
    const matteSha256 = kept();
    await desk.showView('Matte');
    await page.screenshot({ path: test.info().outputPath('matte.png') });
    await desk.press('Enter');
    await desk.movedOnFrom(item.asset_id);
    const approved = (): unknown => queryStore(store, "SELECT matte_sha256 FROM maskdesk_revisions WHERE asset_id = ? AND origin = 'human'", item.asset_id)[0]?.['matte_sha256'];
    await expect.poll(approved).toBe(matteSha256);
  });

  await test.step('the mask of a neighbour is fitted, nudged and joined as one step', async () => {
    const frame = 'die-cast-bench-9x16_002';
    await desk.open(frame);
    await desk.press('Alt+n');
    await expect(panel).toContainText('Fit');
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    await page.screenshot({ path: test.info().outputPath('copy.png') });
    const moved = panel.locator('dd').first();
    const before = await moved.textContent();
    await desk.press(']');
    await expect(panel).toContainText('by hand');
    await desk.press('Shift+ArrowRight');
    await expect(moved).not.toHaveText(before ?? '');
    await desk.press('Enter');
    await expect(panel).toBeHidden();
    await desk.draftSaved();
    expect(await desk.ready()).toBe(frame);
  });
});

test('a soft edge goes on: over a restart with its undo steps, and from one approved version to the next', async ({ segmentedStore: store, openDesk }) => {
  const [item] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (item === undefined) throw new Error('the store has no masks');
  const first = await openDesk({ storeDir: store });
  await first.desk.ready();
  await first.desk.open(item.asset_id);
  await first.desk.press('Alt+m');
  await expect(first.desk.page.getByTestId('change-panel')).toHaveAttribute('aria-busy', 'false');
  await first.desk.press('Enter');
  await expect.poll(() => keptMatte(store, item.asset_id)).not.toBeNull();
  await first.desk.press('e');
  await first.desk.drag({ x: 0.2, y: 0.5 }, { x: 0.8, y: 0.5 });
  await first.app.close();
  const made = keptMatte(store, item.asset_id);
  expect(made).not.toBeNull();

  const { desk } = await openDesk({ storeDir: store });
  const note = desk.page.getByTestId('notes-left');
  await desk.ready();
  await desk.open(item.asset_id);
  await desk.showView('Matte');
  await expect(note).not.toContainText('No matte');
  await desk.page.screenshot({ path: test.info().outputPath('matte-restored.png') });
  // The stroke, then the soft edge.
  await desk.press('Control+z');
  await desk.press('Control+z');
  await expect(note).toContainText('No matte');
  await desk.press('Control+y');
  await expect(note).not.toContainText('No matte');
  await desk.press('Control+y');
  await expect.poll(() => keptMatte(store, item.asset_id)).toBe(made);
  const versions = (): readonly unknown[] =>
    queryStore(store, "SELECT matte_sha256 FROM maskdesk_revisions WHERE asset_id = ? AND origin = 'human' ORDER BY sequence", item.asset_id).map((row) => row['matte_sha256']);
  await desk.press('Enter');
  await desk.movedOnFrom(item.asset_id);
  await expect.poll(versions).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  // Hard where it was painted: another than was made.
  expect(versions()[0]).not.toBe(made);

  await desk.press('Control+z');
  await expect(desk.activePane).toHaveAttribute('data-asset-id', item.asset_id);
  await desk.ready();
  await expect(note).not.toContainText('No matte');
});

test('an edit tells what it is: its own area, no headline of an older mask, its soft edge; where the inspector is folded its sliders come by themselves', async ({ segmentedStore: store, openDesk }) => {
  const [item] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (item === undefined) throw new Error('the store has no masks');
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await desk.ready();
  await desk.open(item.asset_id);
  const ofDraft = page.getByTestId('checks-of-draft');
  const panel = page.getByTestId('change-panel');
  const undoButton = page.getByTestId('action-undo');
  await expect(undoButton).toBeDisabled();
  await expect(ofDraft).toBeHidden();

  await test.step('a soft edge in a narrow window: the sliders are there, Esc and Enter end it', async () => {
    await page.setViewportSize({ width: 1024, height: 640 });
    await expect(panel).toBeHidden();
    await desk.press('Alt+m');
    await expect(panel.getByRole('button', { name: /^Apply/ })).toBeInViewport();
    await desk.press('Escape');
    await expect(panel).toBeHidden();
    await desk.press('Alt+m');
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    await desk.press('Enter');
    await expect(panel).toBeHidden();
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step('it is named, and seen by a click', async () => {
    await page.getByTestId('soft-edge').getByRole('button').click();
    expect(await desk.currentView()).toBe('Matte');
    await expect(page.getByTestId('draft-row')).toContainText('1 step · soft edge');
    await expect(ofDraft).toHaveText('Your edit is not checked yet');
  });

  await test.step('undone, the saved version has the word again', async () => {
    await undoButton.click();
    await expect(ofDraft).toBeHidden();
    await expect(page.getByTestId('soft-edge')).toBeHidden();
    await expect(undoButton).toBeDisabled();
  });
});
