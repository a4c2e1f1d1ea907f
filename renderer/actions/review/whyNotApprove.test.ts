import { expect, test } from 'vitest';
import { asId, type AssetId, type RevisionId } from '../../../shared/domain/ids.ts';
import { whyNotApprove } from './whyNotApprove.ts';

const bare = { id: asId<AssetId>('boot'), headRevisionId: null };

test('without a mask there is nothing to approve, until one is painted', () => {
  expect(whyNotApprove(bare, false)).toContain('boot has no mask yet');
  expect(whyNotApprove(bare, true)).toBeNull();
  expect(whyNotApprove({ ...bare, headRevisionId: asId<RevisionId>('r1') }, false)).toBeNull();
});
