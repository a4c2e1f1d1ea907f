import { CancelledError } from '../../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { steppingOver, isSourceFault, type AnnotatedImage, type AnnotatedInstance, type ImportContext, type ImportFormat } from '../../../shared/ports/importFormat.ts';
import { brokenAt } from '../broken.ts';
import { openJson, type JsonElements } from '../json/elements.ts';
import { keepLast } from '../labels/keyedRaster.ts';
import { imageNameOf, uploadedNameOf } from './imageName.ts';
import { ShapeFault, shapes } from './shapes.ts';
import { labelsIn, parseTask, type Task, type TaskRegion } from './task.ts';

const unlabelled = 'unlabelled';
const headBytes = 64 * 1024;
const mostLooked = 8;

const isJson = (path: string): boolean => /\.json$/i.test(path);

const sureOf = async (source: AnnotationSource, path: string): Promise<number> => {
  const file = await source.open(path);
  try {
    const head = new TextDecoder().decode(await file.read(0, headBytes));
    if (!/^\s*\[\s*\{/.test(head) || !/"(annotations|completions|predictions)"\s*:/.test(head)) return 0;
    return /"(brushlabels|polygonlabels|from_name|to_name|original_width)"/.test(head) ? 0.95 : /"data"\s*:/.test(head) ? 0.7 : 0.3;
  } finally {
    await file.close();
  }
};

/** Documents that are lists of tasks; the others beside them are another tool's. */
const findTasks = async (source: AnnotationSource): Promise<readonly string[]> => {
  const paths = (await source.files()).map(({ path }) => path).filter(isJson);
  if (paths.length === 1) return paths;
  const found: string[] = [];
  for (const path of paths) if ((await sureOf(source, path)) > 0) found.push(path);
  return found;
};

const categoryOf = ({ region, labelsApart }: TaskRegion): string => labelsIn(region)[0] ?? labelsApart[0] ?? unlabelled;

const isShape = ({ region }: TaskRegion): boolean => shapes.has(region.type ?? '');

interface Document {
  readonly path: string;
  readonly tasks: JsonElements;
}

/** With line and column of the task: what is wrong within it is told by its members. */
const atTask = async (tasks: JsonElements, index: number, error: unknown): Promise<unknown> => {
  if (!isSourceFault(error)) return error;
  const [, said = error.message] = /^.*?, element \[\d+\]([^]*)$/.exec(error.message) ?? [];
  return tasks.broken(index, said.replace(/^[.:]\s*/, ''));
};

const reading = async ({ path, tasks }: Document, index: number, signal: AbortSignal | undefined): Promise<Task> => {
  if (signal?.aborted === true) throw new CancelledError();
  const value = await tasks.read(index);
  try {
    return parseTask(path, `element [${index}]`, value);
  } catch (error) {
    throw await atTask(tasks, index, error);
  }
};

/** Width and height that the task's regions agree on. @throws ExpectedError annotations_invalid */
const sizeOf = (path: string, index: number, regions: readonly TaskRegion[], maxPixels: number): { readonly widthPx: number; readonly heightPx: number } | null => {
  let size: { readonly widthPx: number; readonly heightPx: number } | null = null;
  for (const { where, region } of regions) {
    const { original_width: widthPx, original_height: heightPx, image_rotation: degrees } = region;
    const place = `element [${index}].${where}`;
    if (degrees !== undefined && degrees !== null && degrees % 360 !== 0) throw brokenAt(path, place, `The picture was turned by ${degrees} degrees in Label Studio, and its masks with it: turn it back there and export again.`);
    if (widthPx === undefined || heightPx === undefined) throw brokenAt(path, place, 'It has no original_width and original_height.');
    if (widthPx * heightPx > maxPixels) throw brokenAt(path, place, `It claims ${widthPx} x ${heightPx} pixels; ${maxPixels} are the most.`);
    if (size !== null && (size.widthPx !== widthPx || size.heightPx !== heightPx)) throw brokenAt(path, place, `It is of a picture of ${widthPx} x ${heightPx} pixels, and others of the task of ${size.widthPx} x ${size.heightPx}.`);
    size = { widthPx, heightPx };
  }
  return size;
};

const imageOf = (document: Document, index: number, task: Task, load: (key: string) => Promise<Task>, { maxPixels }: ImportContext, photos: ReadonlySet<string>): AnnotatedImage => {
  const { path } = document;
  const size = sizeOf(path, index, task.regions.filter(isShape), maxPixels);
  const file = imageNameOf(task.image);
  const plainFile = uploadedNameOf(task.image);
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const instances = task.regions.flatMap((found, at): readonly AnnotatedInstance[] => {
    const shape = shapes.get(found.region.type ?? '');
    if (shape === undefined || size === null) return [];
    const { where } = found;
    return [
      {
        place: `${path}, element [${index}].${where}`,
        category: categoryOf(found),
        isCrowd: false,
        remarks: [...shape.remarks, ...found.remarks, ...(labelsIn(found.region).length > 1 ? [`It has ${labelsIn(found.region).length} labels; the first one counts.`] : [])],
        // Read again: what is kept of a thousand images must not be their run lengths.
        mask: async () => {
          const { region } = (await load(`${path}\n${index}`)).regions[at] as TaskRegion;
          try {
            return shape.draw(region.value ?? {}, size.widthPx, size.heightPx);
          } catch (error) {
            if (error instanceof ShapeFault) throw await document.tasks.broken(index, `${where}: ${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`);
            throw error;
          }
        },
      },
    ];
  });
  const photoPath = [file, plainFile].flatMap((name) => (name === undefined ? [] : [name, `${folder}${name}`, `${folder}images/${name}`])).find((candidate) => photos.has(candidate)) ?? null;
  return { place: `${path}, element [${index}]`, file, plainFile, id: null, size, photoPath, instances };
};

export const labelStudioImport: ImportFormat = {
  id: 'label-studio',
  label: 'Label Studio',
  summary: 'Tasks exported as JSON: brushes and polygons; boxes and ellipses as they are.',
  recognise: async (source) => {
    const paths = (await source.files()).map(({ path }) => path).filter(isJson);
    let sure = 0;
    for (const path of paths.slice(0, mostLooked)) sure = Math.max(sure, await sureOf(source, path).catch(() => 0));
    return sure;
  },
  open: async (source, context) => {
    const photos = new Set((await source.files()).map(({ path }) => path).filter((path) => !isJson(path)));
    const documents: Document[] = [];
    for (const path of await findTasks(source)) {
      const document = await openJson(path, await source.open(path), [], context.signal);
      const tasks = document.array('');
      if (tasks === null) throw await document.broken(null, 'A list of tasks was expected; was it exported as JSON?');
      documents.push({ path, tasks });
    }
    const byPath = new Map(documents.map((document) => [document.path, document]));
    const load = keepLast((key: string) => {
      const at = key.lastIndexOf('\n');
      return reading(byPath.get(key.slice(0, at)) as Document, Number(key.slice(at + 1)), context.signal);
    });
    const categories = new Set<string>();
    for (const { path, tasks } of documents) {
      for (let index = 0; index < tasks.count; index++) for (const region of (await steppingOver(context, () => load(`${path}\n${index}`)))?.regions ?? []) if (isShape(region)) categories.add(categoryOf(region));
    }
    return {
      categories: [...categories],
      imageCount: documents.reduce((sum, { tasks }) => sum + tasks.count, 0),
      images: async function* () {
        for (const document of documents) {
          for (let index = 0; index < document.tasks.count; index++) {
            const image = await steppingOver(context, async () => {
              const task = await load(`${document.path}\n${index}`);
              try {
                return imageOf(document, index, task, load, context, photos);
              } catch (error) {
                throw await atTask(document.tasks, index, error);
              }
            });
            if (image !== null) yield image;
          }
        }
      },
    };
  },
};
