import { create } from 'zustand';
import type { ImportFormatInfo, ImportPreview, MaskImportProgress } from '../../shared/contracts/rpc/maskImports.ts';
import type { ImportFormatId } from '../../shared/domain/formatIds.ts';
import type { SomeDecisions } from '../../shared/domain/importDecisions.ts';

export type MaskImportPhase = 'recognising' | 'reading' | 'matching' | 'masks' | 'photos' | 'saving';

/** What the person gave, by the core's token. */
export interface GivenSource {
  readonly folderToken: string;
  readonly name: string;
}

export type MaskImportResult = Omit<Extract<MaskImportProgress, { kind: 'finished' }>, 'kind'>;

export interface MaskImport {
  /** reading: the source is looked through · decide: the preview is there · writing: masks come in. */
  readonly state: 'reading' | 'decide' | 'writing' | 'finished' | 'cancelled' | 'failed';
  readonly source: GivenSource;
  readonly phase: MaskImportPhase;
  readonly done: number;
  readonly total: number | null;
  readonly preview: ImportPreview | null;
  /** What was said so far; the rest is what the source suggests. */
  readonly decisions: SomeDecisions;
  /** The preview of the latest decisions is on its way. */
  readonly isRecounting: boolean;
  readonly result: MaskImportResult | null;
  /** Taken back by the person. */
  readonly isUndone: boolean;
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

export const newMaskImport = (source: GivenSource, cancel: () => void): MaskImport => ({
  state: 'reading',
  source,
  phase: 'recognising',
  done: 0,
  total: null,
  preview: null,
  decisions: {},
  isRecounting: false,
  result: null,
  isUndone: false,
  error: null,
  cancel,
});

export const setMaskImport = (current: MaskImport | null): void => useMaskImport.setState({ current });
export const patchMaskImport = (change: Partial<MaskImport>): void =>
  useMaskImport.setState(({ current }) => ({ current: current === null ? null : { ...current, ...change } }));

export const isMaskImportUnderWay = (current: MaskImport | null): boolean => current?.state === 'reading' || current?.state === 'writing';

