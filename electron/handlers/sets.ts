import type { SnapshotEntry } from '../../shared/domain/maskSet.ts';
import type { SnapshotId } from '../../shared/domain/ids.ts';
import type { Services } from '../services/services.ts';
import { rpc } from './context.ts';
import { defined } from './defined.ts';

const mostSampled = 12;

/** Evenly spread over the snapshot. */
const sampleOf = async ({ sets, store }: Services, snapshotId: SnapshotId): Promise<readonly SnapshotEntry[]> => {
  const { entryCount } = await sets.snapshot(snapshotId);
  const count = Math.min(mostSampled, entryCount);
  const places = Array.from({ length: count }, (_, place) => Math.floor(((place + 0.5) * entryCount) / count));
  return (await Promise.all(places.map((place) => store.sets.entries(snapshotId, place - 1, 1)))).flat();
};

export const setsHandlers = {
  list: rpc.sets.list.handler(({ context }) => context.services.sets.list()),
  save: rpc.sets.save.handler(({ context, input: { name, filter } }) => context.services.sets.save({ name, filter: defined(filter) })),
  remove: rpc.sets.remove.handler(({ context, input }) => context.services.sets.remove(input.setId)),
  freeze: rpc.sets.freeze.handler(({ context, input, signal }) => context.services.sets.freeze(input.setId, signal)),
  same: rpc.sets.same.handler(({ context, input, signal }) => context.services.sets.same(input.setId, signal)),
  snapshots: rpc.sets.snapshots.handler(({ context, input }) => context.services.sets.snapshots(input.setId)),
  preview: rpc.sets.preview.handler(({ context, input }) => context.services.sets.preview(defined(input.filter))),
  sample: rpc.sets.sample.handler(({ context, input }) => sampleOf(context.services, input.snapshotId)),
};
