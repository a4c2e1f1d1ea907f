import type { AdjustKind } from '../../../../shared/raster/adjustMask.ts';
import type { Adjustment } from './adjustment.ts';
import { close } from './close.ts';
import { dropIslands } from './dropIslands.ts';
import { fillHoles } from './fillHoles.ts';
import { grow } from './grow.ts';
import { invert } from './invert.ts';
import { open } from './open.ts';
import { shrink } from './shrink.ts';
import { smooth } from './smooth.ts';

/** In the order in which they are shown. A new one is a file, a line here and one in shared/raster/adjustMask.ts. */
export const adjustments = { grow, shrink, smooth, close, open, fillHoles, dropIslands, invert } as const satisfies Record<AdjustKind, Adjustment>;

/** The nearest amount that can be chosen. */
export const clampAmount = ({ amount }: Adjustment, value: number): number =>
  amount === null ? 0 : Math.min(amount.most, Math.max(amount.least, Math.round(value / amount.step) * amount.step));
