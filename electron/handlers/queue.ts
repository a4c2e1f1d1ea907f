import { defined } from './defined.ts';
import { rpc } from './context.ts';

export const queueHandlers = {
  list: rpc.queue.list.handler(({ context, input }) => {
    const { filter, sort, limit, cursor } = input;
    return context.services.store.assets.list({
      limit,
      cursor: cursor ?? null,
      ...(filter === undefined ? {} : { filter: defined(filter) }),
      ...(sort === undefined ? {} : { sort }),
    });
  }),
  counts: rpc.queue.counts.handler(({ context, input }) =>
    context.services.store.assets.counts(input.filter === undefined ? {} : defined(input.filter)),
  ),
  context: rpc.queue.context.handler(({ context, input }) => context.services.queue.context(input.asset)),
};
