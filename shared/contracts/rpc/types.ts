import { z } from 'zod';
import { assetKinds, assetStates, type AssetRef } from '../../domain/asset.ts';
import { maxIdLength, type AssetId, type CommentId, type BatchId, type JobId, type ModelId, type ProductId, type RevisionId, type SetId, type Sha256, type SnapshotId, type TaskId, type VerdictId, type VideoId } from '../../domain/ids.ts';
import { rejectReasons } from '../../domain/verdict.ts';

/** Zod pieces that the contracts of all domains share. Inputs are checked in full; outputs are ours and only typed. */
const id = <Id extends string>() => z.custom<Id>((value) => typeof value === 'string' && value.length > 0 && value.length <= maxIdLength);

export const assetIdSchema = id<AssetId>();
export const jobIdSchema = id<JobId>();
export const productIdSchema = id<ProductId>();
export const videoIdSchema = id<VideoId>();
export const modelIdSchema = id<ModelId>();
export const revisionIdSchema = id<RevisionId>();
export const commentIdSchema = id<CommentId>();
export const verdictIdSchema = id<VerdictId>();
export const taskIdSchema = id<TaskId>();
export const batchIdSchema = id<BatchId>();
export const setIdSchema = id<SetId>();
export const snapshotIdSchema = id<SnapshotId>();
export const sha256Schema = z.custom<Sha256>((value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));
export const assetRefSchema: z.ZodType<AssetRef> = z.object({ kind: z.enum(assetKinds), id: assetIdSchema });
export const assetStateSchema = z.enum(assetStates);
export const rejectReasonSchema = z.enum(rejectReasons);
export const thresholdSchema = z.number().min(0).max(1);

/** An output that our own code makes: typed, not checked again. */
export const output = <T>() => z.custom<T>(() => true);
