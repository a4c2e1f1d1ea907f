import type { ErrorWire } from '../../shared/errors/codec.ts';
import type { RasterInput, RasterJobName, RasterOutput } from '../../shared/raster/index.ts';

/** What the page and the raster worker say to each other; one job at a time. */
export interface RasterRequest<Name extends RasterJobName = RasterJobName> {
  readonly requestId: number;
  readonly name: Name;
  readonly input: RasterInput<Name>;
  readonly assetKey: string;
  /** Where the asset's photo is, at full size and upright. */
  readonly photoUrl: string;
}

export type RasterAnswer<Name extends RasterJobName = RasterJobName> =
  | { readonly kind: 'done'; readonly requestId: number; readonly output: RasterOutput<Name> }
  | { readonly kind: 'failed'; readonly requestId: number; readonly error: ErrorWire };
