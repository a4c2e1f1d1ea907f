import { oc } from '@orpc/contract';
import { z } from 'zod';
import { assetKinds, type Asset } from '../../domain/asset.ts';
import { checkIds } from '../../domain/check.ts';
import type { Pair } from '../../domain/catalog.ts';
import { assetSorts, verdictHistories, type AssetCounts, type AssetPage, type AssetWindow, type FacetName, type PlacedAsset } from '../../domain/assetQuery.ts';
import { assetRefSchema, assetStateSchema, jobIdSchema, modelIdSchema, output, productIdSchema, rejectReasonSchema, revisionIdSchema, videoIdSchema } from './types.ts';

export const assetFilterSchema = z.object({
  states: z.array(assetStateSchema).optional(),
  kind: z.enum(assetKinds).optional(),
  jobId: jobIdSchema.optional(),
  productId: productIdSchema.optional(),
  videoId: videoIdSchema.optional(),
  modelId: modelIdSchema.optional(),
  check: z.enum(checkIds).optional(),
  reviewer: z.string().max(200).optional(),
  rejectReason: rejectReasonSchema.optional(),
  decidedFromMs: z.int().min(0).optional(),
  decidedBeforeMs: z.int().min(0).optional(),
  history: z.enum(verdictHistories).optional(),
  hasDraft: z.boolean().optional(),
  importWaits: z.boolean().optional(),
  text: z.string().max(300).optional(),
});

export interface AssetContext {
  readonly asset: Asset;
  /** The product's images or the video's keyframes, itself included. */
  readonly siblings: readonly Asset[];
  /** The pipeline's matches of the asset. */
  readonly pairs: readonly Pair[];
  /** What the other pane shows: the best match, else the nearest guess of the same job; null where there is none. */
  readonly counterpart: Asset | null;
}

/** One choice of a filter, with its name for people. */
export interface Facet {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}
export type Facets = Readonly<Record<FacetName, readonly Facet[]>>;

const list = { filter: assetFilterSchema.optional(), sort: z.enum(assetSorts).optional() };

/** Something to show beside an asset. */
export interface Counterpart {
  readonly asset: Asset;
  /** The pipeline's, 0..1; null for a guess of ours. */
  readonly score: number | null;
}

export const queueContract = {
  list: oc
    .input(
      z.object({
        ...list,
        limit: z.int().min(1).max(1000),
        cursor: z.string().nullish(),
      }),
    )
    .output(output<AssetPage>()),
  counts: oc.input(z.object({ filter: assetFilterSchema.omit({ states: true }).optional() })).output(output<AssetCounts>()),
  /** Any part of the list, for a list that is drawn where it is looked at. */
  window: oc.input(z.object({ ...list, offset: z.int().min(0), limit: z.int().min(1).max(500) })).output(output<AssetWindow>()),
  /** Heads on screen that have no checks yet: they come first. */
  shown: oc.input(z.object({ unchecked: z.array(revisionIdSchema).max(200) })).output(output<void>()),
  /** Place in the list, from 0; null where the asset is not in it. */
  position: oc.input(z.object({ ...list, asset: assetRefSchema })).output(output<number | null>()),
  /** Next one in these states, on (1) or back (-1) from `after` (AssetStore.nextOpen). */
  nextOpen: oc
    .input(z.object({ ...list, after: assetRefSchema.nullable(), states: z.array(assetStateSchema).min(1), direction: z.literal([1, -1]) }))
    .output(output<PlacedAsset | null>()),
  /** What the filters could be set to, most frequent first, at most 200 each. */
  facets: oc.input(z.object({ filter: assetFilterSchema.optional() })).output(output<Facets>()),
  context: oc.input(z.object({ asset: assetRefSchema })).output(output<AssetContext>()),
  /** What the asset could be compared with, at most 100: its matches by score, then guesses, the likeliest first; with a text those that have it. */
  counterparts: oc.input(z.object({ asset: assetRefSchema, text: z.string().max(300).optional() })).output(output<readonly Counterpart[]>()),
};
