import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../electronApp.ts';
import { killWholeApp } from '../services/appProcesses.ts';
import { draftDigest } from '../services/drafts.ts';
import { listItems } from '../services/items.ts';

/** Bytes of all undo steps that are on disk. */
const historyBytes = async (store: string): Promise<number> => {
  const folder = join(store, 'history');
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
};

test('killed while painting: the mask is there again bit by bit, its row is marked, and its strokes can be undone', async ({ segmentedStore: store, openDesk }) => {
  const [item] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (item === undefined) throw new Error('the store has no masks');
  const id = item.asset_id;
  const first = await openDesk({ storeDir: store });
  await first.desk.ready();
  await first.desk.open(id);
  await first.desk.press('b');
  const kept: (string | null)[] = [];
  for (const y of [0.34, 0.45]) {
    await first.desk.drag({ x: 0.3, y }, { x: 0.7, y });
    await first.desk.draftSaved();
    kept.push(draftDigest(store, id));
  }
  expect(kept[0]).not.toBe(kept[1]);

  await test.step('a stroke that is finished is kept, also where its draft is not written yet', async () => {
    const before = await historyBytes(store);
    await first.desk.drag({ x: 0.3, y: 0.6 }, { x: 0.7, y: 0.6 });
    await expect.poll(() => historyBytes(store), { intervals: [5] }).toBeGreaterThan(before);
    await killWholeApp(first.app);
  });

  const { desk } = await openDesk({ storeDir: store });
  await desk.ready();
  await expect(desk.row(id).getByText('Draft')).toBeVisible();
  await desk.open(id);
  await expect(desk.draftMark('left')).toBeVisible();
  await desk.page.screenshot({ path: test.info().outputPath('restored.png') });
  // Each undo is encoded from what the engine holds: the same digest is the same mask, bit by bit.
  await desk.press('Control+z');
  await expect.poll(() => draftDigest(store, id)).toBe(kept[1]);
  await desk.press('Control+z');
  await expect.poll(() => draftDigest(store, id)).toBe(kept[0]);
  await desk.press('Control+Shift+z');
  await expect.poll(() => draftDigest(store, id)).toBe(kept[1]);
  await desk.drag({ x: 0.4, y: 0.66 }, { x: 0.6, y: 0.66 });
  await expect.poll(() => draftDigest(store, id)).not.toBe(kept[1]);
  await desk.press('Control+z');
  await expect.poll(() => draftDigest(store, id)).toBe(kept[1]);
});
