import { create } from 'zustand';
import type { ExportTargetRequest } from '../../shared/contracts/rpc/exports.ts';
import { core } from '../bridge/core.ts';
import { sentenceOf } from '../bridge/errors.ts';
import { LatestQuestion } from '../bridge/latestQuestion.ts';

interface TargetLookState {
  /** The target that it is said of, by targetKey; null: of none. */
  readonly of: string | null;
  /** What lies where the export is to be; null: not known. */
  readonly standing: 'free' | 'export' | 'other' | null;
  /** Why nothing can be written there, a sentence. */
  readonly error: string | null;
}

export const targetKey = (target: ExportTargetRequest): string => JSON.stringify(target);

const unknown: TargetLookState = { of: null, standing: null, error: null };

export const useTargetLook = create<TargetLookState>(() => unknown);

/** What is known of that target; what was found of another one, a moment ago, says nothing of it. */
export const lookOf = (look: TargetLookState, target: ExportTargetRequest | null): Pick<TargetLookState, 'standing' | 'error'> => (target !== null && look.of === targetKey(target) ? look : unknown);

const question = new LatestQuestion();

/** @param target null: none is chosen yet, or it is far away */
export const lookAtTarget = async (target: ExportTargetRequest | null): Promise<void> => {
  question.giveUp();
  if (target === null) return useTargetLook.setState(unknown);
  const of = targetKey(target);
  try {
    const told = await question.ask((signal) => core().exports.look({ target }, { signal }));
    if (told !== null) useTargetLook.setState({ of, standing: told.answer.standing, error: null });
  } catch (error) {
    useTargetLook.setState({ of, standing: null, error: sentenceOf(error) });
  }
};
