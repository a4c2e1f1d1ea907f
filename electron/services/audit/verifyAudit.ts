import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileError } from '../../base/fileError.ts';
import { chainStart, followChain } from './auditLine.ts';

export type AuditVerdict = { readonly ok: true; readonly entries: number; readonly chain: string } | { readonly ok: false; readonly line: number };

/** Whether each line of an exported JSON Lines file follows from the one before. `line`: the first that does not, from 1. @throws ExpectedError file_unreadable, permission_denied */
export const verifyAudit = async (path: string): Promise<AuditVerdict> => {
  let chain = chainStart;
  let entries = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      const next = followChain(line, chain);
      if (next === null) return { ok: false, line: entries + 1 };
      chain = next;
      entries++;
    }
  } catch (error) {
    throw fileError(error, path);
  }
  return { ok: true, entries, chain };
};
