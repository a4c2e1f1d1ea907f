import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRecipe } from './makeDemoStore.ts';

const recipe = await readRecipe(join(import.meta.dirname, '..', '..', 'resources', 'demo', 'recipe.json'));
const images = recipe.products.flatMap((product) => product.images);
const keyframes = recipe.videos.flatMap((video) => video.keyframes);

describe('the recipe', () => {
  test('names only what it has', () => {
    const packages = new Set(recipe.packages.map(({ name }) => name));
    for (const photo of Object.values(recipe.photos)) expect(packages).toContain(photo.package);
    for (const cutout of Object.values(recipe.cutouts)) {
      expect(recipe.photos).toHaveProperty(cutout.photo);
      expect(cutout.white ?? cutout.outline).toBeDefined();
    }
    for (const composed of [...keyframes, ...images.flatMap((image) => ('photo' in image ? [] : [image]))]) {
      if ('photo' in composed.background) expect(recipe.photos).toHaveProperty(composed.background.photo);
      for (const layer of composed.layers) if (layer.kind !== 'caption') expect(recipe.cutouts).toHaveProperty(layer.cutout);
    }
    for (const image of images) if ('photo' in image) expect(recipe.cutouts[image.truth]?.photo).toBe(image.photo);
    for (const { imageId, frameId } of recipe.matches) {
      expect(images.map((image) => image.imageId)).toContain(imageId);
      expect(keyframes.map((keyframe) => keyframe.frameId)).toContain(frameId);
    }
  });

  test('shows what reviewers meet: several products, every keyframe matched, unique ids and times', () => {
    expect(recipe.products.length).toBeGreaterThanOrEqual(3);
    const ids = [...images.map((image) => image.imageId), ...keyframes.map((keyframe) => keyframe.frameId)];
    expect(new Set(ids).size).toBe(ids.length);
    for (const video of recipe.videos) expect(new Set(video.keyframes.map(({ timestampS }) => timestampS)).size).toBe(video.keyframes.length);
    expect(new Set(recipe.matches.map(({ frameId }) => frameId)).size).toBe(keyframes.length);
    const titles = [...recipe.products, ...recipe.videos].map(({ title }) => title);
    expect(titles.some((title) => title.length > 100)).toBe(true);
    expect(titles.some((title) => /\p{Script=Han}|\p{Script=Katakana}/u.test(title))).toBe(true);
  });

  test('every package is pinned and may be used', () => {
    for (const source of recipe.packages) expect([source.version, source.licence]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/), expect.stringMatching(/^(MIT|Apache-2\.0|ISC|BSD)/)]);
  });
});
