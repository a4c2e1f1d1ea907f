import { maskBlobKey, matteBlobKey } from '../../../shared/domain/blobKeys.ts';
import { asId, type ModelId, type RevisionId } from '../../../shared/domain/ids.ts';
import type { MaskPart } from '../../../shared/domain/maskPart.ts';
import type { CandidateOutcome } from '../../../shared/ports/store/revisionStore.ts';
import type { ModelRun, NewRevision } from '../../../shared/domain/revision.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { ExpectedError, isExpected, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { areaPx } from '../../../shared/mask/bitmap.ts';
import type { BlobStore } from '../../../shared/ports/blobStore.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { ImageCodec, MaskOrientation } from '../../../shared/ports/imageCodec.ts';
import type { PartResult, Segmenter } from '../../../shared/ports/segmenter.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { sha256Hex } from '../../base/hash.ts';
import { askedForPriority } from './priorities.ts';
import { revisionIdOf } from './workIdentity.ts';

export interface SegmentAssetParts {
  readonly store: Pick<Store, 'assets' | 'revisions'>;
  readonly blobs: Pick<BlobStore, 'get' | 'put' | 'has' | 'keyOfPath' | 'assertReachable'>;
  readonly codec: Pick<ImageCodec, 'encodeMask' | 'encodeMatte'>;
  readonly segmenterOf: (modelId: ModelId) => Promise<Segmenter>;
  readonly clock: Clock;
  /** How a mask lies on a photo that carries a rotation (architecture.md, Coordinates). */
  readonly orientation: MaskOrientation;
}

/** Blobs are named by their content: bytes that are there need not be written again. */
const keep = async (blobs: SegmentAssetParts['blobs'], key: string, bytes: Uint8Array): Promise<void> => {
  if (!(await blobs.has(key))) await blobs.put(key, bytes);
};

/** What one photo may be to blame for, and all alike where their disk or bucket has gone. */
const ofOnePhoto: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['permission_denied', 'blob_missing', 'file_unreadable']);

/** A photo that may not be read is that photo's trouble, once the others can be; a folder that may not be written is everybody's, and keeps its code. */
export const readPhoto = async (blobs: SegmentAssetParts['blobs'], localPath: string): Promise<Uint8Array> => {
  try {
    return await blobs.get(blobs.keyOfPath(localPath));
  } catch (error) {
    if (isExpected(error) && ofOnePhoto.has(error.code)) await blobs.assertReachable();
    throw isExpected(error, 'permission_denied') ? new ExpectedError('file_unreadable', error.message, { cause: error }) : error;
  }
};

const keepPart = async ({ mask, ...part }: PartResult, { blobs, codec }: SegmentAssetParts): Promise<MaskPart> => {
  const png = await codec.encodeMask(mask);
  const maskSha256 = sha256Hex(png);
  await keep(blobs, maskBlobKey(maskSha256), png);
  return { ...part, maskSha256 };
};

/** What whoever asks has at hand already. */
export interface GivenInput {
  readonly photo: Uint8Array;
  /** Of the revision to come: the same for the same work, so that done twice it is kept once. */
  readonly revisionId: RevisionId;
}

/**
 * One task from photo to candidate. The blobs are safe on disk before the revision names them.
 * @throws ExpectedError as segmenters and blob stores do, not_found when the asset has gone; CancelledError
 */
export const segmentAsset = async (task: Task, parts: SegmentAssetParts, signal: AbortSignal, given?: GivenInput): Promise<{ outcome: CandidateOutcome; run: ModelRun }> => {
  const { blobs, codec, clock } = parts;
  const { assets, revisions } = parts.store;
  const { modelId, threshold, wantMatte } = task.parameters;
  const segmenter = await parts.segmenterOf(modelId);
  const asset = await assets.get(task.asset);
  if (asset === null) throw new ExpectedError('not_found', `${task.asset.id} is not in the store any more.`);
  const photo = given?.photo ?? (await readPhoto(blobs, asset.localPath));
  const { mask, matte, run, parts: made = [] } = await segmenter.segment(photo, { threshold, wantMatte, orientation: parts.orientation, signal });
  const { widthPx, heightPx } = mask;
  const png = await codec.encodeMask(mask);
  const maskSha256 = sha256Hex(png);
  const mattePng = matte === null ? null : await codec.encodeMatte(widthPx, heightPx, matte);
  const matteSha256 = mattePng === null ? null : sha256Hex(mattePng);
  throwIfCancelled(signal);
  await keep(blobs, maskBlobKey(maskSha256), png);
  if (mattePng !== null && matteSha256 !== null) await keep(blobs, matteBlobKey(matteSha256), mattePng);
  const kept: MaskPart[] = [];
  for (const part of made) kept.push(await keepPart(part, parts));
  if (asset.widthPx !== widthPx || asset.heightPx !== heightPx) await assets.setSize(task.asset, widthPx, heightPx);
  // Work that was done, and whose claim its process could not end, comes to the same revision the next time. Who asks again by hand wants a new one.
  const isAskedFor = task.priority >= askedForPriority;
  const workId = (): RevisionId => revisionIdOf({ asset: task.asset, photoSha256: sha256Hex(photo), parameters: task.parameters, weightsSha256: segmenter.weightsSha256 });
  const candidate: NewRevision = {
    revisionId: given?.revisionId ?? (isAskedFor ? asId<RevisionId>(clock.uuid()) : workId()),
    asset: task.asset,
    parentId: asset.headRevisionId,
    maskSha256,
    matteSha256,
    widthPx,
    heightPx,
    areaPx: areaPx(mask),
    origin: 'model',
    author: modelId,
    model: run,
    prompts: null,
    ...(kept.length === 0 ? {} : { parts: kept }),
  };
  const outcome = await revisions.addCandidate(candidate, task.taskId);
  return { outcome, run };
};
