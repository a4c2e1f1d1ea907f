import type { RasterInput, RasterJobName, RasterOutput } from '../../../shared/raster/index.ts';

export interface RasterOptions {
  /** Whose photo the job may ask for (shared/domain/asset.ts `assetKey`). */
  readonly assetKey: string;
  readonly signal?: AbortSignal | undefined;
  /** A newer job of the same lane replaces one that has not begun: it is rejected as cancelled. Absent: every job counts. */
  readonly lane?: string | undefined;
}

/** Runs the jobs of shared/raster where they hold nobody up. */
export interface RasterPort {
  /** @throws CancelledError; ExpectedError as the job itself, or when its photo can't be had */
  run<Name extends RasterJobName>(name: Name, input: RasterInput<Name>, options: RasterOptions): Promise<RasterOutput<Name>>;
}
