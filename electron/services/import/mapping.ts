import { open } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
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

interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

async function* linesOf(path: string): AsyncGenerator<NumberedLine> {
  const file = await open(path);
  let number = 0;
  for await (const text of file.readLines()) {
    number++;
    yield { number, text: number === 1 ? text.replace(/^\uFEFF/, '') : text };
  }
}

/** A quoted cell may run over this many lines. A quote that is never closed then costs its own line and not the rest of the file. */
const maxLinesOfRecord = 20;

const parseCsv = (text: string, columns: string[] | undefined): readonly unknown[] =>
  parse(text, { trim: true, relax_column_count_less: true, ...(columns === undefined ? {} : { columns }) });

async function* readCsv(path: string, name: string): AsyncGenerator<MappingRead> {
  const lines = linesOf(path);
  const ahead: NumberedLine[] = [];
  const peek = async (index: number): Promise<NumberedLine | undefined> => {
    while (ahead.length <= index) {
      const next = await lines.next();
      if (next.done === true) return undefined;
      ahead.push(next.value);
    }
    return ahead[index];
  };
  let columns: string[] | undefined;
  for (let first = await peek(0); first !== undefined; first = await peek(0)) {
    if (first.text.trim() === '') {
      ahead.shift();
      continue;
    }
    const { record, lineCount, fault } = await readRecord(peek, columns);
    ahead.splice(0, lineCount);
    const at = `${name}:${first.number}`;
    if (columns !== undefined) {
      yield fault === null ? checked(record, at) : { kind: 'problem', problem: { file: at, code: 'invalid_input', reason: `This line is no valid CSV: ${fault}.` } };
      continue;
    }
    columns = Array.isArray(record) ? record.map((column) => String(column).trim().toLowerCase()) : [];
    if (!columns.includes('path')) throw new ExpectedError('invalid_input', `${name} has no column "path"; its first line must name the columns.`);
  }
}

/** The record that begins at the next line: of one line, or of as many as its quotes need. */
const readRecord = async (
  peek: (index: number) => Promise<NumberedLine | undefined>,
  columns: string[] | undefined,
): Promise<{ record: unknown; lineCount: number; fault: string | null }> => {
  let text = '';
  let fault = 'a quote is not closed';
  for (let count = 1; count <= maxLinesOfRecord; count++) {
    const line = await peek(count - 1);
    if (line === undefined) break;
    text = count === 1 ? line.text : `${text}\n${line.text}`;
    try {
      return { record: parseCsv(text, columns)[0], lineCount: count, fault: null };
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      if (error.code === 'CSV_QUOTE_NOT_CLOSED') continue;
      if (count === 1) fault = error.message;
      break;
    }
  }
  return { record: null, lineCount: 1, fault };
};

async function* readJsonLines(path: string, name: string): AsyncGenerator<MappingRead> {
  for await (const { number, text } of linesOf(path)) {
    if (text.trim() === '') continue;
    const at = `${name}:${number}`;
    let value: unknown;
    try {
      value = JSON.parse(text);
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
