import { z } from 'zod';
import { CancelledError } from '../../../shared/errors/errors.ts';
import { NameTable } from '../../../shared/flat/nameTable.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { steppingOver, type ImportContext } from '../../../shared/ports/importFormat.ts';
import { brokenAt } from '../broken.ts';
import type { JsonDocument, JsonElements } from '../json/elements.ts';
import { groupByOwner, type Groups } from '../json/groupByOwner.ts';
import { arrayOf, endsOf, hasMember, isJson, missing, openSourceJson, readAs } from '../json/sourceJson.ts';

/** Ids are numbers in COCO; other tools write texts, and mix both. */
const idSchema = z.union([z.number(), z.string()]);

export const imageSchema = z.object({
  id: idSchema,
  file_name: z.string().optional(),
  coco_url: z.string().optional(),
  width: z.number().int().positive().nullish(),
  height: z.number().int().positive().nullish(),
  /** Ours: whose picture it is. */
  maskdesk: z.object({ id: z.string() }).optional().catch(undefined),
});
export type CocoImage = z.infer<typeof imageSchema>;

const categorySchema = z.object({ id: idSchema, name: z.string() });
const keptIdSchema = z.object({ id: idSchema });
const ownerSchema = z.object({ image_id: idSchema });

/** A document of COCO with its annotations joined to its images; nothing of it is held but indices and ids. */
export interface CocoDocument {
  readonly path: string;
  readonly images: JsonElements;
  /** Positions of those that were stepped over. */
  readonly broken: ReadonlySet<number>;
  readonly annotations: JsonElements;
  /** By position in `images`; what belongs to none is behind the last. */
  readonly groups: Groups;
  readonly categoryNames: ReadonlyMap<string, string>;
}

const joinTo = async (document: JsonDocument, context: ImportContext): Promise<CocoDocument> => {
  const { signal } = context;
  const images = await arrayOf(document, 'images');
  const annotations = await arrayOf(document, 'annotations');
  const categories = await arrayOf(document, 'categories');
  const positions = new NameTable(images.count);
  const broken = new Set<number>();
  for (let index = 0; index < images.count; index++) {
    if (signal?.aborted === true) throw new CancelledError();
    const image = await steppingOver(context, () => readAs(images, index, imageSchema));
    // A broken one keeps its place, and where it has one its id: what belongs to it goes with it.
    if (image === null) broken.add(index);
    const id = image?.id ?? keptIdSchema.safeParse(await images.read(index).catch(() => null)).data?.id ?? `\u0000${index}`;
    const position = positions.add(id);
    if (position !== index) throw await images.broken(index, `The id ${JSON.stringify(String(id))} is that of images[${position}] already.`);
  }
  const categoryNames = new Map<string, string>();
  for (let index = 0; index < categories.count; index++) {
    const { id, name } = await readAs(categories, index, categorySchema);
    if (categoryNames.has(String(id))) throw await categories.broken(index, `The id ${JSON.stringify(id)} is that of another category already.`);
    categoryNames.set(String(id), name);
  }
  const owners = new Uint32Array(annotations.count);
  for (let index = 0; index < annotations.count; index++) {
    if (signal?.aborted === true) throw new CancelledError();
    const owner = await steppingOver(context, async () => {
      const { image_id: imageId } = await readAs(annotations, index, ownerSchema);
      const found = positions.find(imageId);
      if (found === -1) throw await annotations.broken(index, `There is no image with the id ${JSON.stringify(imageId)}.`);
      return found;
    });
    owners[index] = owner ?? images.count;
  }
  return { path: document.path, images, broken, annotations, groups: groupByOwner(owners, images.count + 1), categoryNames };
};

export type CocoKind = 'instances' | 'panoptic' | 'other';

/** By names that are there, wherever they are; a guess for files of which only the ends were read. */
export const kindOfText = (text: string): CocoKind | null => {
  if (!/^\ufeff?\s*\{/.test(text)) return null;
  const has = (name: string): boolean => hasMember(text, name);
  if (has('segments_info')) return 'panoptic';
  const known = ['images', 'annotations', 'categories', 'file_name', 'image_id', 'category_id', 'segmentation', 'iscrowd'].filter(has).length;
  if (known < 3 || has('items')) return null;
  return has('caption') && !has('category_id') ? 'other' : 'instances';
};

const lists = ['images', 'annotations', 'categories'];

/** The first annotation says what all of them are; a document without any is what its neighbours are. */
const kindOf = async (document: JsonDocument): Promise<CocoKind | null> => {
  if (document.top === 'array' || !document.names.includes('images') || !document.names.includes('annotations')) return null;
  const first = document.array('annotations');
  if (first === null || first.count === 0) return document.path.includes('panoptic') ? 'panoptic' : 'instances';
  const { success, data } = z.record(z.string(), z.unknown()).safeParse(await first.read(0));
  return success && 'segments_info' in data ? 'panoptic' : success && 'caption' in data && !('category_id' in data) ? 'other' : 'instances';
};

/** @throws ExpectedError annotations_invalid: there is none, or one is broken */
export const openCocoDocuments = async (source: AnnotationSource, kind: 'instances' | 'panoptic', context: ImportContext): Promise<readonly CocoDocument[]> => {
  const files = (await source.files()).filter(({ path }) => isJson(path));
  if (files.length === 0) throw brokenAt(source.name, null, 'There is no JSON file in it; COCO has one, such as annotations/instances_train.json.');
  const documents: CocoDocument[] = [];
  for (const file of files) {
    // Among many others (a JSON file a photo) only those that look like it are read; a single one is what was meant, whatever it looks like.
    if (files.length > 1 && kindOfText(await endsOf(source, file)) === null) continue;
    const document = await openSourceJson(source, file, lists, context.signal);
    const found = await kindOf(document);
    if (found === kind) documents.push(await joinTo(document, context));
    else if (files.length === 1) {
      if (found === null && document.top === 'array') throw await document.broken(null, 'It is a list; COCO has an object with the lists images, annotations and categories. A list of results has no images to be matched to.');
      if (found === null) throw await missing(document, document.names.includes('images') ? 'annotations' : 'images', 'list');
      throw await document.broken('annotations', kind === 'panoptic' ? 'The annotations have no segments_info, which panoptic ones have; they may be instances.' : 'The annotations have no category and no segmentation: captions, or panoptic ones.');
    }
  }
  if (documents.length === 0) throw brokenAt(source.name, null, `None of its ${files.length} JSON files has COCO’s ${kind}.`);
  return documents;
};

/** How sure of a source that has files of this kind. */
export const recogniseCoco = async (source: AnnotationSource, kind: CocoKind): Promise<number> => {
  const files = (await source.files()).filter(({ path }) => isJson(path));
  for (const file of files.slice(0, 6)) if (kindOfText(await endsOf(source, file)) === kind) return 0.95;
  return 0;
};

/** All categories of all documents, each once, in their order. */
export const categoriesOf = (documents: readonly CocoDocument[]): readonly string[] => [...new Set(documents.flatMap(({ categoryNames }) => [...categoryNames.values()]))];
