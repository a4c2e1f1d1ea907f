import { readFile } from 'node:fs/promises';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { asId } from '../../shared/domain/ids.ts';
import { present } from '../../shared/errors/errors.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import type { RgbImage } from '../../shared/ports/imageCodec.ts';
import { decodeRgb, encodeJpeg } from '../imaging/index.ts';
import { compose } from './compose.ts';
import { cutoutMask, makeCutout, type Cutout } from './cutout.ts';
import { photoPath } from './photoPackages.ts';
import type { ComposedRecipe, Recipe } from './recipe.ts';

/** A picture of the demo, encoded, with the true mask of its product. */
export interface DemoPicture {
  readonly asset: AssetRef;
  readonly bytes: Uint8Array;
  readonly truth: Bitmap;
}

/** A picture still to be made. */
export interface PlannedPicture {
  readonly asset: AssetRef;
  readonly make: () => Promise<DemoPicture>;
}

const jpegQuality = 88;
const maxMegapixels = 20;

/** Photos and cutouts, each decoded and keyed once and only when something needs it. */
const createWorkshop = (recipe: Recipe, cacheDir: string) => {
  const photos = new Map<string, Promise<RgbImage>>();
  const cutouts = new Map<string, Promise<Cutout>>();
  const bytes = (name: string): Promise<Buffer> => readFile(photoPath(cacheDir, recipe, name));
  const once = <T>(made: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> => {
    const running = made.get(name) ?? make();
    made.set(name, running);
    return running;
  };
  const photo = (name: string): Promise<RgbImage> => once(photos, name, async () => decodeRgb(await bytes(name), maxMegapixels));
  const cutout = (name: string): Promise<Cutout> =>
    once(cutouts, name, async () => {
      const described = present(recipe.cutouts[name], `the cutout ${name} of the demo recipe`);
      return makeCutout(await photo(described.photo), described);
    });
  return { bytes, photo, cutout };
};

/** Every picture of the recipe, in its order; each is made when asked for. The photos must be in the cache. */
export const planPictures = (recipe: Recipe, cacheDir: string): readonly PlannedPicture[] => {
  const workshop = createWorkshop(recipe, cacheDir);

  const composed = async (asset: AssetRef, sizePx: readonly [number, number], described: ComposedRecipe): Promise<DemoPicture> => {
    const photos = new Map<string, RgbImage>();
    const cutouts = new Map<string, Cutout>();
    if ('photo' in described.background) photos.set(described.background.photo, await workshop.photo(described.background.photo));
    for (const layer of described.layers) if (layer.kind !== 'caption') cutouts.set(layer.cutout, await workshop.cutout(layer.cutout));
    const { picture, truth } = compose(asset.id, sizePx, described, {
      photo: (name) => present(photos.get(name), `the photo ${name}`),
      cutout: (name) => present(cutouts.get(name), `the cutout ${name}`),
    });
    return { asset, bytes: await encodeJpeg(picture, jpegQuality), truth };
  };

  const plan: PlannedPicture[] = [];
  for (const product of recipe.products) {
    for (const image of product.images) {
      const asset: AssetRef = { kind: 'product_image', id: asId(image.imageId) };
      plan.push({
        asset,
        make: async () =>
          'photo' in image
            ? { asset, bytes: await workshop.bytes(image.photo), truth: cutoutMask(await workshop.cutout(image.truth)) }
            : composed(asset, image.sizePx, image),
      });
    }
  }
  for (const video of recipe.videos) {
    for (const keyframe of video.keyframes) {
      const asset: AssetRef = { kind: 'keyframe', id: asId(keyframe.frameId) };
      plan.push({ asset, make: () => composed(asset, video.sizePx, keyframe) });
    }
  }
  return plan;
};
