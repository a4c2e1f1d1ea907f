import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, quickModel, test } from '../electronApp.ts';
import { killWholeApp, pidOf } from '../services/appProcesses.ts';
import { listItems, type Item } from '../services/items.ts';
import { readEvents } from '../services/packagedApp.ts';
import { hasDraft, maskedLocalPath, queryStore } from '../services/storeDatabase.ts';
import type { DeskPage } from '../pages/deskPage.ts';

/** What a draft's mask is, bit by bit. */
const draftDigest = (store: string, assetId: string): string => {
  const [row] = queryStore(store, 'SELECT mask_rle FROM maskdesk_drafts WHERE asset_id = ?', assetId);
  if (row === undefined) throw new Error(`no draft of ${assetId} is kept`);
  return createHash('sha256').update(row['mask_rle'] as Uint8Array).digest('hex');
};

const paintDraft = async (desk: DeskPage, { asset_id }: Item): Promise<void> => {
  await desk.open(asset_id);
  await desk.press('b');
  await desk.drag({ x: 0.3, y: 0.3 }, { x: 0.7, y: 0.35 });
  await expect(desk.draftStatus).toHaveText('Draft saved');
};

/** Each acknowledged approval: its bytes at the stable path, its path in the database, its event exactly once. */
const expectPublished = async (store: string, approved: readonly string[]): Promise<void> => {
  for (const id of approved) await expect.poll(() => maskedLocalPath(store, id)).not.toBeNull();
  await expect.poll(async () => (await readEvents(store)).length).toBe(approved.length);
  const events = await readEvents(store);
  expect(new Set(events.map((event) => event['event_id'])).size).toBe(approved.length);
  for (const id of approved) {
    const [row] = queryStore(store, 'SELECT r.mask_sha256 AS digest FROM maskdesk_assets a JOIN maskdesk_revisions r ON r.revision_id = a.head_revision_id WHERE a.id = ?', id);
    const path = maskedLocalPath(store, id) ?? '';
    expect(createHash('sha256').update(await readFile(join(store, path))).digest('hex')).toBe(row?.['digest']);
    expect(events.filter((event) => JSON.stringify(event).includes(path))).toHaveLength(1);
  }
};

/** Pictures that background work has in hand at the moment. */
const inHand = (store: string): readonly string[] =>
  queryStore(store, "SELECT asset_id FROM maskdesk_jobs WHERE state = 'running'").map(({ asset_id }) => String(asset_id));

/** They were interrupted, and nobody had to ask for them again. */
const expectSegmented = async (store: string, ids: readonly string[]): Promise<void> => {
  const states = (): readonly unknown[] =>
    ids.flatMap((id) => queryStore(store, 'SELECT state FROM maskdesk_jobs WHERE asset_id = ?', id).map(({ state }) => state));
  await expect.poll(states, { timeout: 30_000 }).toEqual(ids.map(() => 'done'));
};

const approvals = (store: string): readonly string[] =>
  queryStore(store, "SELECT asset_id FROM maskdesk_verdicts WHERE verdict = 'approve' ORDER BY sequence").map(({ asset_id }) => String(asset_id));

