import { reducedGrey, type ReducedGrey } from '../picture/reducedGrey.ts';
import type { RasterJob } from './job.ts';

/** The asset's photo, small and grey: what another one is compared with. */
export const photoGrey: RasterJob<{ readonly sidePx: number }, ReducedGrey> = {
  run: async ({ sidePx }, context) => reducedGrey(await context.photo(), sidePx),
};
