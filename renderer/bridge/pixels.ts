import { decodeMatteTrail, encodeMatteTrail } from '../../shared/contracts/rpc/matteTrail.ts';
import { decodePromptRecord, encodePromptRecord } from '../../shared/contracts/rpc/promptRecord.ts';
import {
  draftBaseHeader,
  draftMattesHeader,
  draftPromptsHeader,
  draftUrl,
  imageSizeHeader,
  imageUrl,
  maskRleMediaType,
  maskUrl,
  matteHeader,
  matteMediaType,
  matteTilesUrl,
  matteUrl,
  storedMaskUrl,
  uploadMatteUrl,
  uploadUrl,
} from '../../shared/contracts/http/routes.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { asId, type RevisionId, type Sha256 } from '../../shared/domain/ids.ts';
import type { MatteTrailRecord } from '../../shared/domain/matteTrailRecord.ts';
import type { PromptRecord } from '../../shared/domain/promptRecord.ts';
import type { TileState } from '../../shared/edits/tileState.ts';
import { present } from '../../shared/errors/errors.ts';
import { decodeMaskTiles, decodePhoto } from './decoders.ts';
import { fromPixelResponse } from './errors.ts';

const request = async (url: string, init?: RequestInit): Promise<Response> => {
  const response = await fetch(url, init);
  if (!response.ok) throw await fromPixelResponse(response);
  return response;
};

export interface FetchedPhoto {
  /** Largest first, see renderer/workers/levels.ts. */
  readonly levels: readonly ImageBitmap[];
  /** Of the photo itself. */
  readonly widthPx: number;
  readonly heightPx: number;
}

const sizeOf = (response: Response, largest: ImageBitmap): { widthPx: number; heightPx: number } => {
  const [widthPx, heightPx] = (response.headers.get(imageSizeHeader) ?? '').split('x').map(Number);
  return widthPx !== undefined && heightPx !== undefined && widthPx > 0 && heightPx > 0 ? { widthPx, heightPx } : { widthPx: largest.width, heightPx: largest.height };
};

/** Decoded by a worker. `maxSidePx` null: full size. @throws ExpectedError as services.ts PixelService, RangeError for what a browser can't read */
export const fetchPhoto = async (asset: AssetRef, maxSidePx: number | null, signal?: AbortSignal): Promise<FetchedPhoto> => {
  const response = await request(imageUrl(asset, maxSidePx ?? undefined), { ...(signal === undefined ? {} : { signal }) });
  const levels = await decodePhoto(await response.blob());
  return { levels, ...sizeOf(response, present(levels[0], 'The decoded photo')) };
};

/** Soft coverage of a revision (shared/edits/matte.ts) with the digests of its file and of the revision's mask; null where none was kept. */
export const fetchRevisionMatte = async (revisionId: RevisionId): Promise<{ readonly bytes: Uint8Array; readonly matteSha256: Sha256; readonly maskSha256: Sha256 } | null> => {
  const response = await request(matteUrl(revisionId));
  if (response.status === 204) return null;
  const [matteSha256, maskSha256] = present(response.headers.get(matteHeader), 'What matte it is').split(' ');
  return {
    bytes: new Uint8Array(await response.arrayBuffer()),
    matteSha256: asId<Sha256>(present(matteSha256, 'The digest of the matte')),
    maskSha256: asId<Sha256>(present(maskSha256, 'The digest of its mask')),
  };
};

/** A revision's mask as the engine holds it, decoded by a worker. */
export const fetchMaskTiles = async (revisionId: RevisionId): Promise<TileState> => {
  const response = await request(maskUrl(revisionId));
  return decodeMaskTiles(new Uint8Array(await response.arrayBuffer()));
};

/** A stored mask by its digest, as {@link fetchMaskTiles}. */
export const fetchStoredMaskTiles = async (maskSha256: Sha256): Promise<TileState> => {
  const response = await request(storedMaskUrl(maskSha256));
  return decodeMaskTiles(new Uint8Array(await response.arrayBuffer()));
};

/** Its RLE (shared/mask/rleBinary.ts). */
export const fetchStoredMaskRle = async (maskSha256: Sha256): Promise<Uint8Array> => new Uint8Array(await (await request(storedMaskUrl(maskSha256))).arrayBuffer());

/** Mask RLE (shared/mask/rleBinary.ts) of a revision. */
export const fetchMaskRle = async (revisionId: RevisionId, signal?: AbortSignal): Promise<Uint8Array> => {
  const response = await request(maskUrl(revisionId), { ...(signal === undefined ? {} : { signal }) });
  return new Uint8Array(await response.arrayBuffer());
};

export interface KeptDraft {
  readonly rle: Uint8Array;
  /** What it was prompted with. */
  readonly prompts: PromptRecord | null;
  /** Soft coverage beside it and along its undo steps. */
  readonly mattes: MatteTrailRecord | null;
  /** The head that it was painted on. */
  readonly baseRevisionId: RevisionId | null;
}

/** The kept draft; null where there is none. */
export const fetchDraft = async (asset: AssetRef): Promise<KeptDraft | null> => {
  const response = await fetch(draftUrl(asset));
  if (response.status === 404) return null;
  if (!response.ok) throw await fromPixelResponse(response);
  const base = response.headers.get(draftBaseHeader);
  const prompts = response.headers.get(draftPromptsHeader);
  const mattes = response.headers.get(draftMattesHeader);
  return {
    rle: new Uint8Array(await response.arrayBuffer()),
    prompts: prompts === null ? null : decodePromptRecord(prompts),
    mattes: mattes === null ? null : decodeMatteTrail(mattes),
    baseRevisionId: base === null || base === '' ? null : asId<RevisionId>(base),
  };
};

const maskBody = (maskRle: Uint8Array, method: string): RequestInit => ({
  method,
  headers: { 'Content-Type': maskRleMediaType },
  body: new Uint8Array(maskRle),
});

/** @param beside what it was prompted with, and mattes that were uploaded before */
export const saveDraft = async (
  asset: AssetRef,
  baseRevisionId: RevisionId | null,
  maskRle: Uint8Array,
  { prompts, mattes }: { readonly prompts: PromptRecord | null; readonly mattes: MatteTrailRecord | null },
): Promise<void> => {
  await request(draftUrl(asset, baseRevisionId, { prompts: prompts === null ? null : encodePromptRecord(prompts), mattes: mattes === null ? null : encodeMatteTrail(mattes) }), maskBody(maskRle, 'PUT'));
};

export const removeDraft = async (asset: AssetRef): Promise<void> => {
  await request(draftUrl(asset), { method: 'DELETE' });
};

/** Stores a corrected mask; its digest is what `review.approve` is given. */
export const uploadMask = async (asset: AssetRef, maskRle: Uint8Array): Promise<Sha256> => {
  const response = await request(uploadUrl(asset), maskBody(maskRle, 'PUT'));
  return ((await response.json()) as { maskSha256: Sha256 }).maskSha256;
};

/** Stores soft coverage (shared/edits/matte.ts); its digest is what drafts and `review.approve` are given. */
export const uploadMatte = async (asset: AssetRef, matte: Uint8Array): Promise<Sha256> => {
  const response = await request(uploadMatteUrl(asset), { method: 'PUT', headers: { 'Content-Type': matteMediaType }, body: new Uint8Array(matte) });
  return ((await response.json()) as { matteSha256: Sha256 }).matteSha256;
};

/** A stored matte as shared/edits/matte.ts. */
export const fetchMatteBytes = async (matteSha256: Sha256): Promise<Uint8Array> => new Uint8Array(await (await request(matteTilesUrl(matteSha256))).arrayBuffer());
