import { create } from 'zustand';
import type { ImportId } from '../../shared/domain/ids.ts';
import type { MaskImport } from '../../shared/domain/maskImport.ts';
import { core } from '../bridge/core.ts';

interface PastImportsState {
  /** Newest first; null before the first answer. */
  readonly imports: readonly MaskImport[] | null;
  /** Whether there are older ones that were not read. */
  readonly hasMore: boolean;
  /** Whose undo is being asked about a second time. */
  readonly asking: ImportId | null;
}

export const usePastImports = create<PastImportsState>(() => ({ imports: null, hasMore: false, asking: null }));

const pageSize = 20;
let lastRequest = 0;

/** @param isMore the page behind those that are there; else anew from the newest, as many as are shown */
export const loadPastImports = async (isMore = false): Promise<void> => {
  const request = ++lastRequest;
  const known = usePastImports.getState().imports ?? [];
  const before = isMore ? (known.at(-1)?.importId ?? null) : null;
  const limit = isMore ? pageSize : Math.min(99, Math.max(pageSize, known.length));
  const read = await core().maskImports.list({ limit: limit + 1, before });
  if (request !== lastRequest) return;
  const page = read.slice(0, limit);
  usePastImports.setState({ imports: isMore ? [...known, ...page] : page, hasMore: read.length > limit });
};
