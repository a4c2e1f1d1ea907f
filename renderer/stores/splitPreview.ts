import { create } from 'zustand';
import type { AssetFilter } from '../../shared/domain/assetQuery.ts';
import type { SnapshotId } from '../../shared/domain/ids.ts';
import { core } from '../bridge/core.ts';
import { sentenceOf } from '../bridge/errors.ts';
import { LatestQuestion } from '../bridge/latestQuestion.ts';
import type { SplitForm } from './exportChoice.ts';
import { sentFilter } from './setFilter.ts';
import type { SplitName } from '../../shared/domain/maskSet.ts';

interface SplitPreviewState {
  /** What each split would hold; null: not known (yet), or nothing is split. */
  readonly splits: readonly { readonly name: SplitName; readonly masks: number }[] | null;
  readonly error: string | null;
}

export const useSplitPreview = create<SplitPreviewState>(() => ({ splits: null, error: null }));

const question = new LatestQuestion();

/** Of shares that come to 100; an older question is given up. */
export const previewSplit = async (of: AssetFilter | SnapshotId, { isOn, train, val, test, seed }: SplitForm): Promise<void> => {
  question.giveUp();
  if (!isOn || train + val + test !== 100) return useSplitPreview.setState({ splits: null, error: null });
  const split = { shares: { train: train / 100, val: val / 100, test: test / 100 }, seed };
  try {
    const told = await question.ask((signal) => core().exports.divide({ of: typeof of === 'string' ? of : sentFilter(of), split }, { signal }));
    if (told !== null) useSplitPreview.setState({ splits: told.answer, error: null });
  } catch (error) {
    useSplitPreview.setState({ splits: null, error: sentenceOf(error) });
  }
};
