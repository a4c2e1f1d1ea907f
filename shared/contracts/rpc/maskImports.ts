import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import type { AssetRef } from '../../domain/asset.ts';
import { importFormatIds, type ImportFormatId } from '../../domain/formatIds.ts';
import type { ImportId } from '../../domain/ids.ts';
import type { MaskImport } from '../../domain/maskImport.ts';
import {
  brokenChoices,
  categoryUses,
  crowdChoices,
  emptyChoices,
  matchWays,
  otherPhotoChoices,
  otherSizeChoices,
  severalChoices,
  unclearChoices,
  unknownChoices,
  workedOnChoices,
  type ImportDecisions,
  type MatchWay,
  type SomeDecisions,
} from '../../domain/importDecisions.ts';
import type { UndoneImport } from '../../domain/importUndone.ts';
import { assetRefSchema, jobIdSchema, output, revisionIdSchema } from './types.ts';

/** Complete in number; of the things themselves the first 50. */
export interface Findings<T> {
  readonly count: number;
  readonly examples: readonly T[];
}

/** An image of the source. */
export interface ImageExample {
  /** From 0: what decisions call it by. */
  readonly image: number;
  /** As the other tool names the photo. */
  readonly file: string;
  /** Where it is told of. */
  readonly place: string;
}

export interface MatchedImage extends ImageExample {
  readonly asset: AssetRef;
  readonly way: MatchWay | 'chosen';
}

export interface UnclearImage extends ImageExample {
  /** Assets that it could belong to; the one that several images claim. At most 20. */
  readonly candidates: readonly AssetRef[];
  /** Another image wants the same asset. */
  readonly isRival: boolean;
}

export interface UnknownImage extends ImageExample {
  /** Whether a photo came along that can be read. */
  readonly hasPhoto: boolean;
  /** Why it can't be added, a sentence; null: it can. */
  readonly obstacle: string | null;
}

/** Of an export of ours: what it names is here, and its photo is another one. */
export interface OtherPhotoImage extends MatchedImage {
  readonly photoWidthPx: number;
  readonly photoHeightPx: number;
  /** Of the photo that was exported; null: it does not say. */
  readonly exportedWidthPx: number | null;
  readonly exportedHeightPx: number | null;
}

export interface OtherSizeImage extends ImageExample {
  /** Also one that would be added. */
  readonly asset: AssetRef;
  readonly maskWidthPx: number;
  readonly maskHeightPx: number;
  readonly photoWidthPx: number;
  readonly photoHeightPx: number;
  /** Width and height are exchanged: the other tool has read the photo without (or with) its EXIF rotation. */
  readonly isTurned: boolean;
  /** Of a turned one: the photo says how, so it can be turned exactly. */
  readonly canBeTurned: boolean;
}

export interface SeveralImage extends ImageExample {
  readonly instances: number;
  /** Pixels that more than one instance has. */
  readonly overlapPx: number;
}

export interface FoundCategory {
  readonly name: string;
  readonly instances: number;
  readonly areaPx: number;
}

export interface RemarkedInstance {
  readonly place: string;
  readonly sentence: string;
}

/** An annotation, an image or a file that can't be read. */
export interface BrokenPart {
  /** Its path in the source; null: it is not known. */
  readonly file: string | null;
  /** From 1; null: it is the whole file. */
  readonly line: number | null;
  readonly column: number | null;
  /** What is wrong, with the place. */
  readonly sentence: string;
}

/** A mask to look at before it comes in: a few of those that would, or that stand open. */
export interface IncomingSample extends ImageExample {
  /** Whose mask it becomes, also of one that would be added. */
  readonly asset: AssetRef;
  /** Its photo came along and is not in the store yet. */
  readonly isAdded: boolean;
  readonly photoWidthPx: number;
  readonly photoHeightPx: number;
  readonly maskWidthPx: number;
  readonly maskHeightPx: number;
  /** Instances that are to be added. */
  readonly instances: number;
  readonly overlapPx: number;
  /** It is there already, to the pixel. */
  readonly isSame: boolean;
  /** A person has worked on it. */
  readonly isBeside: boolean;
}

/** small: for a grid · large: with the outline of the mask that is there now. */
export const pictureSides = ['small', 'large'] as const;
export type PictureSide = (typeof pictureSides)[number];

