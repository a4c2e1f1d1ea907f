import { oc, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import type { AssetRef } from '../../domain/asset.ts';
import { jobIdSchema, output } from './types.ts';

export interface ImportProblem {
  /** Path inside the imported folder. */
  readonly file: string;
  readonly code: string;
  /** A sentence. */
  readonly reason: string;
}

export type ImportProgress =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number; readonly file: string }
  /** A picture is in the store: freshly, or it was there already. */
  | { readonly kind: 'asset'; readonly file: string; readonly asset: AssetRef; readonly outcome: 'added' | 'exists' }
  | { readonly kind: 'problem'; readonly problem: ImportProblem }
  | {
      readonly kind: 'finished';
      readonly added: number;
      readonly existing: number;
      readonly failed: readonly ImportProblem[];
      readonly cancelled: boolean;
    };

export const importsContract = {
  /** Asks the person for a folder with the system's dialog; null when the dialog is closed. The path never comes from the renderer. */
  chooseFolder: oc.output(output<{ readonly folderToken: string; readonly name: string } | null>()),
  /**
   * Makes the demo in the open store: photos are fetched, pictures composed. Only where the store is empty or the demo's own.
   * Errors: invalid_input, offline, download_failed, disk_full.
   */
  fillDemo: oc.output(eventIterator(output<ImportProgress>())),
  run: oc
    .input(z.object({ folderToken: z.string(), kind: z.enum(['products', 'keyframes']), jobId: jobIdSchema.optional() }))
    .output(eventIterator(output<ImportProgress>())),
};
