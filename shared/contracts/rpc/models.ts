import { oc, eventIterator } from '@orpc/contract';
import { z } from 'zod';
import type { ModelStatus, PullProgress } from '../../domain/model.ts';
import { modelIdSchema, output } from './types.ts';

export const modelsContract = {
  list: oc.output(output<readonly ModelStatus[]>()),
  /** Reads every byte of the weights again. Errors: model_unknown. */
  verify: oc.input(z.object({ modelId: modelIdSchema })).output(output<ModelStatus>()),
  /** Takes the weights off this machine. Errors: model_unknown, permission_denied. */
  remove: oc.input(z.object({ modelId: modelIdSchema })).output(output<ModelStatus>()),
  /** Downloads with progress; ends the iterator early to cancel. Errors: offline, download_failed, model_corrupt, disk_full. */
  pull: oc.input(z.object({ modelId: modelIdSchema })).output(eventIterator(output<PullProgress>())),
};