test('closed and opened again: verdicts, an unfinished edit and the theme are there', async ({ segmentedStore: store, openDesk }) => {
  const [judged, edited] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (judged === undefined || edited === undefined) throw new Error('the store has too few masks');
  const first = await openDesk({ storeDir: store });
  await first.desk.ready();
  await first.desk.open(judged.asset_id);
  await first.desk.press('Enter');
  await first.desk.movedOnFrom(judged.asset_id);
  await first.desk.press('Control+Shift+l');
  await first.desk.press('Control+Shift+l');
  await expect(first.desk.page.locator('html')).toHaveAttribute('data-theme', 'light');
  await paintDraft(first.desk, edited);
  const digest = draftDigest(store, edited.asset_id);
  // Not waited for: closing itself keeps what was painted last.
  await first.desk.drag({ x: 0.3, y: 0.7 }, { x: 0.7, y: 0.7 });
  await first.app.close();
  expect(draftDigest(store, edited.asset_id)).not.toBe(digest);
  const last = draftDigest(store, edited.asset_id);
  await expectPublished(store, [judged.asset_id]);

  const { desk } = await openDesk({ storeDir: store });
  await desk.ready();
  await expect(desk.page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(desk.row(judged.asset_id)).toBeHidden();
  await desk.open(edited.asset_id);
  await expect(desk.draftStatus).toHaveText('Draft restored');
  await desk.page.screenshot({ path: test.info().outputPath('restored.png') });
  expect(draftDigest(store, edited.asset_id)).toBe(last);
});

test('the core is killed in the middle of everything: the window goes on with the next one', async ({ segmentedStore: store, openDesk }) => {
  await writeFile(join(store, 'maskdesk.json'), JSON.stringify({ model: quickModel, threads: 1 }));
  const [edited] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (edited === undefined) throw new Error('the store has no masks');
  const { app, desk } = await openDesk({ storeDir: store });
  await desk.ready();
  await paintDraft(desk, edited);
  await desk.page.getByRole('button', { name: /^Segment \d+$/ }).click();
  await expect.poll(() => inHand(store).length).toBeGreaterThan(1);
  const core = await pidOf(app, 'Maskdesk core');
  if (core === null) throw new Error('there is no core');
  process.kill(core, 'SIGKILL');
  const interrupted = inHand(store);
  expect(interrupted.length).toBeGreaterThan(0);
  await expect(desk.page.getByText('is being started again')).toBeVisible();
  await expect(desk.page.getByText('Connected')).toBeVisible();
  expect(await pidOf(app, 'Maskdesk core')).not.toBe(core);

  await test.step('the edit is still on the desk and can be approved', async () => {
    await expect(desk.activePane).toHaveAttribute('data-asset-id', edited.asset_id);
    await expect(desk.draftMark('left')).toBeVisible();
    await desk.press('Enter');
    await expect.poll(() => maskedLocalPath(store, edited.asset_id)).not.toBeNull();
    await expectPublished(store, [edited.asset_id]);
    expect(hasDraft(store, edited.asset_id)).toBe(false);
  });

  await test.step('the pictures that it had in hand are segmented after all', async () => {
    await expectSegmented(store, interrupted);
  });
});

test('the whole app is killed while it approves and segments: nothing acknowledged is lost', async ({ segmentedStore: store, openDesk }) => {
  await writeFile(join(store, 'maskdesk.json'), JSON.stringify({ model: quickModel, threads: 1 }));
  const [edited] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (edited === undefined) throw new Error('the store has no masks');
  const first = await openDesk({ storeDir: store });
  await first.desk.ready();
  await paintDraft(first.desk, edited);
  const digest = draftDigest(store, edited.asset_id);
  await first.desk.filter('Keyframes').click();
  await first.desk.page.getByRole('button', { name: /^Segment \d+$/ }).click();
  await first.desk.rows.first().click();
  await first.desk.ready();
  // As fast as somebody can press: the app dies with approvals in every stage.
  await expect.poll(() => inHand(store).length).toBeGreaterThan(1);
  while (approvals(store).length < 2) {
    await first.desk.press('Enter');
    await first.desk.ready();
  }
  await killWholeApp(first.app);
  const acknowledged = approvals(store);
  const interrupted = inHand(store);
  expect(interrupted.length).toBeGreaterThan(0);

  const { desk } = await openDesk({ storeDir: store });
  await desk.ready();
  await expectPublished(store, acknowledged);
  expect(approvals(store)).toEqual(acknowledged);
  // What the list was narrowed to is kept a moment after it was chosen: the kill may have come before or after.
  const narrowed = desk.filter('Keyframes');
  if ((await narrowed.getAttribute('aria-pressed')) === 'true') await narrowed.click();
  await desk.open(edited.asset_id);
  await expect(desk.draftStatus).toHaveText('Draft restored');
  expect(draftDigest(store, edited.asset_id)).toBe(digest);
  await expectSegmented(store, interrupted);
});
