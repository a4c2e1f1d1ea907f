import type { ExportFormatId, ImportFormatId } from '../domain/formatIds.ts';
import type { FormatOption, OptionValues } from '../domain/formatOptions.ts';
import type { Snapshot, SnapshotEntry, SplitName } from '../domain/maskSet.ts';
import type { Bitmap } from '../mask/bitmap.ts';
import type { ImageCodec } from './imageCodec.ts';

/**
 * A way to write a set. It turns one mask at a time into files and into pieces of documents; order, resume, splits, zip or folder, memory and reading
 * back are the engine's (electron/services/export).
 */
export interface ExportFormat {
  readonly id: ExportFormatId;
  /** As its tool calls itself. */
  readonly label: string;
  /** One sentence: what it is for. */
  readonly summary: string;
  /** What it can't carry, a sentence each, for people; empty: nothing is lost. */
  readonly limits: readonly string[];
  /** always: it makes no sense without the photos · optional: on request · never. */
  readonly photos: 'always' | 'optional' | 'never';
  /** Whether it says of which category each mask is. */
  readonly hasCategories: boolean;
  readonly options: readonly FormatOption[];
  /** Reads it back; null: it is for looking at. */
  readonly readBack: ImportFormatId | null;
  open(context: ExportContext): FormatExport;
}

export interface Category {
  /** From 1, without gaps. */
  readonly number: number;
  readonly name: string;
}

export interface ExportContext {
  readonly snapshot: Snapshot;
  /** Of all items, in the order of their numbers. */
  readonly categories: readonly Category[];
  /** Those that hold something, in the order train, val, test: whole groups may leave one of those that were asked for empty. None: the set is not split. */
  readonly splits: readonly SplitName[];
  readonly withPhotos: boolean;
  /** Valid and complete by the format's own `options`. */
  readonly options: OptionValues;
  readonly codec: ImageCodec;
  /** "Maskdesk 0.1.0" */
  readonly tool: string;
}

export interface ExportItem {
  readonly entry: SnapshotEntry;
  /** From 1 in the order of the snapshot, without gaps, over all splits: ids of images and annotations. */
  readonly number: number;
  /** File name without ending, safe on every system and unique in the export, also where case does not count: `product-B0123_1`, `frame-v1_12.5`. */
  readonly stem: string;
  /** File name of the photo, of the same stem, whether photos come along or not. */
  readonly photoName: string;
  /** Null: the set is not split. */
  readonly split: SplitName | null;
  readonly category: Category;
  readonly mask: Bitmap;
  /** The photo as the mask lies on it, without an orientation tag. @throws ExpectedError blob_missing, image_unreadable, photo_changed */
  photo(): Promise<Uint8Array>;
  /** Soft coverage, as large as the mask; null where there is none. */
  matte(): Promise<Bitmap | null>;
}

export interface ExportedFile {
  /** Relative, forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A piece of a document that grows with each item. */
export interface Fragment {
  /** Names a spool of this export, such as `annotations-train`: letters, digits and hyphens. */
  readonly spool: string;
  readonly text: string;
}

export interface EncodedItem {
  readonly files: readonly ExportedFile[];
  /** In the document they follow those of the item before. */
  readonly fragments: readonly Fragment[];
  /** What this one loses in the format, a sentence each ("2 holes are filled"). The IoU that remains is measured by reading back. */
  readonly losses: readonly string[];
}

/** A file put together once all items are there: text, and spools with what stands between their pieces. */
export interface DocumentPlan {
  readonly path: string;
  readonly parts: readonly (string | { readonly spool: string; readonly separator: string })[];
}

export interface FormatExport {
  /** Called for several items at a time; what it gives may depend on the item and the context alone. Throws what `photo` and `matte` throw. */
  encode(item: ExportItem): Promise<EncodedItem>;
  /** In the order in which they are written, after all items. A spool that no item wrote to is empty. */
  documents(): readonly DocumentPlan[];
  /** What categories are called in it, by number, where it can't hold every name; items of those that are called otherwise say so in `losses`. Default: by their own names. */
  readonly categoryNames?: ReadonlyMap<number, string>;
  /** What the person who uses this export must know or do, a sentence each: in the data card, and told when it begins. */
  readonly advice?: readonly string[];
}
