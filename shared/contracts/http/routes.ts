import { asId, type ModelId, type Sha256 } from '../../domain/ids.ts';
import { assetKinds, type AssetKind, type AssetRef } from '../../domain/asset.ts';

/**
 * The app's own protocol: `maskdesk://app/...`. Files of the renderer live at the root; pixels under `/px/`. Routes carry ids, never paths.
 * `<id>` is written `~` and the percent-encoded id: an id may be `.` or `..`, which a URL would swallow as a path step.
 *
 * GET  /px/image/<kind>/<id>?side=N    upright sRGB photo, longest side at most N (absent: full size), with {@link imageSizeHeader}
 * GET  /px/thumb/<kind>/<id>           256 px WebP of the photo with the head's mask over it
 * GET  /px/mask/<revisionId>           the revision's mask, media type {@link maskRleMediaType}
 * GET  /px/matte/<revisionId>          the revision's soft coverage, media type {@link matteMediaType}, with {@link matteHeader}; 204 where none was kept
 * GET  /px/stored/<sha256>             a stored mask by its digest, same media type: what a version's prompts were joined with
 * GET  /px/draft/<kind>/<id>           the kept draft's mask, same media type, with {@link draftBaseHeader}, {@link draftPromptsHeader} and
 *                                      {@link draftMattesHeader}; 404 where there is none
 * PUT  /px/draft/<kind>/<id>?base=R&prompts=P&mattes=M   keeps a draft (body: mask RLE; P: rpc/promptRecord.ts, M: rpc/matteTrail.ts, both percent-encoded);
 *                                      DELETE drops it
 * GET  /px/history/<kind>/<id>         undo steps around the applied one, ?from=A&before=B others: records of shared/edits/historyLog.ts, with
 *                                      {@link historyHeader}; 404 where none are kept. PUT adds records, DELETE drops them
 * PUT  /px/upload/<kind>/<id>          stores a corrected mask as a blob (body: mask RLE) -> JSON {"maskSha256": "..."}, for review.approve
 * PUT  /px/uploadMatte/<kind>/<id>     stores soft coverage as a blob (body: shared/edits/matte.ts) -> JSON {"matteSha256": "..."}, for drafts and review.approve
 * GET  /px/matteTiles/<sha256>         a stored matte, media type {@link matteMediaType}
 * GET  /px/embedding/<key>             a prepared photo's embedding (shared/prompts/embeddingFile.ts), media type {@link embeddingMediaType}; 404: prepare it again
 * GET  /px/incoming/<inspection>/<picture>?side=small|large   a mask of a source over its photo before it comes in, WebP (rpc/maskImports.ts `pictures`)
 * GET  /px/decoder/~<model id>?v=S     the ONNX file of a prompt model's decoder (S: its sha256)
 */
export const protocolScheme = 'maskdesk';
export const appOrigin = `${protocolScheme}://app`;

/** On an answer with a draft: the revision that it was painted on; empty for none. */
export const draftBaseHeader = 'Maskdesk-Draft-Base';

/** On an answer with a draft that was prompted for: rpc/promptRecord.ts `encodePromptRecord`. */
export const draftPromptsHeader = 'Maskdesk-Draft-Prompts';

/** On an answer with a photo: how large the upright photo itself is, `6000x4000`, whatever was asked for. */
export const imageSizeHeader = 'Maskdesk-Image-Size';

/** On an answer with undo steps: the oldest kept, one past the newest, and how many are applied: `3 120 118`. */
export const historyHeader = 'Maskdesk-History';
export const historyMediaType = 'application/vnd.maskdesk.steps';

/** shared/mask/rleBinary.ts: width, height and row-major run lengths. */
export const maskRleMediaType = 'application/vnd.maskdesk.rle';

/** Soft coverage as shared/edits/matte.ts. */
export const matteMediaType = 'application/vnd.maskdesk.matte';

/** On an answer with a draft: rpc/matteTrail.ts `encodeMatteTrail`; absent for none. */
export const draftMattesHeader = 'Maskdesk-Draft-Mattes';

/** On an answer with a revision's matte: the digests of its file and of the revision's mask, `<sha256> <sha256>`. */
export const matteHeader = 'Maskdesk-Matte';

/** shared/prompts/embeddingFile.ts */
export const embeddingMediaType = 'application/vnd.maskdesk.embedding';
export const decoderMediaType = 'application/octet-stream';

