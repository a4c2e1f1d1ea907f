import type { z } from 'zod';
import type { assetFilterSchema } from '../../shared/contracts/rpc/queue.ts';
import type { AssetFilter, AssetSort } from '../../shared/domain/assetQuery.ts';
import { defined } from './defined.ts';
import { rpc } from './context.ts';

type FilterInput = z.infer<typeof assetFilterSchema>;

/** The list that a request is about. */
export const listOf = ({ filter, sort }: { filter?: FilterInput | undefined; sort?: AssetSort | undefined }): { filter: AssetFilter; sort?: AssetSort } => ({
  filter: defined(filter ?? {}),
  ...(sort === undefined ? {} : { sort }),
});

export const queueHandlers = {
  list: rpc.queue.list.handler(async ({ context, input }) => {
    const page = await context.services.store.assets.list({ ...listOf(input), limit: input.limit, cursor: input.cursor ?? null });
    context.services.checks.noteHeads(page.assets);
    return page;
  }),
  counts: rpc.queue.counts.handler(({ context, input }) => context.services.store.assets.counts(defined(input.filter ?? {}))),
  window: rpc.queue.window.handler(async ({ context, input }) => {
    const window = await context.services.store.assets.window({ ...listOf(input), offset: input.offset, limit: input.limit });
    context.services.checks.noteHeads(window.assets);
    return window;
  }),
  shown: rpc.queue.shown.handler(({ context, input }) => context.services.checks.lookedAt(input.unchecked)),
  position: rpc.queue.position.handler(({ context, input }) => context.services.store.assets.position({ ...listOf(input), asset: input.asset })),
  nextOpen: rpc.queue.nextOpen.handler(({ context, input: { after, states, direction, ...list } }) =>
    context.services.store.assets.nextOpen({ ...listOf(list), after, states, direction }),
  ),
  facets: rpc.queue.facets.handler(({ context, input }) => context.services.queue.facets(defined(input.filter ?? {}))),
  counterparts: rpc.queue.counterparts.handler(({ context, input }) => context.services.queue.counterparts(input.asset, input.text ?? '')),
  context: rpc.queue.context.handler(({ context, input }) => context.services.queue.context(input.asset)),
};
