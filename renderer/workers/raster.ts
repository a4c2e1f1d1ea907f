import { encodeError } from '../../shared/errors/codec.ts';
import { rasterJobs, type RasterInput, type RasterJobName, type RasterOutput } from '../../shared/raster/index.ts';
import type { RasterJob } from '../../shared/raster/job.ts';
import { PhotoPixels } from './photoPixels.ts';
import type { RasterAnswer, RasterRequest } from './rasterProtocol.ts';

/** Runs the jobs of shared/raster beside the page: on it, a wand over 24 MP would hold up every frame of a second. */
const photos = new PhotoPixels();

const run = async <Name extends RasterJobName>({ name, input, assetKey, photoUrl }: RasterRequest<Name>): Promise<RasterOutput<Name>> => {
  const job = rasterJobs[name] as unknown as RasterJob<RasterInput<Name>, RasterOutput<Name>>;
  return job.run(input, { photo: () => photos.of(assetKey, photoUrl) });
};

addEventListener('message', ({ data }: MessageEvent<RasterRequest>) => {
  const { requestId } = data;
  run(data)
    .then((output) => postMessage({ kind: 'done', requestId, output } satisfies RasterAnswer))
    .catch((error: unknown) => postMessage({ kind: 'failed', requestId, error: encodeError(error) } satisfies RasterAnswer));
});
