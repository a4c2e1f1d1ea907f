import type { AuditStore } from '../../../shared/ports/store/auditStore.ts';
import type { ImportService } from '../services.ts';

/** Imports that leave an entry in the trail: who brought how much in. Paths of somebody's machine are not in it. */
export const auditedImports = (imports: ImportService, audit: AuditStore, reviewer: () => string): ImportService => ({
  async *run(request) {
    for await (const step of imports.run(request)) {
      if (step.kind === 'finished' && step.added > 0) {
        const details = { kind: request.kind, job_id: request.jobId ?? null, added: step.added, existing: step.existing, failed: step.failed.length, cancelled: step.cancelled };
        await audit.append({ kind: 'import', who: reviewer(), asset: null, details });
      }
      yield step;
    }
  },
});
