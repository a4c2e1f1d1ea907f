import type { Asset, AssetKind, AssetRef } from '../../shared/domain/asset.ts';
import type { MaskChecks } from '../../shared/domain/check.ts';
import type { AssetFilter } from '../../shared/domain/assetQuery.ts';
import type { BatchId, CommentId, JobId, ModelId, RevisionId, Sha256, TaskId, VerdictId } from '../../shared/domain/ids.ts';
import type { BatchProgress } from '../../shared/domain/intake.ts';
import type { PromptRecord } from '../../shared/domain/promptRecord.ts';
import type { RejectReason, Verdict } from '../../shared/domain/verdict.ts';
import type { Task, TaskBatch, TaskBatchKey, TaskPage, TaskState } from '../../shared/domain/task.ts';
import type { LeasePurpose } from '../../shared/domain/itemLease.ts';
import type { LeaseView } from '../../shared/contracts/rpc/leases.ts';
import type { NextItemQuery } from '../../shared/ports/store/itemLeaseStore.ts';
import type { Draft } from '../../shared/ports/store/draftStore.ts';
import type { CandidateOutcome } from '../../shared/ports/store/revisionStore.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { ModelStore } from '../../shared/ports/modelStore.ts';
import type { AppInfo, Settings, SettingsChange } from '../../shared/contracts/rpc/app.ts';
import type { AssetContext, Counterpart, Facets } from '../../shared/contracts/rpc/queue.ts';
import type { ImportProgress } from '../../shared/contracts/rpc/imports.ts';
import type { SegmentationStatus } from '../../shared/contracts/rpc/segmentation.ts';
import type { BulkProgress, BulkVerdict, MaskComparison, VerdictResult } from '../../shared/contracts/rpc/review.ts';
import type { Comment } from '../../shared/domain/comment.ts';
import type { Revision } from '../../shared/domain/revision.ts';
import type { AppEvents } from './appEvents.ts';
import type { ExportService } from './export/exportRequest.ts';
import type { OfflineService } from './offline/offlineService.ts';
import type { MaskImportService } from './maskImport/maskImportService.ts';
import type { DecidedVerdict } from './review/verdictGiver.ts';
import type { PromptService } from './prompts/promptService.ts';
import type { SetService } from './sets/setService.ts';
import type { StrokeHistory } from './strokes/strokeHistory.ts';

export interface Seen {
  readonly asset: AssetRef;
  /** The head revision that the person saw. */
  readonly expectedHead: RevisionId | null;
}

/** A mask that was uploaded before, with what belongs to it: soft coverage, and what a model was prompted with for it. */
export interface PaintedMask<Digest = Sha256 | null> {
  readonly maskSha256: Digest;
  /** Soft coverage that was made beside it, uploaded before. */
  readonly matteSha256?: Sha256 | null | undefined;
  readonly prompts?: PromptRecord | null | undefined;
}

export interface ReviewService {
  /** @param batchId marks it as one of many that can be undone together */
  approve(input: Seen & PaintedMask, batchId?: BatchId, decided?: DecidedVerdict): Promise<VerdictResult>;
  reject(input: Seen & { readonly reason: RejectReason; readonly note: string | null }, batchId?: BatchId, decided?: DecidedVerdict): Promise<VerdictResult>;
  reopen(input: Seen, decided?: DecidedVerdict): Promise<VerdictResult>;
  /** For an approval without a canvas. @throws ExpectedError has_draft where this reviewer has an unfinished edit of it */
  assertNoDraft(asset: AssetRef): Promise<void>;
  latest(): Promise<Verdict | null>;
  /** Keeps a mask that was painted as a version of its own, without a verdict. @throws ExpectedError mask_size_mismatch, not_found */
  keepVersion(input: Seen & PaintedMask<Sha256>): Promise<CandidateOutcome>;
  undo(input: { readonly verdictId?: VerdictId | undefined }): Promise<VerdictResult>;
}

