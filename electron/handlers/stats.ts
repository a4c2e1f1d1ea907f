import { rpc } from './context.ts';

export const statsHandlers = {
  today: rpc.stats.today.handler(({ context: { services }, input }) => services.store.stats.today(input.sinceMs, services.reviewer)),
  dashboard: rpc.stats.dashboard.handler(({ context, input }) => context.services.store.stats.dashboard(input)),
};
