import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReviewedStore, heightPx, widthPx } from '../app/testing/reviewedStore.ts';
import { present } from '../../shared/errors/errors.ts';
import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import { encodeRle } from '../../shared/mask/rleBinary.ts';
import { runCli } from './testing/runCli.ts';

let store: ReviewedStore;
beforeEach(async () => {
  store = await ReviewedStore.make();
});
afterEach(() => store.dispose());

test('what its reviewer has an unfinished edit of is not approved behind their back; others approve it', async () => {
  const [asset] = await store.addMasked(1);
  const { pixels } = store.app.services;
  await pixels.saveDraft(present(asset, 'asset'), null, encodeRle(emptyBitmap(widthPx, heightPx)));
  const approve = (reviewer: string) => runCli(['approve', 'more-0', '--reviewer', reviewer], { MASKDESK_STORE: store.storeDir });
  expect(await approve('ana')).toMatchObject({ exitCode: 1, records: [{ asset_id: 'more-0', error: { code: 'has_draft' } }] });
  expect(await approve('ben')).toMatchObject({ exitCode: 0, records: [{ asset_id: 'more-0', state: 'approved', reviewer: 'ben' }] });
  expect(await pixels.draft(present(asset, 'asset'))).not.toBeNull();
});
