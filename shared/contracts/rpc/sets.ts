import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Asset } from '../../domain/asset.ts';
import type { MaskSet, SetMeasure, Snapshot, SnapshotEntry } from '../../domain/maskSet.ts';
import { assetFilterSchema } from './queue.ts';
import { output, setIdSchema, snapshotIdSchema } from './types.ts';

/** What a filter finds now, with up to 12 of its assets spread over all of them. */
export interface SetPreview extends SetMeasure {
  readonly samples: readonly Asset[];
}

export const setNameSchema = z.string().trim().min(1).max(100);

export const setsContract = {
  /** By name. */
  list: oc.output(output<readonly MaskSet[]>()),
  /** Makes it, or gives the one of that name another filter. Errors: invalid_input. */
  save: oc.input(z.object({ name: setNameSchema, filter: assetFilterSchema })).output(output<MaskSet>()),
  /** Errors: not_found. */
  remove: oc.input(z.object({ setId: setIdSchema })).output(output<void>()),
  /** What the set holds now, under the next number. Errors: not_found, invalid_input (no mask), store_*. */
  freeze: oc.input(z.object({ setId: setIdSchema })).output(output<Snapshot>()),
  /** The newest snapshot of a set, where freezing it now would give the same; else null. Errors: store_*. */
  same: oc.input(z.object({ setId: setIdSchema })).output(output<Snapshot | null>()),
  /** Newest first; of all sets where none is named. */
  snapshots: oc.input(z.object({ setId: setIdSchema.optional() })).output(output<readonly Snapshot[]>()),
  preview: oc.input(z.object({ filter: assetFilterSchema })).output(output<SetPreview>()),
  /** Up to 12 entries spread over a snapshot. Errors: not_found. */
  sample: oc.input(z.object({ snapshotId: snapshotIdSchema })).output(output<readonly SnapshotEntry[]>()),
};
