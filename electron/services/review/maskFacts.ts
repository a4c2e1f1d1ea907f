import { readStoredMask } from '../pixels/storedMask.ts';
import { areaPx } from '../../../shared/mask/bitmap.ts';
import { maskBlobKey } from '../../../shared/domain/blobKeys.ts';
import type { Sha256 } from '../../../shared/domain/ids.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { ImageCodec } from '../../../shared/ports/imageCodec.ts';

export interface MaskFacts {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly areaPx: number;
}

/** Size and area of stored masks. An upload is remembered, so that approving it a moment later need not decode 24 MP again. */
export interface MaskFactsCache {
  remember(maskSha256: Sha256, facts: MaskFacts): void;
  /** @throws ExpectedError blob_missing, blob_corrupt, image_unreadable */
  of(maskSha256: Sha256): Promise<MaskFacts>;
}

const maxRemembered = 500;

export const createMaskFacts = (blobs: BlobStore, codec: ImageCodec): MaskFactsCache => {
  const known = new Map<Sha256, MaskFacts>();
  const remember = (maskSha256: Sha256, facts: MaskFacts): void => {
    known.set(maskSha256, facts);
    const [oldest] = known.keys();
    if (known.size > maxRemembered && oldest !== undefined) known.delete(oldest);
  };
  return {
    remember,
    of: async (maskSha256) => {
      const remembered = known.get(maskSha256);
      if (remembered !== undefined && (await blobs.has(maskBlobKey(maskSha256)))) return remembered;
      const mask = await codec.decodeMask(await readStoredMask(blobs, maskSha256));
      const facts = { widthPx: mask.widthPx, heightPx: mask.heightPx, areaPx: areaPx(mask) };
      remember(maskSha256, facts);
      return facts;
    },
  };
};
