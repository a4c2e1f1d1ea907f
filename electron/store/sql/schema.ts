import type { Generated, GeneratedAlways } from 'kysely';
import type { AssetKind, AssetState } from '../../../shared/domain/asset.ts';
import type { CommentChange } from '../../../shared/domain/audit.ts';
import type { LeasePurpose } from '../../../shared/domain/itemLease.ts';
import type { AuditTrailKind } from '../../../shared/domain/auditTrail.ts';
import type { CheckId } from '../../../shared/domain/check.ts';
import type { InboxState, IntakeAssetState, MessageKind } from '../../../shared/domain/intake.ts';
import type { PublicationRank, PublicationState } from '../../../shared/domain/publication.ts';
import type { BesideState, RevisionOrigin } from '../../../shared/domain/revision.ts';
import type { TaskState } from '../../../shared/domain/task.ts';
import type { RejectReason, VerdictKind } from '../../../shared/domain/verdict.ts';

/**
 * Tables as our queries see them. Of the pipeline's tables only the columns that every installation has; what is not listed here is
 * never read or written.
 */
export interface Schema {
  jobs: { job_id: string; industry: string };
  products: {
    product_id: string;
    src: string;
    asin_or_itemid: string;
    title: string | null;
    brand: string | null;
    url: string | null;
    marketplace: string;
    job_id: string | null;
  };
  product_images: { img_id: string; product_id: string | null; local_path: string; masked_local_path: string | null };
  videos: { video_id: string; platform: string; url: string; title: string | null };
  video_frames: { frame_id: string; video_id: string | null; ts: number; local_path: string; masked_local_path: string | null };
  job_videos: { job_id: string; video_id: string; platform: string | null };
  matches: {
    match_id: string;
    job_id: string;
    product_id: string | null;
    video_id: string | null;
    best_img_id: string | null;
    best_frame_id: string | null;
    ts: number | null;
    score: number;
    status: string | null;
  };

