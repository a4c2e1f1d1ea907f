import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { z } from 'zod';
import type { ImportProblem } from '../../../shared/contracts/rpc/imports.ts';
import { maxIdLength } from '../../../shared/domain/ids.ts';
import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import { fileError } from '../../base/fileError.ts';

/** Spreadsheets write an empty cell where they mean nothing. */
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());
const id = z.union([z.string(), z.number().transform(String)]).pipe(z.string().min(1).max(maxIdLength));
const text = z.union([z.string(), z.number().transform(String)]).pipe(z.string().max(10_000));

const lineSchema = z.object({
  /** Relative to the imported folder. */
  path: z.string().min(1),
  product_id: optional(id),
  image_id: optional(id),
  title: optional(text),
  brand: optional(text),
  url: optional(text),
  video_id: optional(id),
  frame_id: optional(id),
  /** Seconds from the start of the video. */
  ts: optional(z.coerce.number({ error: 'ts is no number of seconds' }).min(0)),
  platform: optional(z.string().min(1).max(50)),
  job_id: optional(id),
});

export type MappingLine = z.infer<typeof lineSchema>;
export type MappingRead =
  | { readonly kind: 'line'; readonly line: MappingLine; readonly at: string }
  | { readonly kind: 'problem'; readonly problem: ImportProblem };

const faultsOf = (error: z.ZodError): string =>
  error.issues.map((issue) => (issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`)).join('; ');

const checked = (value: unknown, at: string): MappingRead => {
  const result = lineSchema.safeParse(value);
  if (result.success) return { kind: 'line', line: result.data, at };
  return { kind: 'problem', problem: { file: at, code: 'invalid_input', reason: `This line is not usable: ${faultsOf(result.error)}.` } };
};

async function* readCsv(path: string, name: string): AsyncGenerator<MappingRead> {
  const skipped: ImportProblem[] = [];
  const header = (names: readonly string[]): string[] => {
    const columns = names.map((column) => column.trim().toLowerCase());
    if (columns.includes('path')) return columns;
    throw new ExpectedError('invalid_input', `${name} has no column "path"; its first line must name the columns.`);
  };
  const parser = parse({
    bom: true,
    columns: header,
    info: true,
    trim: true,
    skip_empty_lines: true,
    relax_column_count_less: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      const line = error?.['lines'] as number | undefined;
      skipped.push({ file: `${name}:${line ?? '?'}`, code: 'invalid_input', reason: `This line is no valid CSV: ${error?.message ?? 'unknown fault'}.` });
      return undefined;
    },
  });
  const source = createReadStream(path);
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  for await (const { record, info } of parser as AsyncIterable<{ record: unknown; info: { lines: number } }>) {
    while (skipped.length > 0) yield { kind: 'problem', problem: skipped.shift() as ImportProblem };
    yield checked(record, `${name}:${info.lines}`);
  }
  for (const problem of skipped) yield { kind: 'problem', problem };
}

async function* readJsonLines(path: string, name: string): AsyncGenerator<MappingRead> {
  const source = createReadStream(path, 'utf8');
  // readline does not pass its source's errors on.
  const failed = new Promise<never>((_, reject) => source.on('error', reject));
  failed.catch(() => undefined);
  let number = 0;
  const lines = createInterface({ input: source, crlfDelay: Infinity })[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([lines.next(), failed]);
    if (next.done === true) return;
    number++;
    const line = next.value.replace(/^\uFEFF/, '').trim();
    if (line === '') continue;
    const at = `${name}:${number}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      yield { kind: 'problem', problem: { file: at, code: 'invalid_input', reason: `This line is no valid JSON: ${(error as Error).message}.` } };
      continue;
    }
    yield checked(value, at);
  }
}

/**
 * Reads a mapping, line by line: CSV with a header, or JSONL with an object a line. Column `path`, and any of product_id, image_id,
 * title, brand, url; video_id, frame_id, ts (seconds), platform; job_id. Columns that it does not know are left alone. Lines that can't
 * be used are told with their number; the rest goes on.
 * @param name how problems call the file
 * @throws ExpectedError file_unreadable, permission_denied, invalid_input (no column `path`); CancelledError
 */
export async function* readMapping(path: string, name: string, signal?: AbortSignal): AsyncGenerator<MappingRead> {
  try {
    for await (const read of path.toLowerCase().endsWith('.csv') ? readCsv(path, name) : readJsonLines(path, name)) {
      throwIfCancelled(signal);
      yield read;
    }
  } catch (error) {
    throw fileError(error, path);
  }
}
