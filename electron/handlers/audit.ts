import { join } from 'node:path';
import type { AuditExportProgress } from '../../shared/contracts/rpc/audit.ts';
import { exportAudit, type AuditExport } from '../services/audit/exportAudit.ts';
import type { Services } from '../services/services.ts';
import { rpc } from './context.ts';
import { untilGone } from './untilGone.ts';

const day = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

async function* named(services: Services, request: AuditExport, fileName: string, stop: AbortSignal): AsyncGenerator<AuditExportProgress, void, void> {
  for await (const step of exportAudit(services.store.audit, request, stop)) yield step.kind === 'finished' ? { ...step, fileName } : step;
}

export const auditHandlers = {
  chooseFolder: rpc.audit.chooseFolder.handler(async ({ context }) => {
    const folder = await context.dialogs.choosePath('auditTrail');
    return folder === null ? null : context.folders.remember(folder);
  }),
  export: rpc.audit.export.handler(({ context: { services, folders }, input: { folderToken, sinceMs, untilMs, format }, signal }) => {
    const nowMs = Date.now();
    const fileName = `maskdesk-audit-${sinceMs === null ? 'all' : day(sinceMs)}-to-${day(untilMs ?? nowMs)}.${format}`;
    const { folder } = folders.chosenBy(folderToken);
    const request = { sinceMs, untilMs, format, path: join(folder, fileName), who: services.reviewer };
    return untilGone((stop) => named(services, request, fileName, stop), signal);
  }),
};
