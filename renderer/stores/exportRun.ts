import { create } from 'zustand';
import type { ExportPhase, ExportProgress, UnfinishedExport } from '../../shared/contracts/rpc/exports.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { core } from '../bridge/core.ts';
import type { PhaseProgress } from './phasePace.ts';

type ExportStart = Extract<ExportProgress, { kind: 'started' }>;
export type ExportLoss = Omit<Extract<ExportProgress, { kind: 'loss' }>, 'kind'>;
export type ExportResult = Omit<Extract<ExportProgress, { kind: 'finished' }>, 'kind'>;

export interface ExportRun extends PhaseProgress {
  /** freezing: the set is being made, nothing is written yet. */
  readonly state: 'freezing' | 'running' | 'finished' | 'cancelled' | 'failed';
  readonly setName: string;
  /** Null until the set is frozen. */
  readonly number: number | null;
  readonly formatLabel: string;
  readonly phase: ExportPhase;
  readonly total: number;
  readonly bytes: number;
  /** How many an interrupted run had written already. */
  readonly resumedAt: number;
  /** What comes into each split; empty: the set is not split, or it is not known yet. */
  readonly splits: ExportStart['splits'];
  /** What whoever uses the export must know or do. */
  readonly advice: readonly string[];
  /** Null until it has begun to write. */
  readonly exportId: string | null;
  readonly losses: readonly ExportLoss[];
  readonly result: ExportResult | null;
  readonly error: { readonly message: string; readonly code: ErrorCode | null } | null;
  readonly cancel: () => void;
}

interface ExportRunState {
  /** The one of now, or the last until it is put away. */
  readonly run: ExportRun | null;
  /** Newest first. */
  readonly unfinished: readonly UnfinishedExport[];
}

export const useExportRun = create<ExportRunState>(() => ({ run: null, unfinished: [] }));

export const newExportRun = (about: Pick<ExportRun, 'setName' | 'number' | 'formatLabel' | 'cancel'>, nowMs: number): ExportRun => ({
  ...about,
  state: about.number === null ? 'freezing' : 'running',
  phase: 'writing',
  done: 0,
  total: 0,
  bytes: 0,
  resumedAt: 0,
  phaseStart: { atMs: nowMs, done: 0 },
  toldAtMs: nowMs,
  splits: [],
  advice: [],
  exportId: null,
  losses: [],
  result: null,
  error: null,
});

/** A run with what was told of it taken in. */
export const afterStep = (run: ExportRun, step: ExportProgress, nowMs: number): ExportRun => {
  switch (step.kind) {
    case 'started':
      return { ...run, state: 'running', total: step.total, splits: step.splits, advice: step.advice, exportId: step.exportId, done: step.resumedAt, resumedAt: step.resumedAt, phaseStart: { atMs: nowMs, done: step.resumedAt }, toldAtMs: nowMs };
    case 'progress': {
      const isNext = step.phase !== run.phase;
      const { phase, done, total, bytes } = step;
      return { ...run, phase, done, total, bytes, phaseStart: isNext ? { atMs: nowMs, done: 0 } : run.phaseStart, toldAtMs: nowMs };
    }
    case 'loss': {
      const { asset, sentences, iou } = step;
      return { ...run, losses: [...run.losses, { asset, sentences, iou }] };
    }
    case 'finished': {
      const { kind, ...result } = step;
      return { ...run, state: kind, done: run.total, bytes: step.bytes, result, toldAtMs: nowMs };
    }
  }
};

export const isUnderWay = (run: ExportRun | null): boolean => run?.state === 'freezing' || run?.state === 'running';

/** Whether an unfinished export is what this window's run began. */
export const isOfRun = ({ exportId }: UnfinishedExport, run: ExportRun): boolean => exportId === run.exportId;

/** Those that are to be listed: what this window is at work on is shown by itself. */
export const listedUnfinished = ({ run, unfinished }: ExportRunState): readonly UnfinishedExport[] => unfinished.filter((one) => run === null || !isUnderWay(run) || !(one.isRunning && isOfRun(one, run)));

export const setExportRun = (run: ExportRun | null): void => useExportRun.setState({ run });
export const patchExportRun = (change: (run: ExportRun) => ExportRun): void => useExportRun.setState(({ run }) => ({ run: run === null ? null : change(run) }));

export const loadUnfinishedExports = async (): Promise<void> => useExportRun.setState({ unfinished: await core().exports.unfinished() });
