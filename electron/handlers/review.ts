import { assetKey } from '../../shared/domain/asset.ts';
import { assetOrThrow } from '../services/assetOrThrow.ts';
import { personOf } from '../services/leaseOwner.ts';
import { assetLease } from '../../shared/ports/store/leaseStore.ts';
import { rpc } from './context.ts';
import { untilGone } from './untilGone.ts';

/** Renewed by the desk each minute while a mask is being edited; a closed lid frees the item soon after. */
const leaseMs = 150_000;

export const reviewHandlers = {
  approve: rpc.review.approve.handler(({ context, input }) => context.services.review.approve(input)),
  reject: rpc.review.reject.handler(({ context, input }) => context.services.review.reject(input)),
  reopen: rpc.review.reopen.handler(({ context, input }) => context.services.review.reopen(input)),
  undo: rpc.review.undo.handler(({ context, input }) => context.services.review.undo(input)),
  latest: rpc.review.latest.handler(({ context }) => context.services.review.latest()),
  bulk: rpc.review.bulk.handler(({ context, input, signal }) =>
    untilGone((stop) => context.services.bulk.judge(input.items, input.verdict, stop), signal),
  ),
  undoBatch: rpc.review.undoBatch.handler(({ context, input, signal }) =>
    untilGone((stop) => context.services.bulk.undo(input.batchId, stop), signal),
  ),
  stopBatch: rpc.review.stopBatch.handler(({ context, input }) => ({ stopped: context.services.bulk.stop(input.batchId) })),
  history: rpc.review.history.handler(async ({ context, input }) => {
    const { store, comparison } = context.services;
    const [revisions, verdicts, publications] = await Promise.all([
      store.revisions.ofAsset(input.asset),
      store.review.verdictsOf(input.asset),
      store.publications.ofAsset(input.asset),
    ]);
    comparison.measureLater(revisions);
    return { revisions, verdicts, publications };
  }),
  checks: rpc.review.checks.handler(({ context, input }) => context.services.checks.of(input.revisionId)),
  audit: rpc.review.audit.handler(({ context, input }) => context.services.store.audit.ofAsset(input.asset)),
  compare: rpc.review.compare.handler(({ context, input }) => context.services.comparison.compare(input.a, input.b)),
  keepVersion: rpc.review.keepVersion.handler(({ context, input }) => context.services.review.keepVersion(input)),
  moveHead: rpc.review.moveHead.handler(async ({ context, input }) => {
    const { store, events, reviewer } = context.services;
    await store.revisions.moveHead(input.asset, input.revisionId, input.expectedHead, reviewer);
    events.assetsChanged([input.asset]);
    return assetOrThrow(store, input.asset);
  }),
  undoMove: rpc.review.undoMove.handler(async ({ context, input }) => {
    const { store, events, reviewer } = context.services;
    await store.revisions.undoMove(input.asset, reviewer);
    events.assetsChanged([input.asset]);
    return assetOrThrow(store, input.asset);
  }),
  lease: rpc.review.lease.handler(async ({ context, input }) => {
    const { store, leaseOwner } = context.services;
    const resource = assetLease(assetKey(input.asset));
    if (input.release === true) {
      await store.leases.release(resource, leaseOwner);
      return { held: false, owner: personOf(await store.leases.ownerOf(resource)) };
    }
    const held = await store.leases.acquire(resource, leaseOwner, leaseMs);
    return { held, owner: personOf(held ? leaseOwner : await store.leases.ownerOf(resource)) };
  }),
};