/** The picture of a sample, to be fetched by its id (http/routes.ts `incoming`). */
/** `unreadable`: there is one whose file is gone or damaged. */
export type PresentMask = 'none' | 'comparable' | 'otherSize' | 'unreadable';

export interface IncomingPicture {
  readonly image: number;
  /** Changes with what it shows; null: it could not be made. */
  readonly pictureId: string | null;
  /** With the mask that is there now, 0..1; null: it can't be compared. */
  readonly iou: number | null;
  /** What lies there now. */
  readonly present: PresentMask;
  /** Why it could not be made, a sentence. */
  readonly trouble: string | null;
}

/** What is in a source and what of it belongs to what; nothing was written. */
export interface ImportPreview {
  readonly inspectionId: string;
  readonly format: ImportFormatId;
  readonly formatLabel: string;
  readonly source: string;
  readonly images: number;
  readonly instances: number;
  readonly matched: Findings<MatchedImage>;
  readonly unclear: Findings<UnclearImage>;
  readonly unknown: Findings<UnknownImage>;
  readonly otherPhoto: Findings<OtherPhotoImage>;
  readonly otherSize: Findings<OtherSizeImage>;
  readonly several: Findings<SeveralImage>;
  /** Of several: those whose instances overlap. */
  readonly overlapping: Findings<SeveralImage>;
  /** Without any annotation. */
  readonly empty: Findings<ImageExample>;
  /** With boxes (or the like) alone, that give no mask: left out, whatever is decided. */
  readonly shapeless: Findings<ImageExample>;
  readonly crowd: Findings<{ readonly place: string }>;
  readonly workedOn: Findings<MatchedImage>;
  /** Whose mask is there already, to the pixel: nothing of these comes in. */
  readonly same: Findings<MatchedImage>;
  readonly remarks: Findings<RemarkedInstance>;
  /** Left out, where the person says so; else nothing is imported. */
  readonly broken: Findings<BrokenPart>;
  readonly categories: readonly FoundCategory[];
  /** A dozen at most, spread over the source, in its order. */
  readonly samples: readonly IncomingSample[];
  /** Whether the source is an export of Maskdesk's, which says what its photos are. */
  readonly isOwnExport: boolean;
  /** What these decisions would come to. */
  readonly outcome: ImportOutcome;
}

/** What decisions come to, before anything is done. */
export interface ImportOutcome {
  /** As they were counted: the source's suggestion where the person said nothing. */
  readonly decisions: ImportDecisions;
  /** Masks that would be imported. */
  readonly masks: number;
  /** Masks that are there already, to the pixel: not among these. */
  readonly same: number;
  /** Of these: for photos that would be added. */
  readonly added: number;
  readonly resized: number;
  /** Of these: that would wait beside a person's work. */
  readonly beside: number;
  /** Why images are left out, and how many. */
  readonly skipped: readonly { readonly reason: SkipReason; readonly count: number }[];
  /** What must be decided first, a sentence each; empty: it can be done. */
  readonly stops: readonly { readonly decision: keyof ImportDecisions; readonly sentence: string }[];
}

/** broken: nothing of it can be read · shapeless: boxes without an outline alone · unused: nothing of it is to be added. */
export const skipReasons = ['broken', 'unknown', 'unclear', 'otherPhoto', 'otherSize', 'several', 'empty', 'shapeless', 'unused', 'workedOn'] as const;
export type SkipReason = (typeof skipReasons)[number];

export type InspectProgress =
  /** recognising: done and total are formats · reading: images of the source · matching: images of the source with the store's · comparing: masks with those that are there. Total null: not known yet. */
  | { readonly kind: 'progress'; readonly phase: 'recognising' | 'reading' | 'matching' | 'comparing'; readonly done: number; readonly total: number | null }
  | { readonly kind: 'preview'; readonly preview: ImportPreview };

export type MaskImportProgress =
  | { readonly kind: 'progress'; readonly phase: 'masks' | 'photos' | 'saving'; readonly done: number; readonly total: number }
  | {
      readonly kind: 'finished';
      /** For finding and undoing it; null: nothing was new. */
      readonly importId: ImportId | null;
      readonly imported: number;
      /** Of these: head of their asset now; the others wait beside a person's work. */
      readonly becameHead: number;
      /** Photos that were added. */
      readonly added: number;
      /** Masks that were there already, to the pixel. */
      readonly same: number;
      readonly skipped: readonly { readonly reason: SkipReason; readonly count: number }[];
    };

