import { create } from 'zustand';
import { sameAsset, type AssetRef } from '../../shared/domain/asset.ts';
import type { ModelId, RevisionId } from '../../shared/domain/ids.ts';
import type { Revision } from '../../shared/domain/revision.ts';
import type { MaskChecks } from '../../shared/domain/check.ts';
import type { TileState } from '../../shared/edits/tileState.ts';

/** A model that was asked for a mask of the item. */
export interface CandidateRun {
  readonly modelId: ModelId;
  readonly threshold: number;
  readonly askedAtMs: number;
  readonly state: 'running' | 'done' | 'failed';
  /** A sentence, once it has failed. */
  readonly reason: string | null;
  readonly revisionId: RevisionId | null;
}

/** What a cell shows of a mask beside its pixels. */
export interface CandidateFacts {
  readonly tiles: TileState | null;
  /** To the mask that was there before; null: not known, or there was none. */
  readonly iou: number | null;
  /** Null: being looked at. */
  readonly checks: MaskChecks | null;
  /** A sentence when the mask can't be read. */
  readonly error: string | null;
}

interface CandidatesState {
  readonly asset: AssetRef | null;
  /** The head when the choice began: what stays when nothing is chosen. */
  readonly base: RevisionId | null;
  readonly runs: readonly CandidateRun[];
  readonly facts: Readonly<Record<string, CandidateFacts>>;
  /** The cell that Enter takes. */
  readonly active: number;
}

/** Masks of one item side by side, one of which is to be chosen. */
export const useCandidates = create<CandidatesState>(() => ({ asset: null, base: null, runs: [], facts: {}, active: 0 }));

export const unknownFacts: CandidateFacts = { tiles: null, iou: null, checks: null, error: null };

export const setFacts = (revisionId: RevisionId, change: Partial<CandidateFacts>): void =>
  useCandidates.setState(({ facts }) => ({ facts: { ...facts, [revisionId]: { ...(facts[revisionId] ?? unknownFacts), ...change } } }));

export const changeRun = (run: CandidateRun, change: Partial<CandidateRun>): void =>
  useCandidates.setState(({ runs }) => ({ runs: runs.map((other) => (other.modelId === run.modelId && other.threshold === run.threshold ? { ...other, ...change } : other)) }));

/** At most this many masks at once, one on each digit. */
export const mostCells = 9;

export interface Cell {
  readonly key: string;
  readonly revision: Revision | null;
  readonly run: CandidateRun | null;
  /** The mask that was there before. */
  readonly isBase: boolean;
}

/** Masks that are worth a look beside the base: what models made after it, else any others; newest first. */
export const waitingBeside = (revisions: readonly Revision[], base: RevisionId | null): readonly Revision[] => {
  const index = revisions.findIndex(({ revisionId }) => revisionId === base);
  const newer = index === -1 ? revisions : revisions.slice(0, index);
  return newer.length > 0 ? newer : revisions.filter(({ revisionId }) => revisionId !== base);
};

/** The mask that is there, what was asked for now, what waits from before. @param revisions of the item, newest first */
export const cellsOf = ({ asset, base, runs }: Pick<CandidatesState, 'asset' | 'base' | 'runs'>, revisions: readonly Revision[]): readonly Cell[] => {
  if (asset === null) return [];
  const own = revisions.filter((revision) => sameAsset(revision.asset, asset));
  const find = (revisionId: RevisionId | null): Revision | null => own.find((revision) => revision.revisionId === revisionId) ?? null;
  const asked = new Set(runs.map(({ revisionId }) => revisionId));
  const rest = waitingBeside(own, base).filter(({ revisionId }) => !asked.has(revisionId));
  return [
    { key: 'base', revision: find(base), run: null, isBase: true },
    ...runs.map((run): Cell => ({ key: `${run.modelId} ${run.threshold}`, revision: find(run.revisionId), run, isBase: false })),
    ...rest.map((revision): Cell => ({ key: revision.revisionId, revision, run: null, isBase: false })),
  ].slice(0, mostCells);
};
