import type { ImportFormatId } from '../domain/formatIds.ts';
import { ExpectedError } from '../errors/errors.ts';
import type { Bitmap } from '../mask/bitmap.ts';
import type { AnnotationSource } from './annotationSource.ts';
import type { ImageCodec } from './imageCodec.ts';

/**
 * Reads annotations of one kind. Sources are not to be trusted: whatever is in them is either read as what it is or refused with an ExpectedError whose
 * sentence names the place; nothing is allocated by what a file merely claims (limits), nothing outside of the source is read, nothing is written.
 */
export interface ImportFormat {
  readonly id: ImportFormatId;
  readonly label: string;
  /** What it looks for, for people: "a folder of PNG masks". */
  readonly summary: string;
  /**
   * 0: not this · 1: surely. Looks at names, the beginnings of few files and the pixels of fewer; never throws for what is in them.
   * Where two formats could be meant (any folder of PNGs) the one that says more of the files gives more.
   */
  recognise(source: AnnotationSource, context: RecogniseContext): Promise<number>;
  /** @throws ExpectedError annotations_invalid, file_unreadable; CancelledError */
  open(source: AnnotationSource, context: ImportContext): Promise<AnnotationReader>;
}

export interface ImportContext {
  readonly codec: ImageCodec;
  /** Largest mask, in pixels: a file that claims more is refused before anything is allocated. */
  readonly maxPixels: number;
  readonly signal?: AbortSignal | undefined;
  /**
   * Told of each annotation, image or file that is broken, where it can be told apart from the rest and stepped over: it is left out, and the rest is read. Told again
   * whenever the source is gone through again. What it throws ends the reading. Default: the first fault is thrown.
   */
  readonly onBroken?: ((fault: ExpectedError) => void) | undefined;
  /**
   * Size of the photo that a file of this name or id belongs to, for formats that say nothing of sizes (YOLO); null: not known, and then the photo is looked for
   * beside the annotations. Default: never known.
   */
  readonly sizeOf?: ((image: { readonly file: string; readonly id: string | null }) => Promise<{ readonly widthPx: number; readonly heightPx: number } | null>) | undefined;
}

export type RecogniseContext = Pick<ImportContext, 'codec' | 'maxPixels' | 'signal'>;

/** A fault of what was written, which another part of the source need not have; a file that may not be read, or a place that is away, is none. */
export const isSourceFault = (error: unknown): error is ExpectedError => error instanceof ExpectedError && (error.code === 'annotations_invalid' || error.code.startsWith('image_'));

/** Reads a part that can be told apart from the rest. Null: it is broken, and whoever reads wants to go on without it. @throws what `read` does, where nobody does */
export const steppingOver = async <T>({ onBroken }: Pick<ImportContext, 'onBroken'>, read: () => T | Promise<T>): Promise<T | null> => {
  if (onBroken === undefined) return read();
  try {
    return await read();
  } catch (error) {
    if (!isSourceFault(error)) throw error;
    onBroken(error);
    return null;
  }
};

export interface AnnotationReader {
  /** As the other tool names them; in its order. */
  readonly categories: readonly string[];
  /** How many images it will tell of, also those without annotations; less those that are broken (ImportContext.onBroken). */
  readonly imageCount: number;
  /** One after another; may be asked for more than once, and gives the same each time. @throws ExpectedError annotations_invalid; CancelledError */
  images(): AsyncIterable<AnnotatedImage>;
}

export interface AnnotatedImage {
  /** For people: the file and where in it ("instances.json, images[3]"). */
  readonly place: string;
  /** Name or path of the photo as the other tool has it; with forward slashes. */
  readonly file: string;
  /** The same without what may not be the photo's own: that it is a mask (`cup_mask.png`: `cup.png`), an upload's digits. Counts where nothing has the whole name: a photo may itself be called `cup_mask`. */
  readonly plainFile?: string | undefined;
  /** The other tool's id for the image, where it has one that may be an asset's. */
  readonly id: string | null;
  /** As the annotations claim; null: they say nothing. */
  readonly size: { readonly widthPx: number; readonly heightPx: number } | null;
  /** Path of the photo in the source, where it came along. */
  readonly photoPath: string | null;
  readonly instances: readonly AnnotatedInstance[];
  /** Annotations of it that are broken and are not among its instances (ImportContext.onBroken). Default: none. */
  readonly brokenInstances?: number | undefined;
}

export interface AnnotatedInstance {
  readonly place: string;
  /** One of the reader's categories. */
  readonly category: string;
  /** COCO's iscrowd: many objects in one region. */
  readonly isCrowd: boolean;
  /** What is odd about it, a sentence each ("a box without a shape"); empty: nothing. */
  readonly remarks: readonly string[];
  /** As large as the image. Decoded when asked for. @throws ExpectedError annotations_invalid, image_unreadable */
  mask(): Promise<Bitmap>;
}
