import { create } from 'zustand';
import type { ExportTargetRequest } from '../../shared/contracts/rpc/exports.ts';
import { core } from '../bridge/core.ts';
import { sentenceOf } from '../bridge/errors.ts';

interface TargetLookState {
  /** What lies where the export is to be; null: not known. */
  readonly standing: 'free' | 'export' | 'other' | null;
  /** Why nothing can be written there, a sentence. */
  readonly error: string | null;
}

const unknown: TargetLookState = { standing: null, error: null };

export const useTargetLook = create<TargetLookState>(() => unknown);

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
    answer({ standing, error: null });
  } catch (error) {
    answer({ standing: null, error: sentenceOf(error) });
  }
};
