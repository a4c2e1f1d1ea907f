import type { ItemPhoto } from './itemPhoto.ts';
import type { PlannedItem } from './plan.ts';

/** A line of manifest.jsonl and a row of manifest.parquet; times in UTC, sizes in pixels. */
export interface ManifestRow {
  readonly asset_kind: string;
  readonly asset_id: string;
  readonly revision_id: string;
  readonly mask_sha256: string;
  /** Name of its files in the export, without ending. */
  readonly file: string;
  readonly split: string | null;
  readonly category: string;
  readonly source_path: string;
  /** Of the photo as the store has it, where photos came along. */
  readonly photo_sha256: string | null;
  readonly width: number;
  readonly height: number;
  readonly area: number;
  readonly origin: string;
  readonly author: string;
  readonly model: string | null;
  readonly state: string;
  readonly verdict: string | null;
  readonly reason: string | null;
  readonly reviewer: string | null;
  readonly verdict_at: string | null;
  readonly rejections: number;
  readonly product_id: string | null;
  readonly video_id: string | null;
  readonly title: string | null;
  readonly timestamp_s: number | null;
  readonly job_id: string | null;
}

export const manifestRow = ({ entry, stem, split, category }: PlannedItem, photo: ItemPhoto | null): ManifestRow => ({
  asset_kind: entry.asset.kind,
  asset_id: entry.asset.id,
  revision_id: entry.revisionId,
  mask_sha256: entry.maskSha256,
  file: stem,
  split,
  category: category.name,
  source_path: entry.localPath,
  photo_sha256: photo?.sourceSha256 ?? null,
  width: entry.widthPx,
  height: entry.heightPx,
  area: entry.areaPx,
  origin: entry.origin,
  author: entry.author,
  model: entry.modelId,
  state: entry.state,
  verdict: entry.verdict?.kind ?? null,
  reason: entry.verdict?.reason ?? null,
  reviewer: entry.verdict?.reviewer ?? null,
  verdict_at: entry.verdict === null ? null : new Date(entry.verdict.atMs).toISOString(),
  rejections: entry.rejections,
  product_id: entry.productId,
  video_id: entry.videoId,
  title: entry.title,
  timestamp_s: entry.timestampS,
  job_id: entry.jobId,
});

/** Lines as they were written by this very program: read back without another look. */
export async function* manifestRows(lines: AsyncIterable<string>): AsyncGenerator<ManifestRow> {
  for await (const line of lines) yield JSON.parse(line) as ManifestRow;
}
