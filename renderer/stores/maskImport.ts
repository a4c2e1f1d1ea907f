import { create } from 'zustand';
import type { ImportFormatInfo, ImportPreview, MaskImportProgress } from '../../shared/contracts/rpc/maskImports.ts';
import type { UndoneImport } from '../../shared/domain/importUndone.ts';
import type { ImportFormatId } from '../../shared/domain/formatIds.ts';
import type { ImportDecisions, SomeDecisions } from '../../shared/domain/importDecisions.ts';
import type { PhaseProgress } from './phasePace.ts';

export type MaskImportPhase = 'recognising' | 'reading' | 'matching' | 'comparing' | 'masks' | 'photos' | 'saving';

/** What the person gave, by the core's token. */
export interface GivenSource {
  readonly folderToken: string;
  readonly name: string;
}

export type MaskImportResult = Omit<Extract<MaskImportProgress, { kind: 'finished' }>, 'kind'>;

export interface MaskImport extends PhaseProgress {
  /** reading: the source is looked through · decide: the preview is there · writing: masks come in. */
  readonly state: 'reading' | 'decide' | 'writing' | 'finished' | 'cancelled' | 'failed';
  readonly source: GivenSource;
  readonly phase: MaskImportPhase;
  readonly preview: ImportPreview | null;
  /** What was said so far; the rest is what the source suggests. */
  readonly decisions: SomeDecisions;
  /** The preview of the latest decisions is on its way. */
  readonly isRecounting: boolean;
  readonly result: MaskImportResult | null;
  /** What came of it when the person took it back; null: it stands. */
  readonly undone: UndoneImport | null;
  readonly error: string | null;
  readonly cancel: () => void;
}

interface MaskImportState {
  readonly formats: readonly ImportFormatInfo[];
  readonly format: ImportFormatId | 'auto';
  /** The one in hand, or the last until it is put away. */
  readonly current: MaskImport | null;
}

export const useMaskImport = create<MaskImportState>(() => ({ formats: [], format: 'auto', current: null }));

export const newMaskImport = (source: GivenSource, cancel: () => void, nowMs: number): MaskImport => ({
  state: 'reading',
  source,
  phase: 'recognising',
  done: 0,
  total: null,
  phaseStart: { atMs: nowMs, done: 0 },
  toldAtMs: nowMs,
  preview: null,
  decisions: {},
  isRecounting: false,
  result: null,
  undone: null,
  error: null,
  cancel,
});

/** What was said, over what the source suggests: at once, before the preview of it is there. */
export const decisionsOf = ({ decisions }: Pick<MaskImport, 'decisions'>, { outcome }: ImportPreview): ImportDecisions => ({
  ...outcome.decisions,
  ...(Object.fromEntries(Object.entries(decisions).filter(([, value]) => value !== undefined)) as Partial<ImportDecisions>),
});

export const setMaskImport = (current: MaskImport | null): void => useMaskImport.setState({ current });
export const patchMaskImport = (change: Partial<MaskImport>): void =>
  useMaskImport.setState(({ current }) => ({ current: current === null ? null : { ...current, ...change } }));

/** An import with what was told of its progress taken in. */
export const afterProgress = (current: MaskImport, { phase, done, total }: Pick<MaskImport, 'phase' | 'done' | 'total'>, nowMs: number): MaskImport => ({
  ...current,
  phase,
  done,
  total,
  phaseStart: phase === current.phase ? current.phaseStart : { atMs: nowMs, done },
  toldAtMs: nowMs,
});

export const tellMaskImport = (step: Pick<MaskImport, 'phase' | 'done' | 'total'>): void =>
  useMaskImport.setState(({ current }) => ({ current: current === null ? null : afterProgress(current, step, Date.now()) }));

export const isMaskImportUnderWay = (current: MaskImport | null): boolean => current?.state === 'reading' || current?.state === 'writing';

/** 0..1 of the phase; null while nothing is known. */
export const importShare = ({ total, done }: Pick<MaskImport, 'total' | 'done'>): number | null => (total === null || total === 0 ? null : done / total);
