import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import type { AssetRef } from '../../domain/asset.ts';
import { exportFormatIds, type ExportFormatId, type ImportFormatId } from '../../domain/formatIds.ts';
import type { FormatOption, OptionValues } from '../../domain/formatOptions.ts';
import type { SnapshotId } from '../../domain/ids.ts';
import type { SplitChoice, SplitName } from '../../domain/maskSet.ts';
import { assetFilterSchema } from './queue.ts';
import { output, snapshotIdSchema } from './types.ts';

/** A format as the dialog shows it: shared/ports/exportFormat.ts without what it does. */
export interface ExportFormatInfo {
  readonly id: ExportFormatId;
  readonly label: string;
  readonly summary: string;
  readonly limits: readonly string[];
  readonly photos: 'always' | 'optional' | 'never';
  readonly hasCategories: boolean;
  readonly options: readonly FormatOption[];
  /** Null: it is for looking at, and can't be verified. */
  readonly readBack: ImportFormatId | null;
}

/** one: every mask is of this category · product: a category is a product. */
export type CategoryChoice = { readonly kind: 'one'; readonly name: string } | { readonly kind: 'product' };

/** ids: by the asset's id, with its kind · original: as the photo's own file is called, with its folders where two would have one name. */
export const fileNamings = ['ids', 'original'] as const;
export type FileNaming = (typeof fileNamings)[number];

export const exportPhases = ['writing', 'verifying'] as const;
export type ExportPhase = (typeof exportPhases)[number];

export type ExportProgress =
  /** First. ResumedAt: how many an interrupted run had written already; 0: from the start. Splits: what comes into each, which may be far from the shares where products hang together. Advice: what whoever uses the export must know or do. Empty: masks in which nothing is. ExportId: as in what is unfinished. */
  | { readonly kind: 'started'; readonly total: number; readonly resumedAt: number; readonly splits: readonly { readonly name: SplitName; readonly masks: number }[]; readonly advice: readonly string[]; readonly empty: number; readonly exportId: string }
  /** Done and total are masks of this phase; bytes: written so far. */
  | { readonly kind: 'progress'; readonly phase: ExportPhase; readonly done: number; readonly total: number; readonly bytes: number }
  /** What the format can't carry of one mask; the first 1000 are told, all are in the report. Iou: what remains, null: not measured. */
  | { readonly kind: 'loss'; readonly asset: AssetRef; readonly sentences: readonly string[]; readonly iou: number | null }
  /** Last: it is there whole. */
  | {
      readonly kind: 'finished';
      /** For people; a path or a url without secrets. */
      readonly location: string;
      /** The file with what is lost of each mask, as reading back found it (or as encoding said, without an IoU). */
      readonly report: string | null;
      readonly files: number;
      readonly bytes: number;
      readonly masks: number;
      /** Masks that the format carries with losses. */
      readonly lossy: number;
      readonly verified: boolean;
      /** Smallest IoU of what was read back with what was exported; null: not verified. */
      readonly leastIou: number | null;
    };

/** An export that was cancelled or interrupted and can go on where it stopped. */
export interface UnfinishedExport {
  readonly exportId: string;
  readonly snapshotId: SnapshotId;
  readonly setName: string;
  readonly number: number;
  readonly format: ExportFormatId;
  /** For people. */
  readonly location: string;
  readonly done: number;
  readonly total: number;
  readonly startedAtMs: number;
  /** Of this export: somebody (this window or another process) is at work on it. */
  readonly isRunning: boolean;
}

/** A name that is one step of a path on every system; what else a system refuses, its error says. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const oneName = /^(?!\.{1,2}$)[^/\\:*?"<>|\u0000-\u001f]+$/;

/** What the page may ask for: folders by the token of the system's dialog, never a path. */
export const exportTargetSchema = z.discriminatedUnion('kind', [
  /** A new folder of that name in the folder that was chosen (exports.chooseFolder). */
  z.object({ kind: z.literal('folder'), folderToken: z.string(), name: z.string().min(1).max(180).regex(oneName) }),
  /** The name is without its ending. */
  z.object({ kind: z.literal('zip'), folderToken: z.string(), name: z.string().min(1).max(180).regex(oneName) }),
  z.object({ kind: z.literal('s3'), url: z.string().max(1000).regex(/^s3:\/\/[^/]+\/.+/) }),
]);
export type ExportTargetRequest = z.infer<typeof exportTargetSchema>;

const share = z.number().min(0).max(1);
const splitSchema: z.ZodType<SplitChoice> = z.object({ shares: z.object({ train: share, val: share, test: share }), seed: z.int().min(0).max(2 ** 31 - 1) });
const optionsSchema: z.ZodType<OptionValues> = z.record(z.string().max(60), z.union([z.string().max(200), z.number(), z.boolean()]));
const categoriesSchema: z.ZodType<CategoryChoice> = z.discriminatedUnion('kind', [z.object({ kind: z.literal('one'), name: z.string().trim().min(1).max(100) }), z.object({ kind: z.literal('product') })]);

export const exportsContract = {
  formats: oc.output(output<readonly ExportFormatInfo[]>()),
  /** Asks the person with the system's dialog where exports go; null when it is closed. The location is for people: the path itself never comes back from the page. */
  chooseFolder: oc.output(output<{ readonly folderToken: string; readonly location: string } | null>()),
  /** What is at the target now. Errors: permission_denied, path_outside_root, not_found, blobs_unreachable. */
  look: oc.input(z.object({ target: exportTargetSchema })).output(output<{ readonly location: string; readonly standing: 'free' | 'export' | 'other' }>()),
  /** How many masks would come into each split. Errors: not_found. */
  divide: oc.input(z.object({ of: z.union([snapshotIdSchema, assetFilterSchema]), split: splitSchema })).output(output<readonly { readonly name: SplitName; readonly masks: number }[]>()),
  /**
   * Ends when the client goes away or cancels: what is written by then is kept for `resume`. Errors: target_exists, invalid_input, not_found, blob_missing, blob_corrupt,
   * photo_changed, verification_failed, disk_full, permission_denied, blobs_unreachable.
   */
  run: oc
    .input(
      z.object({
        snapshotId: snapshotIdSchema,
        format: z.enum(exportFormatIds),
        options: optionsSchema,
        withPhotos: z.boolean(),
        split: splitSchema.nullable(),
        categories: categoriesSchema,
        names: z.enum(fileNamings),
        target: exportTargetSchema,
        verify: z.boolean(),
        /** A finished export that stands there is replaced, when the new one is finished. */
        overwrite: z.boolean(),
        /** What another, unfinished export left at the target is thrown away. */
        restart: z.boolean(),
      }),
    )
    .output(eventIterator(output<ExportProgress>())),
  /** Newest first. */
  unfinished: oc.output(output<readonly UnfinishedExport[]>()),
  /** Goes on with an unfinished one; told as `run` is. Errors: not_found, and as run. */
  resume: oc.input(z.object({ exportId: z.string().max(200) })).output(eventIterator(output<ExportProgress>())),
  /** Throws away what an unfinished one has written. Errors: not_found. */
  discard: oc.input(z.object({ exportId: z.string().max(200) })).output(output<void>()),
  /** Shows the last finished export of this window in the system's file manager. Errors: not_found (none in a folder of this machine, or gone). */
  show: oc.output(output<void>()),
};