  maskdesk_migrations: { version: number; name: string; applied_at: string };
  maskdesk_assets: {
    kind: AssetKind;
    id: string;
    /** product_id or video_id; empty where the pipeline's row has none. */
    parent_id: string;
    state: AssetState;
    width_px: number | null;
    height_px: number | null;
    source_sha256: string | null;
    head_revision_id: string | null;
    head_model_id: string | null;
    head_area_share: number | null;
    confidence: number | null;
    /** Of the head's checks; null, 0 and empty where there are none yet. */
    suspicion: number | null;
    top_check: CheckId | null;
    check_value: string | null;
    /** See checkFlags.ts. */
    check_flags: Generated<number>;
    checks_version: Generated<number>;
    /** Computed from state, suspicion and confidence. */
    worst_key: Generated<number>;
    reason: string | null;
    /** Who gave the approval or the rejection that stands. */
    reviewer: string | null;
    /** Kept by triggers on maskdesk_drafts. */
    has_draft: Generated<number>;
    updated_at_ms: number;
  };
  /** How many assets there are of each combination, '' for null; kept by triggers. */
  maskdesk_asset_groups: {
    kind: AssetKind;
    state: AssetState;
    head_model_id: string;
    reviewer: string;
    /** Of a rejection alone. */
    reason: string;
    has_draft: number;
    check_flags: number;
    total: number;
  };
  maskdesk_revisions: {
    sequence: Generated<number>;
    revision_id: string;
    asset_kind: AssetKind;
    asset_id: string;
    parent_id: string | null;
    mask_sha256: string;
    matte_sha256: string | null;
    width_px: number;
    height_px: number;
    area_px: number;
    origin: RevisionOrigin;
    author: string;
    model_id: string | null;
    weights_sha256: string | null;
    threshold: number | null;
    execution_provider: string | null;
    inference_ms: number | null;
    confidence: number | null;
    created_at_ms: number;
    iou_to_parent: number | null;
    /** JSON: PromptRecord */
    prompts: string | null;
    /** JSON: MaskPart[]; null where it was not put together. */
    parts: string | null;
    /** The re-run that it was made in, and the head that it took the place of. */
    batch_id: string | null;
    replaced_head_id: string | null;
    /** JSON: ImportOrigin */
    import_origin: string | null;
    import_id: string | null;
  };
  /** Imports of masks. */
  maskdesk_mask_imports: {
    sequence: Generated<number>;
    import_id: string;
    imported_by: string;
    source: string;
    format: string;
    masks: number;
    created_at_ms: number;
    undone_at_ms: number | null;
    undone_by: string | null;
  };
  /** Masks of imports that came in beside a person's work. */
  maskdesk_import_waits: {
    revision_id: string;
    import_id: string;
    asset_kind: AssetKind;
    asset_id: string;
    /** Null: it waits. */
    decision: Exclude<BesideState, 'waiting'> | null;
    decided_by: string | null;
    decided_at_ms: number | null;
  };
  maskdesk_checks: {
    revision_id: string;
    version: number;
    /** JSON: CheckResult[] */
    results: string;
    suspicion: number;
  };
  maskdesk_verdicts: {
    sequence: Generated<number>;
    verdict_id: string;
    asset_kind: AssetKind;
    asset_id: string;
    revision_id: string | null;
    verdict: VerdictKind;
    reason: RejectReason | null;
    note: string | null;
    reviewer: string;
    undoes_verdict_id: string | null;
    /** What came of it, so that the same verdict recorded again gets the same answer. */
    head_after: string | null;
    publication_id: string | null;
    created_at_ms: number;
    batch_id: string | null;
    /** 1 once an undo names it; kept by a trigger. */
    taken_back: Generated<number>;
    /** Of the model whose mask was judged, or corrected before. */
    judged_model_id: string | null;
    /** 1: approved as a person had changed it. */
    is_corrected: number;
    /** product_id or video_id of the asset. */
    parent_id: string | null;
  };
  maskdesk_publications: {
    sequence: Generated<number>;
    publication_id: string;
    asset_kind: AssetKind;
    asset_id: string;
    revision_id: string | null;
    mask_sha256: string | null;
    stable_path: string;
    rank: PublicationRank;
    /** JSON: PlannedEvent[] */
    events: string;
    state: PublicationState;
    attempts: number;
    last_error: string | null;
    created_at_ms: number;
    finished_at_ms: number | null;
  };
  maskdesk_outbox: {
    sequence: Generated<number>;
    event_id: string;
    topic: string;
    /** JSON object */
    payload: string;
    correlation_id: string;
    created_at_ms: number;
    sent_at_ms: number | null;
  };
  /** Imports whose photos' files may lie about without a row. */
  maskdesk_begun_imports: { import_id: string; expires_at_ms: number; is_abandoned: Generated<number> };
  /** What an import made that was not there. */
  maskdesk_import_additions: {
    import_id: string;
    what: AssetKind | 'product' | 'video' | 'job_video' | 'job';
    id: string;
    /** Of a job_video: the job. */
    parent_id: Generated<string>;
    taken_back_at_ms: number | null;
  };
  maskdesk_leases: { resource: string; owner: string; expires_at_ms: number };
  /** Who reviews what; of one that has ended the row may still be there. */
  /** Stable paths on which an attempt may still land. */
  maskdesk_placements: {
    asset_kind: AssetKind;
    asset_id: string;
    stable_path: string;
    begun_at_ms: number;
    /** 1: an attempt on it was left without an answer. */
    is_unsettled: number;
    looks: number;
    next_look_at_ms: number;
  };
  maskdesk_item_leases: {
    asset_kind: AssetKind;
    asset_id: string;
    owner: string;
    reviewer: string;
    purpose: LeasePurpose;
    since_ms: number;
    expires_at_ms: number;
  };
  /** Rows are added, most by triggers, and never changed. */
  maskdesk_audit: {
    sequence: Generated<number>;
    at_ms: number;
    who: string | null;
    kind: AuditTrailKind;
    asset_kind: AssetKind | null;
    asset_id: string | null;
    /** JSON object */
    details: string;
  };
  maskdesk_settings: { key: string; value: string };
  maskdesk_jobs: {
    sequence: Generated<number>;
    task_id: string;
    asset_kind: AssetKind;
    asset_id: string;
    /** JSON: SegmentParameters, always with its fields in the same order, so that equal ones are equal text. */
    parameters: string;
    state: TaskState;
    priority: number;
    owner: string | null;
    reason: string | null;
    created_at_ms: number;
    finished_at_ms: number | null;
    /** Of a running task; null counts as past. */
    claim_expires_at_ms: number | null;
    error_code: string | null;
    batch_id: string | null;
    /** Computed from the parameters. */
    model_id: GeneratedAlways<string>;
  };
  maskdesk_drafts: {
    kind: AssetKind;
    asset_id: string;
    reviewer: string;
    base_revision_id: string | null;
    width_px: number;
    height_px: number;
    mask_rle: Uint8Array;
    /** JSON: MatteTrailRecord */
    mattes: string | null;
    saved_at_ms: number;
    /** JSON: PromptRecord */
    prompts: string | null;
  };
  maskdesk_comments: {
    sequence: Generated<number>;
    comment_id: string;
    asset_kind: AssetKind;
    asset_id: string;
    revision_id: string | null;
    x_px: number | null;
    y_px: number | null;
    author: string;
    text: string;
    created_at_ms: number;
    edited_at_ms: number | null;
    resolved_at_ms: number | null;
    resolved_by: string | null;
    removed_at_ms: number | null;
  };
  /** What happened to comments; rows are added and never changed, save that a removed comment's text is blank. */
  maskdesk_comment_events: {
    sequence: Generated<number>;
    comment_id: string;
    change: CommentChange;
    who: string;
    at_ms: number;
    /** As it read after this change. */
    text: string;
  };
  maskdesk_head_moves: {
    sequence: Generated<number>;
    asset_kind: AssetKind;
    asset_id: string;
    from_revision_id: string | null;
    to_revision_id: string;
    /** What stood before, for taking it back. */
    state_before: AssetState;
    reason_before: string | null;
    /** Sequence of the asset's last verdict then; 0 for none. */
    last_verdict: number;
    moved_by: string | null;
    created_at_ms: number;
    undone_at_ms: number | null;
  };
  maskdesk_inbox: {
    message_id: string;
    dedup_key: string;
    kind: MessageKind;
    job_id: string;
    /** product_id or video_id; null for batch messages. */
    parent_id: string | null;
    incoming_event_id: string | null;
    /** Of the event that answers; null for batch messages. */
    event_id: string | null;
    correlation_id: string;
    /** JSON object */
    unknown_fields: string;
    state: InboxState;
    dead_reason: string | null;
    accepted_at_ms: number;
    touched_at_ms: number;
    settled_at_ms: number | null;
  };
  maskdesk_inbox_assets: {
    message_id: string;
    position: number;
    asset_kind: AssetKind;
    asset_id: string;
    local_path: string;
    timestamp_s: number | null;
    /** JSON object */
    unknown_fields: string;
    state: IntakeAssetState;
    wants_proposal: Generated<number>;
    source_sha256: string | null;
    /** The publication that will settle it. */
    publication_id: string | null;
    mask_path: string | null;
    error_code: string | null;
    reason: string | null;
    settled_at_ms: number | null;
  };
  maskdesk_batches: {
    job_id: string;
    kind: AssetKind;
    event_id: string;
    /** JSON object: of the batch message. */
    unknown_fields: string;
    expected: number | null;
    /** Distinct assets, by what became of them. */
    arrived: Generated<number>;
    stored: Generated<number>;
    failed: Generated<number>;
    first_seen_at_ms: number;
    last_activity_at_ms: number;
    sent_at_ms: number | null;
    sent_total: number | null;
    /** The message whose settlement completed it; null: the time-out did, or it is not complete. */
    completed_by: string | null;
    is_timed_out: Generated<number>;
  };
  maskdesk_sets: {
    sequence: Generated<number>;
    set_id: string;
    name: string;
    /** What two names may not have in common; null: removed. */
    name_key: string | null;
    /** JSON: AssetFilter */
    filter: string;
    created_by: string;
    created_at_ms: number;
    removed_at_ms: Generated<number | null>;
  };
  /** Rows are sealed by their digest and never change from then on. */
  maskdesk_snapshots: {
    sequence: Generated<number>;
    snapshot_id: string;
    set_id: string;
    set_name: string;
    number: number;
    /** JSON: AssetFilter */
    filter: string;
    created_by: string;
    created_at_ms: number;
    entry_count: Generated<number>;
    total_area_px: Generated<number>;
    /** Empty until it is sealed, which is in the same transaction. */
    digest: Generated<string>;
  };
  /** `snapshot` is the sequence of its row, here and below. */
  maskdesk_snapshot_entries: {
    snapshot: number;
    position: number;
    revision_sequence: number;
    verdict_sequence: number | null;
    state: AssetState;
    rejections: number;
    local_path: string;
    /** product_id or video_id; empty where the pipeline's row had none. */
    parent_id: string;
    title: string | null;
    timestamp_s: number | null;
    job_id: string | null;
  };
  maskdesk_snapshot_links: { snapshot: number; product_id: string; video_id: string };
  maskdesk_snapshot_photos: { snapshot: number; asset_kind: AssetKind; asset_id: string; photo_sha256: string };
  maskdesk_batch_assets: { job_id: string; kind: AssetKind; asset_id: string; state: IntakeAssetState };
}
