import { z } from 'zod';
import {
  decoderMediaType,
  draftBaseHeader,
  draftMattesHeader,
  draftPromptsHeader,
  embeddingMediaType,
  historyHeader,
  historyMediaType,
  imageSizeHeader,
  maskRleMediaType,
  matteHeader,
  matteMediaType,
  parsePixelRoute,
  type PixelRoute,
} from '../../shared/contracts/http/routes.ts';
import { decodeMatteTrail, encodeMatteTrail } from '../../shared/contracts/rpc/matteTrail.ts';
import { decodePromptRecord, encodePromptRecord } from '../../shared/contracts/rpc/promptRecord.ts';
import { pictureSides } from '../../shared/contracts/rpc/maskImports.ts';
import { assetIdSchema, revisionIdSchema, sha256Schema } from '../../shared/contracts/rpc/types.ts';
import type { AssetRef } from '../../shared/domain/asset.ts';
import { asId } from '../../shared/domain/ids.ts';
import type { MatteTrailRecord } from '../../shared/domain/matteTrailRecord.ts';
import type { PromptRecord } from '../../shared/domain/promptRecord.ts';
import { encodeError } from '../../shared/errors/codec.ts';
import type { ErrorCode } from '../../shared/errors/codes.ts';
import { ExpectedError, isExpected } from '../../shared/errors/errors.ts';
import type { MaskImportService } from '../services/maskImport/maskImportService.ts';
import type { PromptService } from '../services/prompts/promptService.ts';
import type { PixelService } from '../services/services.ts';

/** A request of the app's protocol, host-free: an Electron main process or a web server passes it on. */
export interface PixelRequest {
  readonly method: string;
  /** Path and query: `/px/image/keyframe/f1?side=800`. */
  readonly path: string;
  readonly body: Uint8Array | null;
}

export interface PixelAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: Uint8Array;
  readonly cacheControl: string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a decoder in the window reads. */
export type PromptFiles = Pick<PromptService, 'embeddingFile' | 'decoderFile'>;

export interface PixelSources {
  readonly pixels: PixelService;
  readonly prompts: PromptFiles;
  readonly maskImports: Pick<MaskImportService, 'picture'>;
}

/** A mask never changes under its revision's id, a thumbnail's URL has its version in it; everything else is asked for again. */
const forEver = 'private, max-age=31536000, immutable';
const never = 'no-store';
const largestSidePx = 20_000;

const json = (status: number, value: unknown): PixelAnswer => ({
  status,
  mediaType: 'application/json',
  body: new TextEncoder().encode(JSON.stringify(value)),
  cacheControl: never,
});
const nothing: PixelAnswer = { status: 204, mediaType: 'text/plain', body: new Uint8Array(), cacheControl: never };
const pixels = (mediaType: string, body: Uint8Array, cacheControl: string): PixelAnswer => ({ status: 200, mediaType, body, cacheControl });

const statusOf: Partial<Record<ErrorCode, number>> = {
  not_found: 404,
  blob_missing: 404,
  model_unknown: 404,
  model_missing: 404,
  invalid_input: 400,
  mask_size_mismatch: 409,
  image_too_large: 413,
  image_unsupported: 415,
  image_unreadable: 422,
  path_outside_root: 403,
};

const sideSchema = z.coerce.number().int().min(1).max(largestSidePx).nullable();

const parse = <T>(schema: z.ZodType<T>, value: unknown, what: string): T => {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new ExpectedError('invalid_input', `${what} is not valid.`, { cause: parsed.error });
  return parsed.data;
};

const bodyOf = (request: PixelRequest, what = 'A mask'): Uint8Array => {
  if (request.body === null || request.body.length === 0) throw new ExpectedError('invalid_input', `${what} was expected, nothing was sent.`);
  return request.body;
};

/** What a pane takes at once when it opens an item: dozens of strokes at 24 MP. */
const historyPageBytes = 512 * 1024;
const stepSchema = z.coerce.number().int().min(0).max(2 ** 32 - 1).nullable();

const answerHistory = async ({ strokes }: PixelService, asset: AssetRef, query: URLSearchParams): Promise<PixelAnswer> => {
  const from = parse(stepSchema, query.get('from'), 'The step');
  const before = parse(stepSchema, query.get('before'), 'The step');
  const page = from === null || before === null ? await strokes.around(asset, historyPageBytes) : await strokes.range(asset, from, before);
  if (page === null) return json(404, encodeError(new ExpectedError('not_found', 'No undo steps are kept.')));
  return { ...pixels(historyMediaType, page.records, never), headers: { [historyHeader]: `${page.first} ${page.end} ${page.applied}` } };
};

type KeptDraft = NonNullable<Awaited<ReturnType<PixelService['draft']>>>;

const draftHeaders = ({ baseRevisionId, prompts, mattes }: KeptDraft): Readonly<Record<string, string>> => ({
  [draftBaseHeader]: baseRevisionId ?? '',
  ...(prompts === null ? {} : { [draftPromptsHeader]: encodePromptRecord(prompts) }),
  ...(mattes === null ? {} : { [draftMattesHeader]: encodeMatteTrail(mattes) }),
});

