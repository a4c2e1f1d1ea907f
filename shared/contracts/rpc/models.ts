import { oc, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import type { ModelId } from '../../domain/ids.ts';
import { modelIdSchema, output } from './types.ts';

export interface ModelStatus {
  readonly modelId: ModelId;
  readonly label: string;
  readonly task: string;
  readonly licence: string;
  readonly licenceNote: string | null;
  readonly sizeBytes: number;
  readonly state: 'ready' | 'missing' | 'corrupt';
  /** True for the one that background work uses. */
  readonly isDefault: boolean;
}

export type PullProgress =
  | { readonly kind: 'progress'; readonly receivedBytes: number; readonly totalBytes: number | null }
  | { readonly kind: 'verifying' }
  | { readonly kind: 'done'; readonly status: ModelStatus };

export const modelsContract = {
  list: oc.output(output<readonly ModelStatus[]>()),
  /** Downloads with progress; ends the iterator early to cancel. Errors: offline, download_failed, model_corrupt, disk_full. */
  pull: oc.input(z.object({ modelId: modelIdSchema })).output(eventIterator(output<PullProgress>())),
};
