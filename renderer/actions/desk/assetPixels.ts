import { fetchMaskRle, fetchPhoto } from '../../bridge/pixels.ts';
import { assetKey, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';

/** Photos kept decoded, in pixels: about ten of 12 MP. They are bitmaps of 4 bytes a pixel outside the JavaScript heap. */
const mostPhotoPixels = 120_000_000;
const mostMasks = 60;

interface CachedPhoto {
  readonly loading: Promise<ImageBitmap>;
  bitmap: ImageBitmap | null;
}

const photos = new Map<string, CachedPhoto>();
const masks = new Map<RevisionId, Promise<Uint8Array>>();
/** On screen: never closed under the canvas. */
let pinned: ReadonlySet<string> = new Set();

const pixelsOf = ({ bitmap }: CachedPhoto): number => (bitmap === null ? 0 : bitmap.width * bitmap.height);

const shrinkPhotos = (): void => {
  let total = [...photos.values()].reduce((sum, photo) => sum + pixelsOf(photo), 0);
  for (const [key, photo] of photos) {
    if (total <= mostPhotoPixels) return;
    if (pinned.has(key) || photo.bitmap === null) continue;
    total -= pixelsOf(photo);
    photos.delete(key);
    photo.bitmap.close();
  }
};

/** The photo, decoded; fetched ahead of time where it could be. The cache owns it: nobody else closes it. */
export const photoOf = (asset: AssetRef): Promise<ImageBitmap> => {
  const key = assetKey(asset);
  const known = photos.get(key);
  if (known !== undefined) {
    photos.delete(key);
    photos.set(key, known);
    return known.loading;
  }
  const entry: CachedPhoto = { loading: fetchPhoto(asset, null), bitmap: null };
  photos.set(key, entry);
  entry.loading.then(
    (bitmap) => {
      entry.bitmap = bitmap;
      shrinkPhotos();
    },
    () => photos.delete(key),
  );
  return entry.loading;
};

/** Mask RLE of a revision; revisions never change, so what is known stays right. */
export const maskRleOf = (revisionId: RevisionId): Promise<Uint8Array> => {
  const known = masks.get(revisionId);
  if (known !== undefined) return known;
  const loading = fetchMaskRle(revisionId);
  masks.set(revisionId, loading);
  loading.catch(() => masks.delete(revisionId));
  const oldest = masks.keys().next();
  if (masks.size > mostMasks && oldest.done !== true) masks.delete(oldest.value);
  return loading;
};

/** Says which photos are on screen. */
export const pinPhotos = (assets: readonly (AssetRef | null)[]): void => {
  pinned = new Set(assets.filter((asset) => asset !== null).map(assetKey));
};

/** Has photo and mask ready before they are asked for. What fails here fails again, and is said, when it is. */
export const preloadPixels = async (asset: Asset): Promise<void> => {
  await Promise.allSettled([photoOf(asset), ...(asset.headRevisionId === null ? [] : [maskRleOf(asset.headRevisionId)])]);
};
