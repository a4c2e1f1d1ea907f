import { oc } from '@orpc/contract';
import type { BatchProgress } from '../../domain/intake.ts';
import { output } from './types.ts';

export const pipelineContract = {
  /** Jobs' pictures of one kind each, as the pipeline announced them: those whose batch event is not sent yet, and those sent last; newest first. Empty where no worker serves the store. */
  batches: oc.output(output<readonly BatchProgress[]>()),
};
