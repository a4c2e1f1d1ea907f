import type { AuditRecord } from '../../../shared/domain/auditTrail.ts';
import type { AuditFormat } from '../../../shared/contracts/rpc/audit.ts';
import { sha256Hex } from '../../base/hash.ts';

/** Where a file's chain begins. */
export const chainStart = '0'.repeat(64);

/** What is chained: the entry's fields in this order, as JSON. */
const bodyOf = ({ sequence, atMs, who, kind, asset, details }: AuditRecord): string =>
  JSON.stringify({ sequence, at: new Date(atMs).toISOString(), who, kind, asset_kind: asset?.kind ?? null, asset_id: asset?.id ?? null, details });

/** Each line's digest takes in that of the line before: a line that was changed, left out or put in breaks it from there on. */
export const nextChain = (chain: string, body: string): string => sha256Hex(`${chain}\n${body}`);

export const csvColumns = ['sequence', 'at', 'who', 'kind', 'asset_kind', 'asset_id', 'details', 'chain'] as const;

/** RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe, as OWASP says it; JSON Lines have the text as it is. */
const cell = (value: string | number | null): string => {
  if (value === null) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export interface AuditLine {
  readonly text: string;
  readonly chain: string;
}

/** @param chain of the line before */
const writers: Readonly<Record<AuditFormat, { readonly head: string; readonly line: (record: AuditRecord, chain: string) => AuditLine }>> = {
  jsonl: {
    head: '',
    line: (record, before) => {
      const body = bodyOf(record);
      const chain = nextChain(before, body);
      return { text: `${body.slice(0, -1)},"chain":"${chain}"}\n`, chain };
    },
  },
  csv: {
    head: `${csvColumns.join(',')}\r\n`,
    line: (record, before) => {
      const chain = nextChain(before, bodyOf(record));
      const { sequence, atMs, who, kind, asset, details } = record;
      const cells = [sequence, new Date(atMs).toISOString(), who, kind, asset?.kind ?? null, asset?.id ?? null, JSON.stringify(details), chain];
      return { text: `${cells.map(cell).join(',')}\r\n`, chain };
    },
  },
};

export const auditWriter = (format: AuditFormat) => writers[format];

const tailPattern = /,"chain":"([0-9a-f]{64})"\}$/;

/** Checks lines of an exported JSON Lines file one by one. @returns the chain behind this line; null: it does not follow from the one before */
export const followChain = (line: string, before: string): string | null => {
  const tail = tailPattern.exec(line);
  if (tail === null) return null;
  const chain = nextChain(before, `${line.slice(0, tail.index)}}`);
  return chain === tail[1] ? chain : null;
};
