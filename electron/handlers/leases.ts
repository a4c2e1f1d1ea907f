import { rpc } from './context.ts';
import { listOf } from './queue.ts';

export const leasesHandlers = {
  list: rpc.leases.list.handler(({ context }) => context.services.itemLeases.live()),
  take: rpc.leases.take.handler(({ context, input }) => context.services.itemLeases.take(input.assets, input.purpose, input.leaving)),
  takeNext: rpc.leases.takeNext.handler(({ context, input: { after, states, direction, first, except, purpose, leaving, ...list } }) =>
    context.services.itemLeases.takeNext({ ...listOf(list), after, states, direction, first: first ?? null, except: except ?? [] }, purpose, leaving),
  ),
  takeOver: rpc.leases.takeOver.handler(({ context, input }) => context.services.itemLeases.takeOver(input.asset)),
  release: rpc.leases.release.handler(({ context, input }) => context.services.itemLeases.release(input.assets)),
};
