import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AuditRecord, AuditSpan } from '../../../shared/domain/auditTrail.ts';
import type { AuditFormat } from '../../../shared/contracts/rpc/audit.ts';
import { throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { AuditStore } from '../../../shared/ports/store/auditStore.ts';
import { syncFolder, temporaryFor } from '../../base/atomicFile.ts';
import { fileError } from '../../base/fileError.ts';
import { auditWriter, chainStart } from './auditLine.ts';

/** Some 400 kB of text: much for one write, little for memory, however long the trail is. */
const pageSize = 1000;

export interface AuditExport extends AuditSpan {
  readonly format: AuditFormat;
  /** Replaced where it is there. */
  readonly path: string;
  readonly who: string;
}

export type AuditExportStep = { readonly kind: 'progress'; readonly done: number; readonly total: number } | { readonly kind: 'finished'; readonly entries: number; readonly chain: string };

/**
 * Writes the trail of a time into a file, page by page; the file is there when all of it is. That it was done is in the trail itself, behind what
 * was written. @throws ExpectedError disk_full, permission_denied, file_unreadable; CancelledError
 */
export async function* exportAudit(audit: AuditStore, { sinceMs, untilMs, format, path, who }: AuditExport, signal?: AbortSignal): AsyncGenerator<AuditExportStep, void, void> {
  const writer = auditWriter(format);
  const total = await audit.count({ sinceMs, untilMs });
  const temporary = temporaryFor(path);
  let done = 0;
  let chain = chainStart;
  try {
    const handle = await open(temporary, 'wx').catch((error: unknown) => {
      throw fileError(error, path);
    });
    try {
      await handle.write(writer.head);
      yield { kind: 'progress', done, total };
      let last: AuditRecord | null = null;
      for (;;) {
        throwIfCancelled(signal);
        const page: readonly AuditRecord[] = await audit.page({ sinceMs, untilMs }, last, pageSize);
        let text = '';
        for (const record of page) {
          const line = writer.line(record, chain);
          text += line.text;
          chain = line.chain;
        }
        await handle.appendFile(text).catch((error: unknown) => {
          throw fileError(error, path);
        });
        done += page.length;
        last = page.at(-1) ?? null;
        if (page.length < pageSize) break;
        yield { kind: 'progress', done, total: Math.max(total, done) };
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    throwIfCancelled(signal);
    await rename(temporary, path).catch((error: unknown) => {
      throw fileError(error, path);
    });
    await syncFolder(dirname(path));
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
  await audit.append({ kind: 'export', who, asset: null, details: { what: 'audit', format, since_ms: sinceMs, until_ms: untilMs, entries: done, chain } });
  yield { kind: 'finished', entries: done, chain };
}
