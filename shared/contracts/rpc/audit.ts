import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { output } from './types.ts';

export const auditFormats = ['jsonl', 'csv'] as const;
export type AuditFormat = (typeof auditFormats)[number];

export type AuditExportProgress =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  /** Last. Chain: what the file's last line ends with; kept elsewhere it shows that nothing was cut off. */
  | { readonly kind: 'finished'; readonly entries: number; readonly fileName: string; readonly chain: string };

const momentMs = z.number().min(0).nullable();

export const auditContract = {
  /** Asks the person with the system's dialog where the trail goes; null when it is closed. The path never comes from the page. */
  chooseFolder: oc.output(output<{ readonly folderToken: string; readonly name: string } | null>()),
  /** Writes the trail of a time into a folder that the person chose (chooseFolder). Ending the iterator leaves no file. Errors: disk_full, permission_denied. */
  export: oc
    .input(z.object({ folderToken: z.string(), sinceMs: momentMs, untilMs: momentMs, format: z.enum(auditFormats) }))
    .output(eventIterator(output<AuditExportProgress>())),
};
