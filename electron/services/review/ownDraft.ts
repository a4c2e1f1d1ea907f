import type { AssetRef } from '../../../shared/domain/asset.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Store } from '../../../shared/ports/store/store.ts';

/**
 * Before an approval by somebody who has no canvas in front of them (in bulk, at the command line): what they painted and did not finish is
 * not what would be approved.
 * @throws ExpectedError has_draft
 */
export const assertNoDraft = async (store: Pick<Store, 'drafts'>, asset: AssetRef, reviewer: string): Promise<void> => {
  if ((await store.drafts.get(asset, reviewer)) === null) return;
  throw new ExpectedError('has_draft', `${asset.id} has an unfinished edit of yours. Open it, and approve or discard the edit.`);
};
