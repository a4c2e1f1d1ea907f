import type { PrepareProgress } from '../../shared/contracts/rpc/prompts.ts';
import { isCancelled } from '../../shared/errors/errors.ts';
import { rpc } from './context.ts';
import { eventStream } from './eventStream.ts';

export const promptsHandlers = {
  models: rpc.prompts.models.handler(({ context }) => context.services.prompts.models()),
  prepare: rpc.prompts.prepare.handler(({ context, input, signal }) =>
    eventStream<PrepareProgress>((sink) => {
      const stop = new AbortController();
      context.services.prompts.prepare(input, { signal: stop.signal, onProgress: sink.push }).then(
        (embedding) => {
          sink.push({ kind: 'ready', embedding });
          sink.end();
        },
        (error: unknown) => {
          if (isCancelled(error) && stop.signal.aborted) sink.end();
          else sink.fail(error);
        },
      );
      return () => stop.abort();
    }, signal),
  ),
  prefetch: rpc.prompts.prefetch.handler(({ context, input }) => context.services.prompts.prefetch(input.assets, input.modelId)),
  decode: rpc.prompts.decode.handler(({ context, input, signal }) => context.services.prompts.decode(input.key, input.prompt, { chain: input.chain, signal })),
};