/** What the page may say; absent: what is suggested (ImportOutcome.decisions). */
export const importDecisionsSchema: z.ZodType<SomeDecisions> = z
  .object({
    match: z.array(z.enum(matchWays)).max(matchWays.length),
    broken: z.enum(brokenChoices),
    unknown: z.enum(unknownChoices),
    unclear: z.enum(unclearChoices),
    otherPhoto: z.enum(otherPhotoChoices),
    otherSize: z.enum(otherSizeChoices),
    categories: z.record(z.string().max(1000), z.enum(categoryUses)),
    several: z.enum(severalChoices),
    crowd: z.enum(crowdChoices),
    empty: z.enum(emptyChoices),
    workedOn: z.enum(workedOnChoices),
    addAs: z.enum(['products', 'keyframes']).nullable(),
    jobId: jobIdSchema.nullable(),
    chosen: z.record(z.string().regex(/^\d{1,9}$/), assetRefSchema.nullable()),
  })
  .partial();

const inspectionIdSchema = z.string().max(60);

export interface ImportFormatInfo {
  readonly id: ImportFormatId;
  readonly label: string;
  readonly summary: string;
}

const importIdSchema = z.custom<ImportId>((value) => typeof value === 'string' && value.length > 0 && value.length <= 60);

export const maskImportsContract = {
  formats: oc.output(output<readonly ImportFormatInfo[]>()),
  /** Asks the person with the system's dialog for a folder, or for a file (a zip, a document); null when it is closed. The path never comes from the page. */
  choose: oc.input(z.object({ kind: z.enum(['folder', 'file']) })).output(output<{ readonly folderToken: string; readonly name: string } | null>()),
  /**
   * Reads everything once, decodes every mask, and ends with a preview; writes nothing. The inspection is kept for apply until `forget`, or until four newer ones.
   * Errors: format_unknown, annotations_invalid, file_unreadable, permission_denied, image_unreadable, image_too_large, image_unsupported.
   */
  inspect: oc
    .input(z.object({ folderToken: z.string(), format: z.enum([...importFormatIds, 'auto']), decisions: importDecisionsSchema.optional() }))
    .output(eventIterator(output<InspectProgress>())),
  /** The preview under other decisions; matching is done anew where `match` or `chosen` differ. Errors: not_found. */
  preview: oc.input(z.object({ inspectionId: inspectionIdSchema, decisions: importDecisionsSchema })).output(output<ImportPreview>()),
  /**
   * Masks come in as versions to review, all or none. Ending the iterator before `finished` imports nothing; and no photo is added.
   * Errors: not_found (inspection), invalid_input (something must be decided first), and as inspect; disk_full, blobs_unreachable, store_*.
   */
  apply: oc.input(z.object({ inspectionId: inspectionIdSchema, decisions: importDecisionsSchema })).output(eventIterator(output<MaskImportProgress>())),
  /** Pictures of the latest preview's samples, one by one as they are made; ending the iterator ends the making. Errors: not_found, and as inspect. */
  pictures: oc.input(z.object({ inspectionId: inspectionIdSchema })).output(eventIterator(output<IncomingPicture>())),
  forget: oc.input(z.object({ inspectionId: inspectionIdSchema })).output(output<void>()),
  /** Heads that nobody touched since go back, and what waits beside a person's work waits no longer; photos that it added and nobody touched go away. Errors: not_found, nothing_to_undo. */
  undo: oc.input(z.object({ importId: importIdSchema })).output(output<UndoneImport>()),
  /** Newest first; `before`: the last one of the page before. Errors: not_found. */
  list: oc.input(z.object({ limit: z.int().min(1).max(100), before: importIdSchema.nullish() })).output(output<readonly MaskImport[]>()),
  /** The person decides against a mask that waits beside their work; taking it is review.takeRevision. Errors: not_found. */
  leave: oc.input(z.object({ asset: assetRefSchema, revisionId: revisionIdSchema })).output(output<void>()),
  /** Takes that back. Errors: nothing_to_undo. */
  waitAgain: oc.input(z.object({ asset: assetRefSchema, revisionId: revisionIdSchema })).output(output<void>()),
};