export type PixelRoute =
  | { readonly name: 'image' | 'thumb' | 'draft' | 'history' | 'upload' | 'uploadMatte'; readonly asset: AssetRef }
  | { readonly name: 'mask' | 'matte'; readonly revisionId: string }
  | { readonly name: 'stored'; readonly maskSha256: string }
  | { readonly name: 'matteTiles'; readonly matteSha256: string }
  | { readonly name: 'incoming'; readonly inspectionId: string; readonly pictureId: string }
  | { readonly name: 'embedding'; readonly key: Sha256 }
  | { readonly name: 'decoder'; readonly modelId: ModelId };

const assetPath = (name: string, asset: AssetRef): string => `/px/${name}/${asset.kind}/~${encodeURIComponent(asset.id)}`;

/** @param version anything that changes with the picture, so that caches never show an old one */
export const imageUrl = (asset: AssetRef, maxSidePx?: number): string =>
  assetPath('image', asset) + (maxSidePx === undefined ? '' : `?side=${maxSidePx}`);
export const thumbUrl = (asset: AssetRef, version: string | number): string => `${assetPath('thumb', asset)}?v=${version}`;
/** @param beside prompts as rpc/promptRecord.ts encodes them, mattes as rpc/matteTrail.ts does */
export const draftUrl = (asset: AssetRef, baseRevisionId?: string | null, beside: { readonly prompts?: string | null; readonly mattes?: string | null } = {}): string => {
  const parts = [
    ...(baseRevisionId == null ? [] : [`base=${encodeURIComponent(baseRevisionId)}`]),
    ...(beside.prompts == null ? [] : [`prompts=${beside.prompts}`]),
    ...(beside.mattes == null ? [] : [`mattes=${beside.mattes}`]),
  ];
  return assetPath('draft', asset) + (parts.length === 0 ? '' : `?${parts.join('&')}`);
};
export const historyUrl = (asset: AssetRef, range?: { readonly from: number; readonly before: number }): string =>
  assetPath('history', asset) + (range === undefined ? '' : `?from=${range.from}&before=${range.before}`);
export const uploadUrl = (asset: AssetRef): string => assetPath('upload', asset);
export const uploadMatteUrl = (asset: AssetRef): string => assetPath('uploadMatte', asset);
export const matteTilesUrl = (matteSha256: string): string => `/px/matteTiles/${matteSha256}`;
export const matteUrl = (revisionId: string): string => `/px/matte/${encodeURIComponent(revisionId)}`;
export const storedMaskUrl = (maskSha256: Sha256): string => `/px/stored/${maskSha256}`;
export const embeddingUrl = (key: Sha256): string => `/px/embedding/${key}`;
export const decoderUrl = (modelId: ModelId, decoderSha256: Sha256): string => `/px/decoder/~${encodeURIComponent(modelId)}?v=${decoderSha256}`;
export const incomingUrl = (inspectionId: string, pictureId: string, side: 'small' | 'large'): string => `/px/incoming/${encodeURIComponent(inspectionId)}/${pictureId}?side=${side}`;
export const maskUrl = (revisionId: string): string => `/px/mask/${encodeURIComponent(revisionId)}`;

/** Null for anything that is not one of the routes above. Never throws. */
export const parsePixelRoute = (pathname: string): PixelRoute | null => {
  const segments = pathname.split('/');
  if (segments[0] !== '' || segments[1] !== 'px') return null;
  const [, , name, first, second, ...rest] = segments;
  if (rest.length > 0 || first === undefined) return null;
  try {
    if (name === 'mask' || name === 'matte') return second === undefined && first !== '' ? { name, revisionId: decodeURIComponent(first) } : null;
    if (name === 'stored') return second === undefined && /^[0-9a-f]{64}$/.test(first) ? { name, maskSha256: first } : null;
    if (name === 'incoming') return second !== undefined && /^[0-9a-f]{32}$/.test(second) && first !== '' ? { name, inspectionId: decodeURIComponent(first), pictureId: second } : null;
    if (name === 'embedding') return second === undefined && /^[0-9a-f]{64}$/.test(first) ? { name, key: asId(first) } : null;
    if (name === 'decoder') return second === undefined && /^~./.test(first) ? { name, modelId: asId(decodeURIComponent(first.slice(1))) } : null;
    if (name === 'matteTiles') return second === undefined && /^[0-9a-f]{64}$/.test(first) ? { name, matteSha256: first } : null;
    if (name !== 'image' && name !== 'thumb' && name !== 'draft' && name !== 'history' && name !== 'upload' && name !== 'uploadMatte') return null;
    if (!assetKinds.includes(first as AssetKind) || second === undefined || !/^~./.test(second)) return null;
    return { name, asset: { kind: first as AssetKind, id: asId(decodeURIComponent(second.slice(1))) } };
  } catch {
    return null; // malformed percent-encoding
  }
};
