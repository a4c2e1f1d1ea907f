import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { AssetKind, AssetRef } from '../../../shared/domain/asset.ts';
import { asId, type EventId, type JobId } from '../../../shared/domain/ids.ts';
import type { Comment } from '../../../shared/domain/comment.ts';
import { matteTrailSchema } from '../../../shared/contracts/rpc/matteTrail.ts';
import { importOriginSchema } from '../../../shared/contracts/rpc/importOrigin.ts';
import { maskPartsSchema } from '../../../shared/contracts/rpc/maskPart.ts';
import { promptRecordSchema } from '../../../shared/contracts/rpc/promptRecord.ts';
import type { ImportOrigin } from '../../../shared/domain/importOrigin.ts';
import type { MaskPart } from '../../../shared/domain/maskPart.ts';
import type { MatteTrailRecord } from '../../../shared/domain/matteTrailRecord.ts';
import type { PromptRecord } from '../../../shared/domain/promptRecord.ts';
import type { Publication } from '../../../shared/domain/publication.ts';
import type { ModelRun, NewRevision, Revision } from '../../../shared/domain/revision.ts';
import type { SegmentParameters, Task } from '../../../shared/domain/task.ts';
import type { Verdict } from '../../../shared/domain/verdict.ts';
import type { Schema } from './schema.ts';

/** Database rows as domain values and back. Ids in our own tables are trusted; JSON is parsed strictly. */
const refOf = (row: { asset_kind: AssetKind; asset_id: string }): AssetRef => ({ kind: row.asset_kind, id: asId(row.asset_id) });

const modelRunOf = (row: Selectable<Schema['maskdesk_revisions']>): ModelRun | null =>
  row.model_id === null
    ? null
    : {
        modelId: asId(row.model_id),
        weightsSha256: asId(row.weights_sha256 ?? ''),
        threshold: row.threshold ?? 0,
        executionProvider: row.execution_provider ?? '',
        inferenceMs: row.inference_ms ?? 0,
        confidence: row.confidence,
      };

/** A newer Maskdesk may have written more than this one knows: then the mask is there without its prompts. */
export const promptsOf = (json: string | null): PromptRecord | null => (json === null ? null : (promptRecordSchema.safeParse(JSON.parse(json)).data ?? null));

export const mattesOf = (json: string | null): MatteTrailRecord | null => (json === null ? null : (matteTrailSchema.safeParse(JSON.parse(json)).data ?? null));

/** As {@link promptsOf}: parts of a newer Maskdesk are left out, the mask stands without them. */
export const partsOf = (json: string): readonly MaskPart[] => maskPartsSchema.safeParse(JSON.parse(json)).data ?? [];

/** As {@link promptsOf}. */
const importOriginOf = (json: string): ImportOrigin | null => importOriginSchema.safeParse(JSON.parse(json)).data ?? null;

export const revisionOf = (row: Selectable<Schema['maskdesk_revisions']>): Revision => ({
  revisionId: asId(row.revision_id),
  asset: refOf(row),
  parentId: row.parent_id === null ? null : asId(row.parent_id),
  maskSha256: asId(row.mask_sha256),
  matteSha256: row.matte_sha256 === null ? null : asId(row.matte_sha256),
  widthPx: row.width_px,
  heightPx: row.height_px,
  areaPx: row.area_px,
  origin: row.origin,
  author: row.author,
  model: modelRunOf(row),
  prompts: promptsOf(row.prompts),
  ...(row.parts === null ? {} : { parts: partsOf(row.parts) }),
  ...(row.import_origin === null ? {} : { importOrigin: importOriginOf(row.import_origin) }),
  createdAtMs: row.created_at_ms,
  iouToParent: row.iou_to_parent,
});

export const revisionRow = (revision: NewRevision, createdAtMs: number): Omit<Selectable<Schema['maskdesk_revisions']>, 'sequence' | 'batch_id' | 'replaced_head_id' | 'import_id'> => ({
  revision_id: revision.revisionId,
  asset_kind: revision.asset.kind,
  asset_id: revision.asset.id,
  parent_id: revision.parentId,
  mask_sha256: revision.maskSha256,
  matte_sha256: revision.matteSha256,
  width_px: revision.widthPx,
  height_px: revision.heightPx,
  area_px: revision.areaPx,
  origin: revision.origin,
  author: revision.author,
  model_id: revision.model?.modelId ?? null,
  weights_sha256: revision.model?.weightsSha256 ?? null,
  threshold: revision.model?.threshold ?? null,
  execution_provider: revision.model?.executionProvider ?? null,
  inference_ms: revision.model?.inferenceMs ?? null,
  confidence: revision.model?.confidence ?? null,
  prompts: revision.prompts === null ? null : JSON.stringify(revision.prompts),
  parts: revision.parts === undefined || revision.parts.length === 0 ? null : JSON.stringify(revision.parts),
  import_origin: revision.importOrigin == null ? null : JSON.stringify(revision.importOrigin),
  created_at_ms: createdAtMs,
  iou_to_parent: null,
});

export const verdictOf = (row: Selectable<Schema['maskdesk_verdicts']>): Verdict => ({
  verdictId: asId(row.verdict_id),
  asset: refOf(row),
  revisionId: row.revision_id === null ? null : asId(row.revision_id),
  kind: row.verdict,
  reason: row.reason,
  note: row.note,
  reviewer: row.reviewer,
  undoesVerdictId: row.undoes_verdict_id === null ? null : asId(row.undoes_verdict_id),
  batchId: row.batch_id === null ? null : asId(row.batch_id),
  createdAtMs: row.created_at_ms,
});

export const commentOf = (row: Selectable<Schema['maskdesk_comments']>): Comment => ({
  commentId: asId(row.comment_id),
  asset: refOf(row),
  revisionId: row.revision_id === null ? null : asId(row.revision_id),
  pointImagePx: row.x_px === null || row.y_px === null ? null : { xPx: row.x_px, yPx: row.y_px },
  author: row.author,
  text: row.text,
  createdAtMs: row.created_at_ms,
  editedAtMs: row.edited_at_ms,
  resolvedAtMs: row.resolved_at_ms,
  resolvedBy: row.resolved_by,
});

const plannedEvents = z.array(z.strictObject({ eventId: z.custom<EventId>(isString), jobId: z.custom<JobId>(isString) }));

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

export const publicationOf = (row: Selectable<Schema['maskdesk_publications']>): Publication => ({
  publicationId: asId(row.publication_id),
  sequence: row.sequence,
  asset: refOf(row),
  revisionId: row.revision_id === null ? null : asId(row.revision_id),
  maskSha256: row.mask_sha256 === null ? null : asId(row.mask_sha256),
  stablePath: row.stable_path,
  rank: row.rank,
  events: plannedEvents.parse(JSON.parse(row.events)),
  state: row.state,
});

const segmentParameters = z.strictObject({ modelId: z.string(), threshold: z.number(), wantMatte: z.boolean() });

/** Equal parameters are equal text: which tasks are the same is decided by it. */
export const parametersText = ({ modelId, threshold, wantMatte }: SegmentParameters): string =>
  JSON.stringify({ modelId, threshold, wantMatte });

export const taskOf = (row: Selectable<Schema['maskdesk_jobs']>): Task => ({
  taskId: asId(row.task_id),
  asset: refOf(row),
  parameters: segmentParameters.parse(JSON.parse(row.parameters)) as SegmentParameters,
  state: row.state,
  priority: row.priority,
  reason: row.reason,
  errorCode: row.error_code,
  createdAtMs: row.created_at_ms,
  finishedAtMs: row.finished_at_ms,
});
