import { oc } from '@orpc/contract';
import { z } from 'zod';
import { assetKinds, type Asset } from '../../domain/asset.ts';
import { checkIds } from '../../domain/check.ts';
import type { Pair } from '../../domain/catalog.ts';
import { assetSorts, type AssetCounts, type AssetPage } from '../../domain/assetQuery.ts';
import { assetRefSchema, assetStateSchema, jobIdSchema, modelIdSchema, output, productIdSchema, videoIdSchema } from './types.ts';

export const assetFilterSchema = z.object({
  states: z.array(assetStateSchema).optional(),
  kind: z.enum(assetKinds).optional(),
  jobId: jobIdSchema.optional(),
  productId: productIdSchema.optional(),
  videoId: videoIdSchema.optional(),
  modelId: modelIdSchema.optional(),
  check: z.enum(checkIds).optional(),
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

export const queueContract = {
  list: oc
    .input(
      z.object({
        filter: assetFilterSchema.optional(),
        sort: z.enum(assetSorts).optional(),
        limit: z.int().min(1).max(1000),
        cursor: z.string().nullish(),
      }),
    )
    .output(output<AssetPage>()),
  counts: oc.input(z.object({ filter: assetFilterSchema.omit({ states: true }).optional() })).output(output<AssetCounts>()),
  context: oc.input(z.object({ asset: assetRefSchema })).output(output<AssetContext>()),
};
