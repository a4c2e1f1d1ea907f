import type { AssetRef } from '../../../shared/domain/asset.ts';
import { ExpectedError, sentenceOf } from '../../../shared/errors/errors.ts';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { iou } from '../../../shared/metrics/iou.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import type { Category } from '../../../shared/ports/exportFormat.ts';
import type { ImageCodec } from '../../../shared/ports/imageCodec.ts';
import type { AnnotatedImage, ImportFormat } from '../../../shared/ports/importFormat.ts';
import { inOrder } from './inOrder.ts';
import type { LossBook } from './lossBook.ts';
import type { ExportPlan, PlannedItem } from './plan.ts';

export interface ReadBackParts {
  readonly plan: ExportPlan;
  readonly source: AnnotationSource;
  readonly format: ImportFormat;
  /** What it is called in what was written; null: the format has no categories. */
  readonly categoryName: (category: Category) => string | null;
  readonly losses: LossBook;
  readonly codec: ImageCodec;
  readonly maxPixels: number;
  readonly concurrency: number;
  /** The mask as the store has it. */
  readonly maskOf: (item: PlannedItem) => Promise<Bitmap>;
}

/** One that came back. */
export interface Verified {
  readonly asset: AssetRef;
  readonly stem: string;
  /** What was said to be lost; empty: it came back as it was. */
  readonly sentences: readonly string[];
  readonly iou: number;
}

const failed = (message: string, cause?: unknown): ExpectedError =>
  new ExpectedError('verification_failed', `${message} The export is not finished; please report this, with the set's size and the format's options.`, cause === undefined ? {} : { cause });

export const stemOfPath = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** All instances together; of one, itself. */
const joined = async ({ instances, place }: AnnotatedImage, { widthPx, heightPx }: PlannedItem['entry']): Promise<Bitmap> => {
  const [first, ...others] = instances;
  if (first === undefined) return emptyBitmap(widthPx, heightPx);
  const mask = await first.mask();
  if (others.length === 0) return mask;
  const data = mask.data.slice();
  for (const other of others) {
    const { data: more } = await other.mask();
    if (more.length !== data.length) throw failed(`The instances of ${place} have different sizes.`);
    for (let index = 0; index < data.length; index++) data[index] = (data[index] as number) | (more[index] as number);
  }
  return { ...mask, data };
};

/** Only what was told as a loss may have another name. @throws ExpectedError verification_failed */
const compareCategories = ({ instances }: AnnotatedImage, { entry, category }: PlannedItem, written: string | null, sentences: readonly string[]): void => {
  if (written === null) return;
  const other = instances.find((instance) => instance.category !== written);
  if (other !== undefined) throw failed(`The mask of ${entry.asset.id} was read back with the category ${JSON.stringify(other.category)} instead of ${JSON.stringify(written)} (${other.place}).`);
  if (instances.length > 0 && written !== category.name && sentences.length === 0) throw failed(`The category ${JSON.stringify(category.name)} of ${entry.asset.id} is called ${JSON.stringify(written)} in the export, and nothing was said of that.`);
};

/** @throws ExpectedError verification_failed */
const compare = async (image: AnnotatedImage, { plan, losses, maskOf, categoryName }: ReadBackParts): Promise<Verified & { readonly number: number }> => {
  const item = await plan.find(stemOfPath(image.file));
  if (item === null) throw failed(`Reading the export back found ${image.place}, which belongs to none of its masks.`);
  const { entry, number, stem } = item;
  // The store's mask is decoded beside the file that was written.
  const [expected, found] = await Promise.all([maskOf(item), joined(image, entry)]);
  const { widthPx, heightPx } = found;
  if (widthPx !== expected.widthPx || heightPx !== expected.heightPx) {
    throw failed(`The mask of ${entry.asset.id} was read back with ${widthPx} x ${heightPx} px instead of ${expected.widthPx} x ${expected.heightPx} (${image.place}).`);
  }
  const sentences = await losses.of(number);
  compareCategories(image, item, categoryName(item.category), sentences);
  if (sameBytes(found.data, expected.data)) return { asset: entry.asset, stem, number, sentences, iou: 1 };
  const remaining = iou(expected, found);
  if (sentences.length === 0) throw failed(`The mask of ${entry.asset.id} was read back differently (IoU ${remaining.toFixed(6)}, ${image.place}), though the format should carry it.`);
  return { asset: entry.asset, stem, number, sentences, iou: remaining };
};

/**
 * Reads an export with the importer of its format and compares every mask, pixel by pixel, with the store's, and the category of each instance with what was written. In the importer's order.
 * @throws ExpectedError verification_failed where one is missing, there twice, or differs without having been told as a loss; blob_missing, blob_corrupt; CancelledError
 */
export async function* readBack(parts: ReadBackParts, signal?: AbortSignal): AsyncGenerator<Verified> {
  const { plan, source, format, codec, maxPixels } = parts;
  const total = plan.snapshot.entryCount;
  const seen = new Uint8Array(total);
  const sizeOf = async ({ file }: { readonly file: string }): Promise<{ widthPx: number; heightPx: number } | null> => (await plan.find(stemOfPath(file)))?.entry ?? null;
  try {
    const reader = await format.open(source, { codec, maxPixels, signal, sizeOf });
    for await (const verified of inOrder(reader.images(), parts.concurrency, (image) => compare(image, parts), signal)) {
      if (seen[verified.number - 1] === 1) throw failed(`The mask of ${verified.asset.id} is in the export twice.`);
      seen[verified.number - 1] = 1;
      yield verified;
    }
  } catch (error) {
    // What our own importer can't read is our own fault, not that of somebody's file.
    if (error instanceof ExpectedError && ['annotations_invalid', 'image_unreadable', 'image_unsupported'].includes(error.code)) throw failed(`The export could not be read back: ${sentenceOf(error)}`, error);
    throw error;
  }
  const missing = seen.indexOf(0);
  if (missing !== -1) throw failed(`The mask of ${(await plan.entries.at(missing)).asset.id} was not found when the export was read back.`);
}
