import type { Asset } from '../../../shared/domain/asset.ts';
import type { MaskChecks } from '../../../shared/domain/check.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import { isExpected } from '../../../shared/errors/errors.ts';
import { core } from '../../bridge/core.ts';
import { notFine } from '../../stores/checks.ts';
import { isNoticeShown, notify, type NoticeButton } from '../../stores/notices.ts';
import { open } from '../desk/openItem.ts';

/** Asking puts the mask first in the background's row; later than all these nobody remembers the item. */
const askAfterMs = [150, 300, 600, 1200, 2400];

const checksOf = async (revisionId: RevisionId): Promise<MaskChecks | null> => {
  for (const waitMs of askAfterMs) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    const checks = await core().review.checks({ revisionId });
    if (checks !== null) return checks;
  }
  return null;
};

/** "2 checks to look at", or null where all are fine. */
export const findingsWord = ({ results }: MaskChecks): string | null => {
  const { length } = notFine(results);
  return length === 0 ? null : length === 1 ? '1 check to look at' : `${length} checks to look at`;
};

/**
 * An edit is looked at only once it is a version: what the checks find then is said where the approval was said, in its own words.
 * @param said the notice of the approval, which is replaced
 */
export const tellChecks = async (asset: Asset, revisionId: RevisionId, said: { readonly noticeId: number; readonly message: string; readonly undo: NoticeButton }): Promise<void> => {
  try {
    const checks = await checksOf(revisionId);
    const found = checks === null ? null : findingsWord(checks);
    if (found === null) return;
    const goThere: NoticeButton = { label: 'Go there', run: () => open(asset) };
    // Taken back or followed by another verdict meanwhile: the item's own checks say it.
    if (isNoticeShown(said.noticeId)) notify({ level: 'warning', topic: 'verdict', message: `${said.message}: ${found}`, buttons: [goThere, said.undo], lifeMs: 8000 });
  } catch (error) {
    // What could not be checked is told where its checks would be; the approval stands.
    if (!isExpected(error)) throw error;
  }
};
