import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { asId } from '../../../shared/domain/ids.ts';
import { completeOptions, type OptionValues } from '../../../shared/domain/formatOptions.ts';
import { fileNameOfId } from '../../../shared/domain/fileName.ts';
import type { Snapshot, SnapshotEntry, SplitName } from '../../../shared/domain/maskSet.ts';
import { areaPx, type Bitmap } from '../../../shared/mask/bitmap.ts';
import type { Category, ExportFormat, ExportItem } from '../../../shared/ports/exportFormat.ts';
import type { AnnotatedImage, AnnotationReader, ImportFormat, RecogniseContext } from '../../../shared/ports/importFormat.ts';
import { sha256Hex } from '../../base/hash.ts';
import { openFolderSource } from '../../exchange/folderSource.ts';
import { createImageCodec } from '../../imaging/index.ts';

export const codec = createImageCodec();
const maxPixels = 100e6;
/** What formats are given to tell what a source is. */
export const recognising: RecogniseContext = { codec, maxPixels };
const digest = 'ab'.repeat(32);

export interface TriedMask {
  readonly mask: Bitmap;
  /** Default: the item's number, `p1`, as id. */
  readonly id?: string;
  /** Default: `product-` and the id, as the engine has it. */
  readonly stem?: string;
  /** Of the photo, without the dot; default: png. */
  readonly ending?: string;
  readonly category?: string;
  readonly split?: SplitName | null;
  readonly photo?: Uint8Array;
  readonly matte?: Uint8Array;
  /** What else is known of it, or is not. */
  readonly entry?: Partial<Pick<SnapshotEntry, 'productId' | 'videoId' | 'timestampS' | 'modelId' | 'verdict'>>;
}

export const triedSnapshot = (entryCount: number): Snapshot => ({
  snapshotId: asId('00000000-0000-4000-8000-000000000001'),
  setId: asId('00000000-0000-4000-8000-000000000002'),
  setName: 'tried',
  number: 1,
  filter: { states: ['approved'] },
  createdBy: 'ann',
  createdAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  entryCount,
  totalAreaPx: 0,
  digest: asId(digest),
});

const entryOf = ({ mask, id, matte, entry }: TriedMask, position: number): SnapshotEntry => ({
  position,
  asset: { kind: 'product_image', id: asId(id ?? `p${position + 1}`) },
  revisionId: asId(`00000000-0000-4000-8000-${String(position).padStart(12, '0')}`),
  maskSha256: asId(digest),
  matteSha256: matte === undefined ? null : asId(digest),
  widthPx: mask.widthPx,
  heightPx: mask.heightPx,
  areaPx: areaPx(mask),
  origin: 'human',
  author: 'ann',
  modelId: null,
  state: 'approved',
  verdict: { kind: 'approve', reviewer: 'ann', atMs: Date.UTC(2026, 0, 1), reason: null },
  rejections: 0,
  localPath: `data/images/products/${id ?? `p${position + 1}`}.png`,
  productId: asId(`product-${position}`),
  videoId: null,
  title: 'A product',
  timestampS: null,
  jobId: asId('job'),
  ...entry,
});

/** A grey photo of the mask's size. */
const photoOf = ({ widthPx, heightPx }: Bitmap): Promise<Uint8Array> => codec.encodeMatte(widthPx, heightPx, new Uint8Array(widthPx * heightPx).fill(127));

export interface Exported {
  /** Of each item. */
  readonly losses: readonly (readonly string[])[];
  /** What the item's category is called in it. */
  readonly categoryOf: (item: TriedMask) => string;
  /** Relative to the folder. */
  readonly paths: readonly string[];
}

/** Writes masks into an empty folder as the engine does, without what the engine adds. */
export const exportAll = async (folder: string, format: ExportFormat, tried: readonly TriedMask[], { options = {}, withPhotos = format.photos === 'always' }: { options?: OptionValues; withPhotos?: boolean } = {}): Promise<Exported> => {
  const { values, faults } = completeOptions(format.options, options);
  if (faults[0] !== undefined) throw new RangeError(faults[0].message);
  const names = [...new Set(tried.map(({ category }) => category ?? 'product'))].sort();
  const categories: readonly Category[] = names.map((name, index) => ({ number: index + 1, name }));
  const categoryIn = ({ category = 'product' }: TriedMask): Category => categories[names.indexOf(category)] as Category;
  const splits = (['train', 'val', 'test'] as const).filter((name) => tried.some(({ split }) => split === name));
  const opened = format.open({ snapshot: triedSnapshot(tried.length), categories, splits, withPhotos, options: values, codec, tool: 'Maskdesk 0.1.0' });
  const paths: string[] = [];
  const put = async (path: string, bytes: Uint8Array | string): Promise<void> => {
    paths.push(path);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes, { flag: 'wx' });
  };
  const spools = new Map<string, string[]>();
  const losses: (readonly string[])[] = [];
  for (const [position, one] of tried.entries()) {
    const entry = entryOf(one, position);
    const { stem = `product-${fileNameOfId(entry.asset.id, sha256Hex)}` } = one;
    const category = categoryIn(one);
    const { mask, matte } = one;
    const item: ExportItem = {
      entry,
      number: position + 1,
      stem,
      photoName: `${stem}.${one.ending ?? 'png'}`,
      split: one.split ?? null,
      category,
      mask,
      photo: async () => one.photo ?? photoOf(mask),
      matte: async () => (matte === undefined ? null : { ...mask, data: matte }),
    };
    const encoded = await opened.encode(item);
    for (const { path, bytes } of encoded.files) await put(path, bytes);
    for (const { spool, text } of encoded.fragments) spools.set(spool, [...(spools.get(spool) ?? []), text]);
    losses.push(encoded.losses);
  }
  for (const { path, parts } of opened.documents()) {
    await put(path, parts.map((part) => (typeof part === 'string' ? part : (spools.get(part.spool) ?? []).join(part.separator))).join(''));
  }
  return {
    losses,
    paths,
    categoryOf: (one) => {
      const { number, name } = categoryIn(one);
      return opened.categoryNames?.get(number) ?? name;
    },
  };
};

/** The same; returns each item's losses. */
export const exportTo = async (...given: Parameters<typeof exportAll>): Promise<Exported['losses']> => (await exportAll(...given)).losses;

/** @param sizes of photos by file name, for formats that say nothing of sizes */
export const openReader = async (folder: string, format: ImportFormat, sizes: ReadonlyMap<string, { widthPx: number; heightPx: number }> = new Map()): Promise<AnnotationReader> => {
  const source = await openFolderSource(folder);
  onTestFinished(() => source.close());
  return format.open(source, { codec, maxPixels, sizeOf: async ({ file }) => sizes.get(file) ?? null });
};

export interface ReadImage extends Omit<AnnotatedImage, 'instances'> {
  readonly instances: readonly { readonly category: string; readonly mask: Bitmap }[];
}

export const readAll = async (reader: AnnotationReader): Promise<readonly ReadImage[]> => {
  const images: ReadImage[] = [];
  for await (const image of reader.images()) {
    const instances = [];
    for (const instance of image.instances) instances.push({ category: instance.category, mask: await instance.mask() });
    images.push({ ...image, instances });
  }
  return images;
};
