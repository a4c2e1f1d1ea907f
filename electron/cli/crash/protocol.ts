import type { VerdictKind } from '../../../shared/domain/verdict.ts';

/** What a writer tells the crash program on stdout, one JSON object a line, written synchronously. */
export type WriterLine =
  | { readonly kind: 'ready' }
  /** Printed after the verdict was acknowledged: from here it may not be lost. */
  | {
      readonly kind: 'acknowledged';
      readonly verdict: VerdictKind;
      readonly assetId: string;
      readonly verdictId: string;
      readonly revisionId: string | null;
      readonly undoesVerdictId: string | null;
      /** The mask that was approved; null for the other verdicts. */
      readonly maskSha256: string | null;
      /** What the verdict makes public; null when that stays as it is. */
      readonly publication: { readonly publicationId: string; readonly revisionId: string | null; readonly eventIds: readonly string[] } | null;
    }
  /** The other writer was quicker: nothing was written. */
  | { readonly kind: 'refused' };

export type Acknowledged = Extract<WriterLine, { kind: 'acknowledged' }>;

export const photoWidthPx = 320;
export const photoHeightPx = 240;
