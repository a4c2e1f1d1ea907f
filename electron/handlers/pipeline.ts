import { rpc } from './context.ts';

export const pipelineHandlers = {
  batches: rpc.pipeline.batches.handler(({ context }) => context.services.pipelineBatches()),
};