/** Who reviews what, seen from this desk (ports/store/itemLeaseStore.ts). */
export interface ItemLeaseService {
  live(): Promise<readonly LeaseView[]>;
  /** @param leaving let go of in the same step */
  take(assets: readonly AssetRef[], purpose: LeasePurpose, leaving?: readonly AssetRef[]): Promise<readonly LeaseView[]>;
  takeNext(query: NextItemQuery, purpose: LeasePurpose, leaving?: readonly AssetRef[]): Promise<Asset | null>;
  /** @throws ExpectedError not_found */
  takeOver(asset: AssetRef): Promise<LeaseView | null>;
  release(assets: readonly AssetRef[]): Promise<void>;
  /** Gives everything back. */
  dispose(): Promise<void>;
}

/** One verdict on many assets, and its undo (review/bulkService.ts). Each yields progress and ends with `finished`, also when stopped. */
export interface BulkService {
  /** When the store itself fails (store_locked, disk_full ...) `finished` says so: what was judged by then stands, under the batch's id. */
  judge(items: readonly Seen[], verdict: BulkVerdict, signal?: AbortSignal): AsyncIterable<BulkProgress>;
  /** @throws ExpectedError nothing_to_undo, and as judge */
  undo(batchId: BatchId, signal?: AbortSignal): AsyncIterable<BulkProgress>;
  /** Stops what is going on under that id between two items. @returns whether there was something */
  stop(batchId: BatchId): boolean;
}

/** Looks at masks in the background (shared/checks). */
export interface CheckService {
  /** Null: being looked at; an assetsChanged event follows. Those of an older version are told until the new ones are there. @throws ExpectedError not_found, or why the mask could not be checked */
  of(revisionId: RevisionId): Promise<MaskChecks | null>;
  /** Heads as somebody has read them: another one later on is a change that relatives' checks may have to follow. */
  noteHeads(assets: readonly Asset[]): void;
  /** What somebody has on screen and is not checked yet is checked next, in this order. */
  lookedAt(heads: readonly RevisionId[]): void;
  /** Resolves when the heads of these assets are checked, as far as they can be, or at the signal. */
  complete(assets: readonly AssetRef[], signal?: AbortSignal): Promise<void>;
  /** Resolves when there is nothing left that this process should check. */
  idle(): Promise<void>;
}

/** Measures masks of one picture against each other. */
export interface ComparisonService {
  /** @throws ExpectedError not_found, mask_size_mismatch, blob_missing, blob_corrupt */
  compare(a: RevisionId, b: RevisionId): Promise<MaskComparison>;
  /** Measures, in the background and one after the other, what these lack against their parents, keeps it, and says that the asset changed. */
  measureLater(revisions: readonly Revision[]): void;
}

/** Comments, written as this host's reviewer. Texts are trimmed; empty ones are refused (invalid_input). Answers are the asset's whole list. */
export interface CommentService {
  list(asset: AssetRef): Promise<readonly Comment[]>;
  add(input: { readonly asset: AssetRef; readonly revisionId: RevisionId | null; readonly pointImagePx: Comment['pointImagePx']; readonly text: string }): Promise<readonly Comment[]>;
  /** @throws ExpectedError not_found, permission_denied, invalid_input */
  edit(commentId: CommentId, text: string): Promise<readonly Comment[]>;
  /** @throws ExpectedError not_found */
  resolve(commentId: CommentId, resolved: boolean): Promise<readonly Comment[]>;
  /** @throws ExpectedError not_found, permission_denied */
  remove(commentId: CommentId): Promise<readonly Comment[]>;
}

export interface QueueService {
  /** What the filters could be set to, with names for people. */
  facets(filter: AssetFilter): Promise<Facets>;
  /** @throws ExpectedError not_found */
  context(asset: AssetRef): Promise<AssetContext>;
  /** What it could be compared with, at most 100: matches first. @throws ExpectedError not_found */
  counterparts(asset: AssetRef, text: string): Promise<readonly Counterpart[]>;
}

export interface SegmentationChoice {
  readonly modelId?: ModelId | undefined;
  readonly threshold?: number | undefined;
  readonly wantMatte?: boolean | undefined;
}

export interface SegmentationRequest extends SegmentationChoice {
  /** Absent: everything that has no mask. */
  readonly assets?: readonly AssetRef[] | undefined;
  /** Of everything that has no mask, one kind alone. */
  readonly kind?: AssetKind | undefined;
  /** Stops what is in hand and takes what this run has queued out of the queue. */
  readonly signal?: AbortSignal | undefined;
}

