import { create } from 'zustand';
import type { MaskSet, SetMeasure, Snapshot } from '../../shared/domain/maskSet.ts';
import { core } from '../bridge/core.ts';
import { LatestQuestion } from '../bridge/latestQuestion.ts';
import { useMaskSets } from './maskSets.ts';

/** The newest number of the chosen set, where freezing it now would give the same; null: another number would be another set of masks, or it is not known yet. */
export const useSameSnapshot = create<{ readonly snapshot: Snapshot | null }>(() => ({ snapshot: null }));

const question = new LatestQuestion();

/** @param set of that name and that very filter; null: there is none. @param measure what the filter finds now: where that differs already nothing is asked */
export const lookForSame = async (set: MaskSet | null, measure: SetMeasure | null): Promise<void> => {
  question.giveUp();
  const newest = set === null ? undefined : useMaskSets.getState().snapshots.find(({ setId, number }) => setId === set.setId && number === set.latest);
  const mayBe = newest !== undefined && measure !== null && measure.masks === newest.entryCount && measure.totalAreaPx === newest.totalAreaPx;
  if (set === null || !mayBe) return useSameSnapshot.setState({ snapshot: null });
  // Unknown is as good as another one: then a number is made, as ever.
  const told = await question.ask((signal) => core().sets.same({ setId: set.setId }, { signal }).catch(() => null));
  if (told !== null) useSameSnapshot.setState({ snapshot: told.answer });
};
