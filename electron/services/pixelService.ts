import PQueue from 'p-queue';
import { sha256Hex } from '../base/hash.ts';
import { assetKey, type Asset } from '../../shared/domain/asset.ts';
import { maskBlobKey } from '../../shared/domain/blobKeys.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { areaPx } from '../../shared/mask/bitmap.ts';
import { encodeRle } from '../../shared/mask/rleBinary.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import type { ImageCodec, ImageInfo, MaskOrientation } from '../../shared/ports/imageCodec.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import { assetOrThrow } from './assetOrThrow.ts';
import { ByteCache } from './pixels/byteCache.ts';
import { parseSentMask, readRevisionMask } from './pixels/maskPixels.ts';
import { readMatteTiles, storeSentMatte } from './pixels/mattePixels.ts';
import { createSharedWork } from './pixels/sharedWork.ts';
import { readStoredMask } from './pixels/storedMask.ts';
import type { MaskFactsCache } from './review/maskFacts.ts';
import type { PixelService } from './services.ts';
import type { StrokeHistory } from './strokes/strokeHistory.ts';

export interface PixelServiceParts {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly codec: ImageCodec;
  /** Is told of uploads, so that approving one need not decode it. */
  readonly maskFacts: MaskFactsCache;
  /** Whose drafts are kept. */
  readonly reviewer: () => string;
  readonly strokes: StrokeHistory;
  /** How masks lie on photos that carry an EXIF rotation (architecture.md, Coordinates). Default exif. */
  readonly orientation?: MaskOrientation;
  /** For masks and thumbnails in memory. Default 64 MiB. */
  readonly cacheBytes?: number;
}

const thumbSidePx = 256;
const thumbMediaType = 'image/webp';
/** A screenful of thumbnails may not keep the photo of the next item from being decoded. */
const thumbsAtOnce = 2;

const webMediaTypes: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
};

const thumbKey = (asset: Asset): string => {
  const name = sha256Hex(`${assetKey(asset)}\n${asset.headRevisionId ?? ''}\n${asset.localPath}`);
  return `data/maskdesk/thumbs/${name.slice(0, 2)}/${name}.webp`;
};

export const createPixelService = (parts: PixelServiceParts): PixelService => {
  const { store, blobs, codec, maskFacts, reviewer, orientation = 'exif' } = parts;
  const cache = new ByteCache(parts.cacheBytes ?? 64 * 1024 * 1024);
  const thumbQueue = new PQueue({ concurrency: thumbsAtOnce });
  const once = createSharedWork<Uint8Array>();

  const photoOf = (asset: Asset): Promise<Uint8Array> => blobs.get(blobs.keyOfPath(asset.localPath));

  const sizeAsShown = ({ widthPx, heightPx, orientation: turnedAs }: ImageInfo): { widthPx: number; heightPx: number } =>
    orientation === 'stored' && turnedAs >= 5 ? { widthPx: heightPx, heightPx: widthPx } : { widthPx, heightPx };

  /** A pipeline's row has no size until somebody has looked at the file. */
  const sizeOf = async (asset: Asset): Promise<{ widthPx: number; heightPx: number }> => {
    if (asset.widthPx !== null && asset.heightPx !== null) return { widthPx: asset.widthPx, heightPx: asset.heightPx };
    const info = await codec.probe(await photoOf(asset));
    const size = sizeAsShown(info);
    await store.assets.setSize(asset, size.widthPx, size.heightPx);
    return size;
  };

  const makeThumb = async (asset: Asset): Promise<Uint8Array> => {
    const head = asset.headRevisionId === null ? null : await store.revisions.get(asset.headRevisionId);
    const mask = head === null ? null : await readStoredMask(blobs, head.maskSha256);
    return codec.overlayThumbnail(await photoOf(asset), mask, thumbSidePx, orientation);
  };

  return {
    image: async (ref, maxSidePx) => {
      const bytes = await photoOf(await assetOrThrow(store, ref));
      const info = await codec.probe(bytes);
      const mediaType = webMediaTypes[info.format];
      const fits = maxSidePx === null || Math.max(info.widthPx, info.heightPx) <= maxSidePx;
      const size = sizeAsShown(info);
      if (info.webReady && fits && mediaType !== undefined) return { bytes, mediaType, ...size };
      return { ...(await codec.preview(bytes, maxSidePx, orientation)), ...size };
    },

    thumb: async (ref) => {
      const asset = await assetOrThrow(store, ref);
      const key = thumbKey(asset);
      const known = cache.get(key);
      if (known !== null) return { bytes: known, mediaType: thumbMediaType };
      const bytes = await once(key, async () => {
        if (await blobs.has(key)) return blobs.get(key);
        const made = await thumbQueue.add(() => makeThumb(asset));
        await blobs.put(key, made);
        return made;
      });
      cache.set(key, bytes);
      return { bytes, mediaType: thumbMediaType };
    },

    maskRle: async (revisionId) => {
      const key = `mask:${revisionId}`;
      const known = cache.get(key);
      if (known !== null) return known;
      const rle = await once(key, async () => {
        const revision = await store.revisions.get(revisionId);
        if (revision === null) throw new ExpectedError('not_found', 'That version of the mask is not in this store.');
        return encodeRle(await readRevisionMask(revision, blobs, codec));
      });
      cache.set(key, rle);
      return rle;
    },

    storedMaskRle: (maskSha256) =>
      once(`stored:${maskSha256}`, async () => encodeRle(await codec.decodeMask(await readStoredMask(blobs, maskSha256)))),

    matte: async (revisionId) => {
      const revision = await store.revisions.get(revisionId);
      if (revision === null) throw new ExpectedError('not_found', 'That version of the mask is not in this store.');
      const { matteSha256, maskSha256 } = revision;
      return matteSha256 === null ? null : { bytes: await readMatteTiles(matteSha256, blobs, codec), matteSha256, maskSha256 };
    },

    draft: (ref) => store.drafts.get(ref, reviewer()),

    saveDraft: async (ref, baseRevisionId, maskRle, { prompts = null, mattes = null } = {}) => {
      const size = await sizeOf(await assetOrThrow(store, ref));
      parseSentMask(maskRle, size);
      await store.drafts.put({ asset: { kind: ref.kind, id: ref.id }, reviewer: reviewer(), baseRevisionId, ...size, maskRle, prompts, mattes });
    },

    removeDraft: (ref) => store.drafts.remove(ref, reviewer()),

    strokes: parts.strokes,

    uploadMask: async (ref, maskRle) => {
      const mask = parseSentMask(maskRle, await sizeOf(await assetOrThrow(store, ref)));
      const png = await codec.encodeMask(mask);
      const maskSha256 = sha256Hex(png);
      const key = maskBlobKey(maskSha256);
      await blobs.put(key, png);
      maskFacts.remember(maskSha256, { widthPx: mask.widthPx, heightPx: mask.heightPx, areaPx: areaPx(mask) });
      return { maskSha256 };
    },

    uploadMatte: async (ref, matte) => ({ matteSha256: await storeSentMatte(matte, await sizeOf(await assetOrThrow(store, ref)), blobs, codec) }),
    matteTiles: (matteSha256) => readMatteTiles(matteSha256, blobs, codec),
  };
};