export type SegmentationProgress =
  /** First. Total: what was queued now, and what was queued already for the same assets. */
  | { readonly kind: 'queued'; readonly added: number; readonly total: number }
  /** A task that is done, failed or cancelled, whoever worked on it. */
  | { readonly kind: 'ended'; readonly task: Task }
  /** Last; also when stopped. Left: still queued or running, with the reason in the status' notice where there is one. */
  | { readonly kind: 'finished'; readonly done: number; readonly failed: number; readonly cancelled: number; readonly left: number };

export type TaskChoice = { readonly taskIds: readonly TaskId[] } | { readonly batch: TaskBatchKey };

export interface SegmentationService {
  start(choice?: SegmentationChoice): Promise<{ readonly added: number }>;
  /** The batch's id is for undoing the re-run as one. */
  rerun(assets: readonly AssetRef[], choice?: SegmentationChoice): Promise<{ readonly added: number; readonly batchId: BatchId }>;
  /** Cancels what is left of a re-run and puts back the heads that its results replaced, where no person has taken the asset in hand since. */
  undoRerun(batchId: BatchId): Promise<{ readonly cancelled: number; readonly restored: number }>;
  /** Stays so over restarts. */
  setPaused(paused: boolean): Promise<SegmentationStatus>;
  /** At the start of a host with background work: what a crash or a quit interrupted goes on, unless a person had paused it. */
  goOn(): Promise<SegmentationStatus>;
  /** Everything, single tasks, or what was put in line in one go; what is in hand here stops, what others have in hand goes on. */
  cancel(which?: TaskChoice): Promise<{ readonly cancelled: number }>;
  /** Failed tasks are tried again, ahead of the background work; absent: all of them. Obstacles are tried again too. */
  retry(taskIds?: readonly TaskId[]): Promise<{ readonly retried: number }>;
  /** See TaskStore.page. */
  tasks(request: { readonly state: TaskState; readonly offset: number; readonly limit: number }): Promise<TaskPage>;
  /** What is unfinished and what ended last, by what was put in line in one go; newest first. */
  batches(): Promise<readonly TaskBatch[]>;
  prioritise(assets: readonly AssetRef[]): Promise<void>;
  status(): Promise<SegmentationStatus>;
  failures(): Promise<readonly Task[]>;
  /** Calls back at each change; returns a function that stops it. */
  onChange(listener: () => void): () => void;
  /**
   * Queues work, sees it to its end and tells each task as it ends; ends early when nobody can do the rest. With assets named, nothing else
   * is taken up for it. For the command line.
   * @throws ExpectedError model_unknown; with assets named also model_missing, model_corrupt
   */
  run(request?: SegmentationRequest): AsyncIterable<SegmentationProgress>;
  /** Works the queue off; resolves when there is nothing that this process can do, or at the signal. */
  idle(signal?: AbortSignal): Promise<void>;
}

