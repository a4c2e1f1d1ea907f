/** What a writer tells the crash program on stdout, one JSON object a line, written synchronously. */
export type WriterLine =
  | { readonly kind: 'ready' }
  /** Printed after the approval was acknowledged: from here it may not be lost. */
  | {
      readonly kind: 'acknowledged';
      readonly assetId: string;
      readonly verdictId: string;
      readonly publicationId: string;
      readonly maskSha256: string;
      readonly eventIds: readonly string[];
    }
  /** The other writer was quicker: nothing was written. */
  | { readonly kind: 'stale' };

export type Acknowledged = Extract<WriterLine, { kind: 'acknowledged' }>;

export const photoWidthPx = 320;
export const photoHeightPx = 240;
