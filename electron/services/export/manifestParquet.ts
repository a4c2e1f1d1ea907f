import { open } from 'node:fs/promises';
import { ByteWriter, parquetWriteRows } from 'hyparquet-writer';
import { fileError } from '../../base/fileError.ts';
import type { ManifestRow } from './manifest.ts';

const rowsInGroup = 10_000;

type Column = { readonly type: 'STRING' | 'INT32' | 'INT64' | 'DOUBLE' | 'TIMESTAMP'; readonly nullable: boolean };
const text: Column = { type: 'STRING', nullable: false };
const maybe: Column = { type: 'STRING', nullable: true };
const count: Column = { type: 'INT32', nullable: false };

const columns = {
  asset_kind: text,
  asset_id: text,
  revision_id: text,
  mask_sha256: text,
  file: text,
  split: maybe,
  category: text,
  source_path: text,
  photo_sha256: maybe,
  width: count,
  height: count,
  area: count,
  origin: text,
  author: text,
  model: maybe,
  state: text,
  verdict: maybe,
  reason: maybe,
  reviewer: maybe,
  verdict_at: { type: 'TIMESTAMP', nullable: true },
  rejections: count,
  product_id: maybe,
  video_id: maybe,
  title: maybe,
  timestamp_s: { type: 'DOUBLE', nullable: true },
  job_id: maybe,
} as const satisfies Record<keyof ManifestRow, Column>;

async function* typed(rows: AsyncIterable<ManifestRow>): AsyncGenerator<Record<string, unknown>> {
  for await (const row of rows) yield { ...row, verdict_at: row.verdict_at === null ? null : new Date(row.verdict_at) };
}

/** Writes the manifest's rows as Parquet, a row group at a time: memory does not grow with their number. @throws ExpectedError disk_full, permission_denied */
export const writeManifestParquet = async (rows: AsyncIterable<ManifestRow>, file: string, tool: string): Promise<void> => {
  const handle = await open(file, 'w').catch((error: unknown) => {
    throw fileError(error, file);
  });
  try {
    const buffer = new ByteWriter();
    const flush = async (): Promise<void> => {
      await handle.appendFile(new Uint8Array(buffer.buffer, 0, buffer.index));
      buffer.index = 0;
    };
    const writer = Object.assign(buffer, { flush, finish: flush });
    await parquetWriteRows({
      writer,
      rows: typed(rows),
      columns: Object.entries(columns).map(([name, column]) => ({ name, ...column })),
      rowGroupSize: rowsInGroup,
      createdBy: tool,
    });
  } catch (error) {
    throw fileError(error, file);
  } finally {
    await handle.close();
  }
};
