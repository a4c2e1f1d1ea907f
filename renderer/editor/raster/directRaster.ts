import { CancelledError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { RgbaImage } from '../../../shared/picture/rgbaImage.ts';
import { rasterJobs, type RasterInput, type RasterJobName, type RasterOutput } from '../../../shared/raster/index.ts';
import type { RasterJob } from '../../../shared/raster/job.ts';
import type { RasterPort } from './rasterPort.ts';

/** Runs the jobs where it is called, a turn of the event loop later: for the engine without a window. */
export const createDirectRaster = (photoOf: (assetKey: string) => Promise<RgbaImage>): RasterPort => {
  const newest = new Map<string, number>();
  let count = 0;
  return {
    async run<Name extends RasterJobName>(name: Name, input: RasterInput<Name>, { assetKey, signal, lane }: Parameters<RasterPort['run']>[2]) {
      const number = ++count;
      if (lane !== undefined) newest.set(lane, number);
      await Promise.resolve();
      throwIfCancelled(signal);
      if (lane !== undefined && newest.get(lane) !== number) throw new CancelledError('Another one was asked for');
      const job = rasterJobs[name] as unknown as RasterJob<RasterInput<Name>, RasterOutput<Name>>;
      const output = await job.run(input, { photo: () => photoOf(assetKey) });
      throwIfCancelled(signal);
      return output;
    },
  };
};
