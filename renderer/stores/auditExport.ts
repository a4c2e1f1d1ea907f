import { create } from 'zustand';
import type { AuditFormat } from '../../shared/contracts/rpc/audit.ts';

export const auditRanges = ['today', 'week', 'month', 'all'] as const;
export type AuditRange = (typeof auditRanges)[number];

export interface AuditRun {
  readonly done: number;
  readonly total: number;
  readonly state: 'running' | 'finished' | 'failed';
  /** Where it is, or why it is not. */
  readonly message: string | null;
  readonly cancel: () => void;
}

interface AuditExportState {
  readonly range: AuditRange;
  readonly format: AuditFormat;
  /** The one of now, or the last until the card is closed. */
  readonly run: AuditRun | null;
}

export const useAuditExport = create<AuditExportState>(() => ({ range: 'month', format: 'jsonl', run: null }));

export const setAuditRange = (range: AuditRange): void => useAuditExport.setState({ range });
export const setAuditFormat = (format: AuditFormat): void => useAuditExport.setState({ format });
export const setAuditRun = (run: AuditRun | null): void => useAuditExport.setState({ run });
export const patchAuditRun = (change: Partial<AuditRun>): void => useAuditExport.setState(({ run }) => ({ run: run === null ? null : { ...run, ...change } }));
