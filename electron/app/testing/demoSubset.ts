import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRecipe } from '../../demo/index.ts';
import { appFolder } from '../appFolder.ts';

/** The real demo recipe with only the named pictures in it, written to a file: composing all of them takes a quarter of a minute. */
export const writeDemoSubset = async (recipeFile: string, wanted: ReadonlySet<string>, matches: readonly { imageId: string; frameId: string; score: number }[] = []): Promise<void> => {
  const recipe = await readRecipe(join(appFolder(), 'resources', 'demo', 'recipe.json'));
  await writeFile(
    recipeFile,
    JSON.stringify({
      ...recipe,
      products: recipe.products.map((product) => ({ ...product, images: product.images.filter((image) => wanted.has(image.imageId)) })),
      videos: recipe.videos.map((video) => ({ ...video, keyframes: video.keyframes.filter((keyframe) => wanted.has(keyframe.frameId)) })),
      matches,
    }),
  );
};