const promptsIn = (query: URLSearchParams): PromptRecord | null => {
  const text = query.get('prompts');
  if (text === null) return null;
  // The query has been decoded once already.
  const prompts = decodePromptRecord(encodeURIComponent(text));
  if (prompts === null) throw new ExpectedError('invalid_input', 'The prompts are not valid.');
  return prompts;
};

const mattesIn = (query: URLSearchParams): MatteTrailRecord | null => {
  const text = query.get('mattes');
  if (text === null) return null;
  const mattes = decodeMatteTrail(encodeURIComponent(text));
  if (mattes === null) throw new ExpectedError('invalid_input', 'The mattes are not valid.');
  return mattes;
};

const answerAsset = async (
  service: PixelService,
  route: Extract<PixelRoute, { asset: unknown }>,
  request: PixelRequest,
  query: URLSearchParams,
): Promise<PixelAnswer | null> => {
  const asset = { kind: route.asset.kind, id: parse(assetIdSchema, route.asset.id, 'The id') };
  switch (`${request.method} ${route.name}`) {
    case 'GET image': {
      const { bytes, mediaType, widthPx, heightPx } = await service.image(asset, parse(sideSchema, query.get('side'), 'The size'));
      return { ...pixels(mediaType, bytes, never), headers: { [imageSizeHeader]: `${widthPx}x${heightPx}` } };
    }
    case 'GET thumb': {
      const { bytes, mediaType } = await service.thumb(asset);
      return pixels(mediaType, bytes, forEver);
    }
    case 'GET draft': {
      const draft = await service.draft(asset);
      if (draft === null) return json(404, encodeError(new ExpectedError('not_found', 'No draft is kept.')));
      return { ...pixels(maskRleMediaType, draft.maskRle, never), headers: draftHeaders(draft) };
    }
    case 'PUT draft':
      await service.saveDraft(asset, parse(revisionIdSchema.nullable(), query.get('base'), 'The revision'), bodyOf(request), {
        prompts: promptsIn(query),
        mattes: mattesIn(query),
      });
      return nothing;
    case 'DELETE draft':
      await service.removeDraft(asset);
      return nothing;
    case 'GET history':
      return answerHistory(service, asset, query);
    case 'PUT history':
      await service.strokes.append(asset, bodyOf(request, 'A step'));
      return nothing;
    case 'DELETE history':
      await service.strokes.remove(asset);
      return nothing;
    case 'PUT upload':
      return json(200, await service.uploadMask(asset, bodyOf(request)));
    case 'PUT uploadMatte':
      return json(200, await service.uploadMatte(asset, bodyOf(request, 'A matte')));
    default:
      return null;
  }
};

/** Answers always: what goes wrong becomes a status and the error as JSON (shared/errors/codec.ts). Ids come in, never paths. */
export const answerPixelRequest = async ({ pixels: service, prompts, maskImports }: PixelSources, request: PixelRequest): Promise<PixelAnswer> => {
  try {
    const url = new URL(request.path, 'http://core');
    const route = parsePixelRoute(url.pathname);
    if (route === null) return json(404, encodeError(new ExpectedError('not_found', 'There is no such picture.')));
    if ('asset' in route) {
      const answer = await answerAsset(service, route, request, url.searchParams);
      return answer ?? json(405, encodeError(new ExpectedError('invalid_input', `${request.method} is not for ${route.name}.`)));
    }
    if (request.method !== 'GET') return json(405, encodeError(new ExpectedError('invalid_input', 'Masks are read-only.')));
    if (route.name === 'embedding') return pixels(embeddingMediaType, await prompts.embeddingFile(route.key), never);
    if (route.name === 'incoming') {
      const picture = maskImports.picture(route.inspectionId, route.pictureId, parse(z.enum(pictureSides), url.searchParams.get('side') ?? 'small', 'The size'));
      return picture === null ? json(404, encodeError(new ExpectedError('not_found', 'That picture is not kept any more.'))) : pixels('image/webp', picture, forEver);
    }
    if (route.name === 'decoder') return pixels(decoderMediaType, await prompts.decoderFile(route.modelId), forEver);
    if (route.name === 'stored') return pixels(maskRleMediaType, await service.storedMaskRle(asId(route.maskSha256)), forEver);
    if (route.name === 'matteTiles') return pixels(matteMediaType, await service.matteTiles(parse(sha256Schema, route.matteSha256, 'The matte')), forEver);
    const revisionId = parse(revisionIdSchema, route.revisionId, 'The revision');
    if (route.name === 'matte') {
      const matte = await service.matte(revisionId);
      return matte === null ? nothing : { ...pixels(matteMediaType, matte.bytes, forEver), headers: { [matteHeader]: `${matte.matteSha256} ${matte.maskSha256}` } };
    }
    return pixels(maskRleMediaType, await service.maskRle(revisionId), forEver);
  } catch (error) {
    const status = isExpected(error) ? (statusOf[error.code] ?? 500) : 500;
    return json(status, encodeError(error));
  }
};
