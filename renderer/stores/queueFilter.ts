import { z } from 'zod';
import { assetKinds, assetStates, type AssetKind, type AssetState } from '../../shared/domain/asset.ts';
import type { AssetFilter } from '../../shared/domain/assetQuery.ts';
import { checkIds, type CheckId } from '../../shared/domain/check.ts';
import type { JobId, ModelId, ProductId, VideoId } from '../../shared/domain/ids.ts';
import { rejectReasons, type RejectReason } from '../../shared/domain/verdict.ts';

/** What the queue is narrowed to; null: whatever it is. */
export interface QueueFilter {
  readonly state: AssetState | null;
  readonly kind: AssetKind | null;
  /** Of the pipeline. */
  readonly jobId: JobId | null;
  readonly productId: ProductId | null;
  readonly videoId: VideoId | null;
  readonly modelId: ModelId | null;
  /** Who gave the verdict that stands. */
  readonly reviewer: string | null;
  readonly rejectReason: RejectReason | null;
  /** A check that is not fine. */
  readonly check: CheckId | null;
  /** True: only items with a draft. */
  readonly hasDraft: boolean;
  /** True: only items where a mask of an import waits beside a person's work. */
  readonly importWaits: boolean;
  readonly text: string;
}

export const everything: QueueFilter = {
  state: null,
  kind: null,
  jobId: null,
  productId: null,
  videoId: null,
  modelId: null,
  reviewer: null,
  rejectReason: null,
  check: null,
  hasDraft: false,
  importWaits: false,
  text: '',
};

/** The day's work: where the queue begins, and what "Clear all" goes back to. */
export const toReview: QueueFilter = { ...everything, state: 'to_review' };

/** As the core understands it; without the state for counting by state. */
export const withoutState = (filter: QueueFilter): Omit<AssetFilter, 'states'> => {
  const { kind, jobId, productId, videoId, modelId, reviewer, rejectReason, check, hasDraft, importWaits } = filter;
  const text = filter.text.trim();
  return {
    ...(kind === null ? {} : { kind }),
    ...(jobId === null ? {} : { jobId }),
    ...(productId === null ? {} : { productId }),
    ...(videoId === null ? {} : { videoId }),
    ...(modelId === null ? {} : { modelId }),
    ...(reviewer === null ? {} : { reviewer }),
    ...(rejectReason === null ? {} : { rejectReason }),
    ...(check === null ? {} : { check }),
    ...(hasDraft ? { hasDraft } : {}),
    ...(importWaits ? { importWaits } : {}),
    ...(text === '' ? {} : { text }),
  };
};

export const asAssetFilter = (filter: QueueFilter): Omit<AssetFilter, 'states'> & { states?: AssetState[] } => ({ ...withoutState(filter), ...(filter.state === null ? {} : { states: [filter.state] }) });

export const sameFilter = (a: QueueFilter, b: QueueFilter): boolean =>
  (Object.keys(everything) as (keyof QueueFilter)[]).every((name) => (name === 'text' ? a.text.trim() === b.text.trim() : a[name] === b[name]));

/** Whether it narrows by more than the state. */
export const isNarrowed = (filter: QueueFilter): boolean => !sameFilter({ ...filter, state: null }, everything);

const id = <Id extends string>() => z.custom<Id>((value) => typeof value === 'string' && value !== '' && value.length <= 255);

/** A filter as it is kept. What a newer version knows and this one does not is left out. */
export const keptFilterSchema: z.ZodType<QueueFilter, unknown> = z.object({
  state: z.enum(assetStates).nullable().catch(null),
  kind: z.enum(assetKinds).nullable().catch(null),
  jobId: id<JobId>().nullable().catch(null),
  productId: id<ProductId>().nullable().catch(null),
  videoId: id<VideoId>().nullable().catch(null),
  modelId: id<ModelId>().nullable().catch(null),
  reviewer: z.string().max(200).nullable().catch(null),
  rejectReason: z.enum(rejectReasons).nullable().catch(null),
  check: z.enum(checkIds).nullable().catch(null),
  hasDraft: z.boolean().catch(false),
  importWaits: z.boolean().catch(false),
  text: z.string().max(300).catch(''),
});
