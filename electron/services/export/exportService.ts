import type { ExportProgress } from '../../../shared/contracts/rpc/exports.ts';
import type { ExportFormatId } from '../../../shared/domain/formatIds.ts';
import { throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Exchange } from '../../../shared/ports/exchange.ts';
import type { ExportFormat } from '../../../shared/ports/exportFormat.ts';
import type { AuditStore } from '../../../shared/ports/store/auditStore.ts';
import type { SetStore } from '../../../shared/ports/store/setStore.ts';
import { divide } from './divide.ts';
import { exportFormatInfo } from './exportFormatInfo.ts';
import { exportIdOf, openExportRecords } from './exportRecords.ts';
import type { ExportRequest, ExportService } from './exportRequest.ts';
import { readJournal } from './journal.ts';
import { runExport, type RunParts } from './runExport.ts';
import { settleChoices, settleExport } from './settleExport.ts';
import { assertGivesWay } from './writing.ts';

export interface ExportParts extends RunParts {
  readonly sets: SetStore;
  readonly exchange: Pick<Exchange, 'openTarget'>;
  readonly formats: Readonly<Record<ExportFormatId, ExportFormat>>;
  /** Null: the store may only be read, and has no trail that could be added to. */
  readonly audit: Pick<AuditStore, 'append'> | null;
  readonly clock: Clock;
  readonly reviewer: () => string;
  /** Of this machine: where it is noted which exports are not finished. */
  readonly recordsFolder: string;
  readonly licenceNote: string | null;
  /** "Maskdesk 0.1.0" */
  readonly tool: string;
}

export const createExportService = (parts: ExportParts): ExportService => {
  const { formats, exchange, audit, clock, reviewer } = parts;
  const records = openExportRecords(parts.recordsFolder);

  async function* run(request: ExportRequest, signal?: AbortSignal): AsyncGenerator<ExportProgress> {
    throwIfCancelled(signal);
    const settled = await settleExport(request, parts);
    const { snapshot, format } = settled;
    const target = await exchange.openTarget(request.target, { overwrite: request.overwrite });
    const exportId = exportIdOf(request.target);
    const release = await records.hold(exportId, target.location);
    try {
      for await (const step of runExport(target, settled, { ...request, exportId }, parts, signal)) {
        if (step.kind === 'started') {
          const { setName, number } = snapshot;
          await records.keep({ exportId, request: { ...request, restart: false }, setName, number, total: step.total, location: target.location, scratch: target.scratch, startedAtMs: clock.nowMs() });
        }
        if (step.kind === 'finished') {
          await records.forget(exportId);
          // Where it went is in the trail as people see it, which holds no keys.
          const details = { what: 'masks', set: snapshot.setName, number: snapshot.number, digest: snapshot.digest, format: format.id, target: step.location, masks: step.masks, lossy: step.lossy, verified: step.verified };
          await audit?.append({ kind: 'export', who: reviewer(), asset: null, details });
        }
        yield step;
      }
    } finally {
      await release();
    }
  }

  return {
    formats: () => Object.values(formats).map(exportFormatInfo),
    check: async (request, setId) => {
      settleChoices(request, parts);
      const target = await exchange.openTarget(request.target, { overwrite: request.overwrite });
      await target.check();
      if (!request.restart) await assertGivesWay(target, setId);
    },
    divide: (of, split, signal) => divide(parts.sets, of, split, signal),
    look: async (place) => {
      const target = await exchange.openTarget(place, { overwrite: false });
      return { location: target.location, standing: await target.look() };
    },
    run,
    resume: async function* (exportId, signal) {
      yield* run((await records.get(exportId)).request, signal);
    },
    unfinished: async () => {
      const found = await records.list();
      return Promise.all(
        found.map(async ({ exportId, request, setName, number, location, scratch, total, startedAtMs, isRunning }) => {
          const done = (await readJournal(scratch).catch(() => null))?.done ?? 0;
          return { exportId, snapshotId: request.snapshotId, setName, number, format: request.format, location, done, total, startedAtMs, isRunning };
        }),
      );
    },
    discard: async (exportId) => {
      const { request, location } = await records.get(exportId);
      const release = await records.hold(exportId, location);
      try {
        const target = await exchange.openTarget(request.target, { overwrite: request.overwrite });
        await target.discard();
        await records.forget(exportId);
      } finally {
        await release();
      }
    },
  };
};
