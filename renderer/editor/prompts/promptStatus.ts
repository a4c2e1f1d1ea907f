import { noPrompts, type PromptStatus } from '../../stores/prompts.ts';
import type { DecodedCandidates } from './decoder.ts';
import type { Preparation } from './preparation.ts';
import { isBlank, type PromptState } from './promptState.ts';
import type { PromptEntry } from './promptTrail.ts';

export interface StatusSources {
  readonly preparation: Preparation | null;
  /** What the handles show. */
  readonly state: PromptState | null;
  /** What the mask in hand came from. */
  readonly entry: PromptEntry | null;
  readonly waiting: number;
  readonly replacesMask: boolean;
  readonly latest: DecodedCandidates | null;
}

/** What panels are told of a pane's prompts. */
export const statusOf = ({ preparation, state, entry, waiting, replacesMask, latest }: StatusSources): PromptStatus => {
  const { phase, doing, sinceMs, problem } = preparation?.state ?? { phase: 'idle', doing: null, sinceMs: 0, problem: null };
  const keepPoints = state?.points.filter(({ label }) => label === 1).length ?? 0;
  return {
    phase: phase === 'ready' && waiting > 0 ? 'answering' : phase,
    modelId: preparation?.modelId ?? null,
    doing,
    sinceMs,
    problem,
    isOpen: state !== null && !isBlank(state),
    keepPoints,
    leavePoints: (state?.points.length ?? 0) - keepPoints,
    hasBox: (state?.box ?? null) !== null,
    fromMask: state?.fromMask ?? false,
    join: state?.join ?? null,
    cleanCells: state?.cleanCells ?? null,
    waiting,
    predictedIous: entry?.answer?.predictedIous ?? noPrompts.predictedIous,
    ignoredPoints: entry?.answer?.ignoredPoints ?? noPrompts.ignoredPoints,
    chosen: entry?.answer?.chosen ?? 0,
    replacesMask,
    decodeMs: latest?.decodeMs ?? null,
    backend: latest?.backend ?? null,
  };
};
