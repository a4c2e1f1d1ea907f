import type { CategoryChoice, ExportFormatInfo, ExportProgress, FileNaming, UnfinishedExport } from '../../../shared/contracts/rpc/exports.ts';
import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import type { ExportFormatId } from '../../../shared/domain/formatIds.ts';
import type { OptionValues } from '../../../shared/domain/formatOptions.ts';
import type { SetId, SnapshotId } from '../../../shared/domain/ids.ts';
import type { SplitChoice, SplitName } from '../../../shared/domain/maskSet.ts';
import type { TargetPlace } from '../../../shared/domain/targetPlace.ts';
import type { TargetStanding } from '../../../shared/ports/exportTarget.ts';

export interface ExportRequest {
  readonly snapshotId: SnapshotId;
  readonly format: ExportFormatId;
  /** What is left out is the format's own choice. */
  readonly options: OptionValues;
  /** Asked for; a format that makes no sense without photos takes them all the same. */
  readonly withPhotos: boolean;
  /** Null: not split. */
  readonly split: SplitChoice | null;
  readonly categories: CategoryChoice;
  /** What files of an item are called. */
  readonly names: FileNaming;
  readonly target: TargetPlace;
  /** Read back and compared before it counts. */
  readonly verify: boolean;
  /** Replaces a finished export, when this one is finished. */
  readonly overwrite: boolean;
  /** Throws away what another, unfinished export left at the target. */
  readonly restart: boolean;
}

export interface ExportService {
  /** In the order of the dialog. */
  formats(): readonly ExportFormatInfo[];
  /**
   * Would what is frozen of a set next be refused for its choices or its target? Asked before it is frozen, so that a refusal leaves no snapshot behind; what only the
   * masks can tell comes later. @throws ExpectedError as run
   */
  check(request: Omit<ExportRequest, 'snapshotId'>, setId: SetId): Promise<void>;
  /** How many masks each split would have, before anything is frozen or written. @throws ExpectedError not_found, invalid_input; CancelledError */
  divide(of: AssetFilter | SnapshotId, split: SplitChoice, signal?: AbortSignal): Promise<readonly { readonly name: SplitName; readonly masks: number }[]>;
  /** What is at a place. @throws ExpectedError permission_denied, path_outside_root, blobs_unreachable, invalid_input */
  look(place: TargetPlace): Promise<{ readonly location: string; readonly standing: TargetStanding }>;
  /**
   * Writes a snapshot; goes on where an interrupted run of the same export stopped. Ends with `finished`, or throws; what is written by then is kept for
   * the next run. @throws ExpectedError format_unknown, invalid_input, not_found, target_exists, blob_missing, blob_corrupt, photo_changed, verification_failed, disk_full,
   * permission_denied, blobs_unreachable; CancelledError
   */
  run(request: ExportRequest, signal?: AbortSignal): AsyncIterable<ExportProgress>;
  /** Goes on with an unfinished one; told as `run` is. @throws ExpectedError not_found, and as run */
  resume(exportId: string, signal?: AbortSignal): AsyncIterable<ExportProgress>;
  /** Those of this machine, newest first. */
  unfinished(): Promise<readonly UnfinishedExport[]>;
  /** Throws away what an unfinished one has written. @throws ExpectedError not_found, target_exists (at work) */
  discard(exportId: string): Promise<void>;
}
