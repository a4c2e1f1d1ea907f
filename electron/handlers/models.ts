import type { PullProgress } from '../../shared/domain/model.ts';
import { isCancelled } from '../../shared/errors/errors.ts';
import { eventStream } from './eventStream.ts';
import { rpc } from './context.ts';

export const modelsHandlers = {
  list: rpc.models.list.handler(({ context }) => context.services.models.list()),
  verify: rpc.models.verify.handler(({ context, input }) => context.services.models.verify(input.modelId)),
  remove: rpc.models.remove.handler(({ context, input }) => context.services.models.remove(input.modelId)),
  pull: rpc.models.pull.handler(({ context, input, signal }) =>
    eventStream<PullProgress>((sink) => {
      const stop = new AbortController();
      let finished = false;
      context.services.models.pull(input.modelId, { signal: stop.signal, onProgress: sink.push }).then(
        (status) => {
          finished = true;
          sink.push({ kind: 'done', status });
          sink.end();
        },
        (error: unknown) => {
          finished = true;
          if (isCancelled(error) && stop.signal.aborted) sink.end();
          else sink.fail(error);
        },
      );
      return () => {
        if (!finished) stop.abort();
      };
    }, signal),
  ),
};
