import { afterEach, beforeEach, expect, test } from 'vitest';
import { frame, image, ReviewedStore } from '../app/testing/reviewedStore.ts';
import { runCli } from './testing/runCli.ts';

let store: ReviewedStore;
beforeEach(async () => {
  store = await ReviewedStore.make();
});
afterEach(() => store.dispose());

test('a set is saved, frozen, shown and removed; a snapshot keeps what it held', { timeout: 60_000 }, async () => {
  const env = { MASKDESK_STORE: store.storeDir, MASKDESK_REVIEWER: 'lea' };
  await store.approveRows(image, 3);
  await store.approveRows(frame, 3);
  const saved = await runCli(['sets', 'save', 'Images', '--kind', 'products', '--from', '2020-01-01', '--history', 'never_rejected'], env);
  expect([saved.exitCode, saved.records]).toMatchObject([
    0,
    [{ set: 'Images', latest: null, created_by: 'lea', masks: 1, keyframes: 0, filter: { state: ['approved'], kind: 'product_image', from: '2020-01-01T00:00:00.000Z', history: 'never_rejected' } }],
  ]);
  const frozen = await runCli(['sets', 'freeze', 'images'], env);
  expect([frozen.exitCode, frozen.records]).toMatchObject([0, [{ set: 'Images', number: 1, masks: 1, created_by: 'lea', same_as: null }]]);
  const shown = await runCli(['sets', 'show', 'images@1', '--entries'], env);
  expect(shown.records).toMatchObject([{ number: 1, digest: frozen.records[0]?.['digest'] }, { position: 0, asset_id: image.id, verdict: 'approve' }]);
  expect((await runCli(['sets', 'freeze', 'images'], env)).records).toMatchObject([{ number: 2, same_as: 1 }]);
  const refused = await runCli(['sets', 'show', 'images@7'], env);
  expect([refused.exitCode, refused.records]).toMatchObject([1, [{ error: { code: 'not_found', message: expect.stringContaining('newest one is 2') as string } }]]);
  expect((await runCli(['sets', 'remove', 'images'], env)).exitCode).toBe(0);
  expect((await runCli(['sets', 'list'], env)).records).toEqual([]);
  // What was frozen can be had as before.
  expect((await runCli(['sets', 'list', '--removed'], env)).records).toMatchObject([{ set: 'Images', latest: 2 }]);
  expect((await runCli(['sets', 'snapshots'], env)).records).toMatchObject([{ set: 'Images', number: 2 }, { set: 'Images', number: 1 }]);
});

test('who saves is not whose verdicts are meant; what is for saving alone is refused elsewhere', async () => {
  const env = { MASKDESK_STORE: store.storeDir };
  const { exitCode, records } = await runCli(['sets', 'freeze', 'x', '--product', 'p'], env);
  expect([exitCode, records]).toMatchObject([2, [{ error: { code: 'usage' } }]]);
  const saved = await runCli(['sets', 'save', 'nobody', '--reviewer', 'nobody'], { ...env, MASKDESK_REVIEWER: 'lea' });
  expect(saved.records).toMatchObject([{ masks: 0, created_by: 'lea', filter: { reviewer: 'nobody' } }]);
});

test('a set of another filter is replaced only when that is said', async () => {
  const env = { MASKDESK_STORE: store.storeDir, MASKDESK_REVIEWER: 'lea' };
  const save = (...args: string[]) => runCli(['sets', 'save', ...args], env);
  expect((await save('Shop', '--kind', 'products')).exitCode).toBe(0);
  expect((await save('shop', '--kind', 'products', '--state', 'approved')).exitCode).toBe(0);
  const refused = await save('shop', '--state', 'rejected');
  expect([refused.exitCode, refused.records]).toMatchObject([1, [{ error: { code: 'invalid_input', message: expect.stringMatching(/by lea.*--replace/) as string } }]]);
  expect((await runCli(['sets', 'show', 'shop'], env)).records).toMatchObject([{ filter: { state: ['approved'] } }]);
  expect((await save('shop', '--state', 'rejected', '--replace')).records).toMatchObject([{ filter: { state: ['rejected'] } }]);
  expect((await runCli(['sets', 'freeze', 'shop', '--replace'], env)).exitCode).toBe(2);
});
