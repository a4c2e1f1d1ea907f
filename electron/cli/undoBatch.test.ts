import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReviewedStore } from '../app/testing/reviewedStore.ts';
import { runCli } from './testing/runCli.ts';

let store: ReviewedStore;
beforeEach(async () => {
  store = await ReviewedStore.make();
  await store.addMasked(3);
});
afterEach(() => store.dispose());

test('verdicts of one command are taken back by one command; what was judged again since is a failure by name', async () => {
  const env = { MASKDESK_STORE: store.storeDir };
  const rejected = await runCli(['reject', 'more-0', 'more-1', 'more-2', '--reason', 'holes'], env);
  const batchIds = new Set(rejected.records.map((record) => record['batch_id']));
  expect([rejected.exitCode, batchIds.size]).toEqual([0, 1]);
  const { review } = store.app.services;
  await review.reopen({ asset: { kind: 'product_image', id: 'more-1' as never }, expectedHead: await store.headOf({ kind: 'product_image', id: 'more-1' as never }) });
  const undone = await runCli(['undo', '--batch', String([...batchIds][0])], env);
  expect(undone.exitCode).toBe(1);
  expect(undone.records).toMatchObject([
    { asset_id: 'more-2', verdict: 'undo', state: 'to_review' },
    { asset_id: 'more-0', verdict: 'undo', state: 'to_review' },
    { asset_id: 'more-1', error: { code: 'nothing_to_undo' } },
  ]);
});