export interface ImportRequest {
  readonly folder: string;
  /** Of the folder only these files and folders (paths inside it, forward slashes); absent: all of it. */
  readonly only?: readonly string[] | undefined;
  readonly kind: 'products' | 'keyframes';
  readonly jobId?: JobId | undefined;
  /** CSV or JSONL that names files and ids; found in the folder as mapping.csv or mapping.jsonl when absent. */
  readonly mappingFile?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ImportService {
  /** Yields progress and ends with `finished` (also when cancelled). @throws ExpectedError file_unreadable, invalid_input */
  run(request: ImportRequest): AsyncIterable<ImportProgress>;
}

/** Pixels for the app's protocol (shared/contracts/http/routes.ts). */
export interface PixelService {
  /** Width and height are the upright photo's own, whatever size was asked for. */
  image(asset: AssetRef, maxSidePx: number | null): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string; readonly widthPx: number; readonly heightPx: number }>;
  thumb(asset: AssetRef): Promise<{ readonly bytes: Uint8Array; readonly mediaType: string }>;
  /** Mask as shared/mask/rleBinary.ts. @throws ExpectedError not_found, blob_missing, blob_corrupt */
  maskRle(revisionId: RevisionId): Promise<Uint8Array>;
  /** A stored mask by its digest, as that which prompts were joined with. @throws ExpectedError blob_missing, blob_corrupt */
  storedMaskRle(maskSha256: Sha256): Promise<Uint8Array>;
  /** A revision's soft coverage as shared/edits/matte.ts, with the digests of its file and of its mask; null where none was kept. @throws ExpectedError not_found, blob_missing */
  matte(revisionId: RevisionId): Promise<{ readonly bytes: Uint8Array; readonly matteSha256: Sha256; readonly maskSha256: Sha256 } | null>;
  /** The kept draft and the head that it was painted on. */
  draft(asset: AssetRef): Promise<Pick<Draft, 'maskRle' | 'baseRevisionId' | 'prompts' | 'mattes'> | null>;
  /** @param beside prompts, and mattes that were uploaded before */
  saveDraft(asset: AssetRef, baseRevisionId: RevisionId | null, maskRle: Uint8Array, beside?: Partial<Pick<Draft, 'prompts' | 'mattes'>>): Promise<void>;
  removeDraft(asset: AssetRef): Promise<void>;
  /** Undo steps that are beyond what the window keeps in memory. */
  readonly strokes: StrokeHistory;
  /** Stores a corrected mask as a revision blob. @throws ExpectedError mask_size_mismatch, invalid_input */
  uploadMask(asset: AssetRef, maskRle: Uint8Array): Promise<{ readonly maskSha256: Sha256 }>;
  /** Stores soft coverage (shared/edits/matte.ts) as a blob. @throws ExpectedError mask_size_mismatch, invalid_input */
  uploadMatte(asset: AssetRef, matte: Uint8Array): Promise<{ readonly matteSha256: Sha256 }>;
  /** A stored matte as shared/edits/matte.ts. @throws ExpectedError blob_missing, image_unreadable */
  matteTiles(matteSha256: Sha256): Promise<Uint8Array>;
}

/** What a path is asked for; the system's dialog says so. The last one asks for a file, the others for a folder. */
export type PathPurpose = 'pictures' | 'exports' | 'auditTrail' | 'maskFolder' | 'maskFile';

/** Paths that the person chose in this session's dialogs: the renderer holds tokens, never paths. */
export interface HostDialogs {
  /** Null: the dialog was closed without a choice. */
  choosePath(purpose: PathPurpose): Promise<string | null>;
  /** Shows a file or a folder in the system's file manager. */
  showInFolder(path: string): void;
}

/** What belongs to this person at this machine, whatever the store. */
export interface PreferenceService {
  /** Null where nothing is kept. */
  get(key: string): Promise<unknown>;
  /** @param value JSON; null removes the key */
  set(key: string, value: unknown): Promise<void>;
}

export interface SettingsService {
  read(): Settings;
  /** @throws ExpectedError model_unknown, invalid_input, permission_denied, disk_full */
  change(change: SettingsChange): Promise<Settings>;
}

/** What hosts and handlers work with; createApp puts it together. */
export interface Services {
  readonly store: Store;
  readonly models: ModelStore;
  readonly review: ReviewService;
  readonly bulk: BulkService;
  readonly itemLeases: ItemLeaseService;
  /** Work while the store is away, and its return. */
  readonly offline: OfflineService;
  readonly comparison: ComparisonService;
  readonly comments: CommentService;
  readonly queue: QueueService;
  readonly checks: CheckService;
  readonly segmentation: SegmentationService;
  readonly imports: ImportService;
  readonly maskImports: MaskImportService;
  /** Snapshots of sets, out. */
  readonly exports: ExportService;
  readonly sets: SetService;
  readonly pixels: PixelService;
  readonly prompts: PromptService;
  readonly events: AppEvents;
  readonly settings: SettingsService;
  readonly preferences: PreferenceService;
  /** Who gives verdicts now: may change while the app runs, read it each time. */
  readonly reviewer: string;
  /** What that person's leases are held under (leaseOwner.ts). */
  readonly leaseOwner: string;
  /** Makes the demo in the open store; told as an import is. @throws ExpectedError invalid_input where the store holds other pictures */
  fillDemo(signal?: AbortSignal): AsyncIterable<ImportProgress>;
  /** How far the pipeline's jobs are, whoever works on them. @throws ExpectedError store_* */
  pipelineBatches(): Promise<readonly BatchProgress[]>;
  /** Approved masks that wait to be published are tried again at once. */
  publishNow(): void;
  info(): Promise<AppInfo>;
}
