import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../base/systemClock.ts';
import { asId, type SnapshotId } from '../../../shared/domain/ids.ts';
import { openStore } from '../index.ts';
import { changeDatabase } from '../testing/changeDatabase.ts';
import { jobA, productId, seedCatalog } from '../testing/samples.ts';

/** More than a page of both kinds together. */
const rowsSql = ['product_image', 'keyframe']
  .map(
    (kind) => `
    with recursive n (n) as (select 0 union all select n + 1 from n where n < 4000)
    insert into ${kind === 'keyframe' ? 'video_frames (frame_id, video_id, ts, local_path) select' : 'product_images (img_id, product_id, local_path) select'}
      'x' || n, ${kind === 'keyframe' ? `'video-1', 1000 + n` : `'product-1'`}, 'data/images/' || n || '.png' from n;
    with recursive n (n) as (select 0 union all select n + 1 from n where n < 4000)
    insert into maskdesk_revisions (revision_id, asset_kind, asset_id, mask_sha256, width_px, height_px, area_px, origin, author, created_at_ms)
      select '${kind} ' || n, '${kind}', 'x' || n, 'a', 40, 20, n, 'import', 'ada', 1 from n;
    with recursive n (n) as (select 0 union all select n + 1 from n where n < 4000)
    insert into maskdesk_assets (kind, id, parent_id, state, head_revision_id, updated_at_ms)
      select '${kind}', 'x' || n, '${kind === 'keyframe' ? 'video-1' : 'product-1'}', 'to_review', '${kind} ' || n, 1 from n;`,
  )
  .join('\n');

test('a snapshot of many pages has each mask once, in order, and others of this process have their turn meanwhile', async () => {
  const storeDir = await mkdtemp(join(tmpdir(), 'maskdesk-freeze-'));
  const store = await openStore({ storeDir, create: true, clock: systemClock });
  await seedCatalog(store);
  changeDatabase(join(storeDir, 'maskdesk.db'), `begin; ${rowsSql} commit`);
  const set = await store.sets.save({ setId: asId('s'), name: 'many', filter: { states: ['to_review'], jobId: jobA }, createdBy: 'ada' });
  let turns = 0;
  let isFreezing = true;
  const turn = (): void => {
    turns++;
    if (isFreezing) setImmediate(turn);
  };
  setImmediate(turn);
  const snapshot = await store.sets.freeze(set.setId, { snapshotId: asId<SnapshotId>('n'), createdBy: 'ada' });
  isFreezing = false;
  expect(turns).toBeGreaterThan(1);
  expect(snapshot).toMatchObject({ entryCount: 8002, totalAreaPx: 4000 * 4001 });
  const ids: string[] = [];
  for (let after = -1; ; after += 3000) {
    const page = await store.sets.entries(snapshot.snapshotId, after, 3000);
    expect(page.map(({ position }) => position)).toEqual(page.map((_entry, place) => after + 1 + place));
    ids.push(...page.map(({ asset }) => `${asset.kind} ${asset.id}`));
    if (page.length < 3000) break;
  }
  const numbers = Array.from({ length: 4001 }, (_, n) => `x${n}`).sort();
  expect(ids).toEqual([...numbers.map((id) => `product_image ${id}`), ...numbers.map((id) => `keyframe ${id}`)]);
  const stop = new AbortController();
  const stopped = store.sets.freeze(set.setId, { snapshotId: asId<SnapshotId>('m'), createdBy: 'ada' }, stop.signal);
  setImmediate(() => stop.abort());
  await expect(stopped).rejects.toMatchObject({ kind: 'cancelled' });
  expect((await store.sets.snapshots()).map(({ number }) => number)).toEqual([1]);
  expect(await store.sets.measure({ productId, states: ['to_review'] })).toMatchObject({ masks: 4001, products: 1 });
  await store.close();
  await rm(storeDir, { recursive: true });
});
