import { asId, type AssetId, type JobId, type ProductId, type VideoId } from '../../shared/domain/ids.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { present } from '../../shared/errors/errors.ts';
import type { CatalogStore } from '../../shared/ports/store/catalogStore.ts';
import type { PictureOwner } from '../services/import/storePicture.ts';
import type { Recipe } from './recipe.ts';

const source = 'demo';

/** The demo's job, products and videos. */
export const addOwners = async (catalog: CatalogStore, recipe: Recipe): Promise<void> => {
  const jobId = asId<JobId>(recipe.jobId);
  await catalog.ensureJob({ jobId, industry: recipe.industry });
  for (const { productId, title } of recipe.products) {
    await catalog.ensureProduct({ productId: asId<ProductId>(productId), jobId, src: source, asinOrItemId: productId, title, marketplace: 'us' });
  }
  for (const { videoId, title } of recipe.videos) {
    await catalog.ensureVideo({ videoId: asId<VideoId>(videoId), jobId, platform: source, url: `${source}:${videoId}`, title });
  }
};

/** Whose picture each is. */
export const ownerOf = (recipe: Recipe, asset: AssetRef): PictureOwner => {
  if (asset.kind === 'product_image') return { kind: 'product_image', id: asset.id, productId: asId<ProductId>(productOf(recipe, asset.id)) };
  const { videoId, timestampS } = momentOf(recipe, asset.id);
  return { kind: 'keyframe', id: asset.id, videoId: asId<VideoId>(videoId), timestampS };
};

const productOf = (recipe: Recipe, imageId: string): string =>
  present(
    recipe.products.find(({ images }) => images.some((image) => image.imageId === imageId)),
    `the product of ${imageId}`,
  ).productId;

const momentOf = (recipe: Recipe, frameId: string): { videoId: string; timestampS: number } => {
  const video = present(
    recipe.videos.find(({ keyframes }) => keyframes.some((keyframe) => keyframe.frameId === frameId)),
    `the video of ${frameId}`,
  );
  const keyframe = present(
    video.keyframes.find((candidate) => candidate.frameId === frameId),
    frameId,
  );
  return { videoId: video.videoId, timestampS: keyframe.timestampS };
};

/** What the matcher would have found; the pictures must be there. */
export const addMatches = async (catalog: CatalogStore, recipe: Recipe): Promise<void> => {
  for (const [index, { imageId, frameId, score }] of recipe.matches.entries()) {
    const { videoId, timestampS } = momentOf(recipe, frameId);
    await catalog.addMatch({
      matchId: `${recipe.jobId}-match-${String(index + 1).padStart(3, '0')}`,
      jobId: asId<JobId>(recipe.jobId),
      productId: asId<ProductId>(productOf(recipe, imageId)),
      videoId: asId<VideoId>(videoId),
      bestImageId: asId<AssetId>(imageId),
      bestFrameId: asId<AssetId>(frameId),
      timestampS,
      score,
    });
  }
};
