import { rpc } from './context.ts';

export const offlineHandlers = {
  reach: rpc.offline.reach.handler(({ context }) => context.services.offline.reach),
  retry: rpc.offline.retry.handler(({ context }) => context.services.offline.retry()),
  waiting: rpc.offline.waiting.handler(({ context }) => context.services.offline.waiting()),
  send: rpc.offline.send.handler(({ context, input }) => context.services.offline.send(input.ids ?? null)),
  sides: rpc.offline.sides.handler(({ context, input }) => context.services.offline.sides(input.id)),
  resolve: rpc.offline.resolve.handler(({ context, input }) => context.services.offline.resolve(input.id, input.choice, input.seenHead)),
  takeBack: rpc.offline.takeBack.handler(({ context, input }) => context.services.offline.takeBack(input.id)),
};
