import { create } from 'zustand';
import type { ExportTargetRequest } from '../../shared/contracts/rpc/exports.ts';
import { core } from '../bridge/core.ts';
import { sentenceOf } from '../bridge/errors.ts';

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

let lastRequest = 0;

/** @param target null: none is chosen yet, or it is far away */
export const lookAtTarget = async (target: ExportTargetRequest | null): Promise<void> => {
  const request = ++lastRequest;
  const answer = (state: TargetLookState): void => {
    if (request === lastRequest) useTargetLook.setState(state);
  };
  if (target === null) return answer(unknown);
  try {
    const { standing } = await core().exports.look({ target });
    answer({ of: targetKey(target), standing, error: null });
  } catch (error) {
    answer({ of: targetKey(target), standing: null, error: sentenceOf(error) });
  }
};
