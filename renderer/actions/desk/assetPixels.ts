import { fetchMaskRle, fetchMaskTiles, fetchPhoto } from '../../bridge/pixels.ts';
import { assetKey, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import { present } from '../../../shared/errors/errors.ts';
import type { Photo } from '../../stores/photo.ts';
import { usePreferences } from '../../stores/preferences.ts';
import { BitmapCache } from './bitmapCache.ts';

/** Up to here the photo itself is decoded as quickly as a preview of it could be made. */
const previewFromPixels = 4_200_000;
/** Sharp in a pane of a 4K screen. */
const previewSidePx = 2048;
/** More is not kept of one photo (160 MB): canvases and graphics cards have their limits. The mask is edited at full size all the same. */
const mostPixelsShown = 40_000_000;
const mostMasks = 60;

const budgetOf = (megabytes: number): number => megabytes * 1e6;
/** Photos kept decoded, within what the settings allow; those on screen stay whatever it is. Bitmaps lie outside the JavaScript heap. */
const photos = new BitmapCache(budgetOf(usePreferences.getState().photoCacheMegabytes));
usePreferences.subscribe(({ photoCacheMegabytes }) => photos.setLimit(budgetOf(photoCacheMegabytes)));
const masks = new Map<RevisionId, Promise<TileState>>();

const detailOf = (widthPx: number, largest: ImageBitmap, isLast: boolean): Photo['detail'] => {
  if (largest.width >= widthPx) return 'full';
  return isLast ? 'reduced' : 'preview';
};

const load = async (asset: AssetRef, sidePx: number | null, isLast: boolean): Promise<Photo> => {
  const { levels, widthPx, heightPx } = await fetchPhoto({ kind: asset.kind, id: asset.id }, sidePx);
  return { widthPx, heightPx, levels, detail: detailOf(widthPx, present(levels[0], 'The decoded photo'), isLast) };
};

/** The photo as soon as anything can be shown: small ones whole, large ones as a preview that {@link wholePhotoOf} follows. */
export const photoOf = async (asset: Asset): Promise<Photo> => {
  const key = assetKey(asset);
  const whole = await photos.ifThere(`${key} whole`);
  if (whole !== null) return whole;
  const isSmall = asset.widthPx !== null && asset.heightPx !== null && asset.widthPx * asset.heightPx <= previewFromPixels;
  return isSmall ? wholePhotoOf(asset) : photos.get(`${key} preview`, key, () => load(asset, previewSidePx, false));
};

/** Whether a preview is as sharp as the photo at a zoom (device pixels per image pixel). */
export const isPreviewEnough = ({ widthPx, heightPx }: Asset, zoom: number): boolean => widthPx === null || heightPx === null || Math.max(widthPx, heightPx) * zoom <= previewSidePx;

/** Every pixel of it, or as many as can be shown. The size of a photo that nobody has looked at yet is learnt from its preview. */
export const wholePhotoOf = (asset: Asset): Promise<Photo> => {
  const key = assetKey(asset);
  return photos.get(`${key} whole`, key, async () => {
    const { widthPx, heightPx } = asset.widthPx !== null && asset.heightPx !== null ? { widthPx: asset.widthPx, heightPx: asset.heightPx } : await photoOf(asset);
    const pixels = widthPx * heightPx;
    const sidePx = pixels <= mostPixelsShown ? null : Math.floor(Math.max(widthPx, heightPx) * Math.sqrt(mostPixelsShown / pixels));
    return load(asset, sidePx, true);
  });
};

/** With every pixel of a photo on screen, its preview is of no more use (14 MB at 24 MP). */
export const dropPreviewOf = (asset: AssetRef): void => photos.drop(`${assetKey(asset)} preview`);

/** Says which photos are on screen. */
export const pinPhotos = (assets: readonly (AssetRef | null)[]): void => photos.pin(assets.filter((asset) => asset !== null).map(assetKey));

const remembered = <T>(known: Map<RevisionId, Promise<T>>, revisionId: RevisionId, most: number, fetch: (revisionId: RevisionId) => Promise<T>): Promise<T> => {
  const there = known.get(revisionId);
  if (there !== undefined) {
    known.delete(revisionId);
    known.set(revisionId, there);
    return there;
  }
  const loading = fetch(revisionId);
  known.set(revisionId, loading);
  loading.catch(() => known.delete(revisionId));
  const oldest = known.keys().next();
  if (known.size > most && oldest.done !== true) known.delete(oldest.value);
  return loading;
};

/** A revision's mask as the engine holds it; revisions never change, so what is known stays right. */
export const maskTilesOf = (revisionId: RevisionId): Promise<TileState> => remembered(masks, revisionId, mostMasks, fetchMaskTiles);

/** Mask RLE of a revision, as drafts and uploads are written. */
export const maskRleOf = (revisionId: RevisionId): Promise<Uint8Array> => fetchMaskRle(revisionId);

/**
 * Has photo and mask ready before they are asked for. What fails here fails again, and is said, when it is.
 * @param isWhole every pixel of large photos too, as for a person who works zoomed in
 */
export const preloadPixels = async (asset: Asset, isWhole: boolean): Promise<void> => {
  await Promise.allSettled([isWhole ? wholePhotoOf(asset) : photoOf(asset), ...(asset.headRevisionId === null ? [] : [maskTilesOf(asset.headRevisionId)])]);
};
