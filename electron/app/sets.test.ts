import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from './config.ts';
import { createApp } from './createApp.ts';
import { sha256Hex } from '../base/hash.ts';
import { frame, image, ReviewedStore } from './testing/reviewedStore.ts';

let store: ReviewedStore;
beforeEach(async () => {
  store = await ReviewedStore.make();
});
afterEach(() => store.dispose());

test('what would be in a set is told with samples of it, before and after it is frozen', async () => {
  await store.addMasked(30);
  await store.approveRows(frame, 3);
  const { sets } = store.app.services;
  const states = ['to_review', 'approved', 'unsegmented'] as const;
  const preview = await sets.preview({ states });
  expect(preview.masks).toBeGreaterThan(30);
  expect(preview.samples).toHaveLength(12);
  expect(new Set(preview.samples.map(({ id }) => id)).size).toBe(12);
  expect(preview.samples.every(({ headRevisionId }) => headRevisionId !== null)).toBe(true);
  expect(preview.samples.map(({ kind }) => kind)).toContain('product_image');
  expect((await sets.preview({})).samples.map(({ id }) => id)).toEqual([frame.id]);
  expect((await sets.preview({ states: ['failed'] })).samples).toEqual([]);
});

test('a snapshot is found by what people type', async () => {
  await store.approveRows(image, 3);
  const { sets } = store.app.services;
  const { setId } = await sets.save({ name: 'My boots', filter: {} });
  await expect(sets.resolve('my boots')).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining(`freeze 'My boots'`) as string });
  const one = await sets.freeze(setId);
  const two = await sets.freeze(setId);
  expect([await sets.resolve(' MY boots'), await sets.resolve('my boots@1')]).toEqual([two, one]);
  for (const text of ['my boots@3', 'none', 'none@1', '']) await expect(sets.resolve(text), text).rejects.toMatchObject({ code: 'not_found' });
});

test('what was frozen of a set that was removed is found by its number, and no other snapshot ever gets that', async () => {
  await store.approveRows(image, 3);
  const { sets } = store.app.services;
  const { setId } = await sets.save({ name: 'Boots', filter: {} });
  const one = await sets.freeze(setId);
  await sets.remove(setId);
  expect([await sets.resolve('boots@1'), (await sets.named('boots')).setId]).toEqual([one, setId]);
  await expect(sets.resolve('boots')).rejects.toMatchObject({ code: 'not_found', message: expect.stringMatching(/was removed.*Boots@1/) as string });
  await expect(sets.resolve('boots@2')).rejects.toMatchObject({ code: 'not_found' });
  const two = await sets.freeze((await sets.save({ name: 'BOOTS', filter: {} })).setId);
  expect([two.number, await sets.resolve('boots@1'), await sets.resolve('boots')]).toEqual([2, one, two]);
});

test('from a store that is open for reading only sets are listed and read, and nothing is frozen', async () => {
  await store.approveRows(image, 3);
  const { sets } = store.app.services;
  const { setId } = await sets.save({ name: 'boots', filter: {} });
  const snapshot = await sets.freeze(setId);
  await store.app.close();
  const app = await createApp(await loadConfig({ storeDir: store.storeDir, readOnly: true }));
  try {
    const { sets: looked, store: { sets: read } } = app.services;
    expect((await looked.list()).map(({ name, latest }) => [name, latest])).toEqual([['boots', 1]]);
    expect(await looked.resolve('boots')).toEqual(snapshot);
    expect(await read.entries(snapshot.snapshotId, -1, 10)).toHaveLength(1);
    expect(await read.rememberPhoto(snapshot.snapshotId, image, sha256Hex('photo'))).toBe(sha256Hex('photo'));
    expect((await looked.preview({})).masks).toBe(1);
    const refused = { code: 'permission_denied', message: expect.stringContaining('reading only') as string };
    await expect(looked.freeze(setId)).rejects.toMatchObject(refused);
    await expect(looked.save({ name: 'more', filter: {} })).rejects.toMatchObject(refused);
    await expect(looked.remove(setId)).rejects.toMatchObject(refused);
  } finally {
    await app.close();
  }
  await store.reopen();
});
