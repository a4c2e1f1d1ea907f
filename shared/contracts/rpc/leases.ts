import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Asset } from '../../domain/asset.ts';
import { assetSorts } from '../../domain/assetQuery.ts';
import { leasePurposes, type ItemLease } from '../../domain/itemLease.ts';
import { assetFilterSchema } from './queue.ts';
import { assetRefSchema, assetStateSchema, output } from './types.ts';

/** An item that somebody has, as a window sees it. */
export interface LeaseView extends Omit<ItemLease, 'owner'> {
  /** This very desk's. */
  readonly isMine: boolean;
}

const fewAssets = z.array(assetRefSchema).max(50);
/** Let go of in the same step. */
const leaving = fewAssets.optional();

export const leasesContract = {
  /** All live ones; told again with each event `leasesChanged`. */
  list: oc.output(output<readonly LeaseView[]>()),
  /** Takes or renews what nobody else has. Answers the lease that stands of each, in order. */
  take: oc.input(z.object({ assets: fewAssets.min(1), purpose: z.enum(leasePurposes), leaving })).output(output<readonly LeaseView[]>()),
  /** The next open item that nobody else has, taken (ItemLeaseStore.takeNext); null: there is none. */
  takeNext: oc
    .input(
      z.object({
        filter: assetFilterSchema.optional(),
        sort: z.enum(assetSorts).optional(),
        after: assetRefSchema.nullable(),
        states: z.array(assetStateSchema).min(1),
        direction: z.literal([1, -1]),
        first: assetRefSchema.nullish(),
        except: fewAssets.optional(),
        purpose: z.enum(leasePurposes),
        leaving,
      }),
    )
    .output(output<Asset | null>()),
  /** Answers whose it was; null: nobody's. */
  takeOver: oc.input(z.object({ asset: assetRefSchema })).output(output<LeaseView | null>()),
  release: oc.input(z.object({ assets: fewAssets })).output(output<void>()),
};
