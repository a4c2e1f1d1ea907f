import type { Verified } from './readBack.ts';

export interface ReportTotals {
  readonly masks: number;
  readonly lossy: number;
  /** Null: nothing was read back. */
  readonly leastIou: number | null;
}

/** A line of report.jsonl: what one mask loses, with the IoU that remains (null: not read back). */
export const lossReportLine = ({ asset, stem, sentences, iou }: Omit<Verified, 'iou'> & { readonly iou: number | null }): string =>
  JSON.stringify({ asset_kind: asset.kind, asset_id: asset.id, file: stem, losses: sentences, iou });

/** The last line. */
export const totalsLine = ({ masks, lossy, leastIou }: ReportTotals): string => JSON.stringify({ verified: leastIou !== null, masks, lossy, least_iou: leastIou });
