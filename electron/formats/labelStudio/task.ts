import { z } from 'zod';
import { brokenAt } from '../broken.ts';
import { isPicture } from '../labels/fileNames.ts';

const region = z.object({
  id: z.string().optional(),
  type: z.string().optional(),
  value: z.record(z.string(), z.unknown()).optional(),
  original_width: z.number().int().positive().optional(),
  original_height: z.number().int().positive().optional(),
  image_rotation: z.number().nullish(),
});
export type Region = z.infer<typeof region>;

const annotation = z.object({
  id: z.union([z.number(), z.string()]).nullish(),
  result: z.array(region).nullish(),
  was_cancelled: z.boolean().nullish(),
  ground_truth: z.boolean().nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
});
type Annotation = z.infer<typeof annotation>;

const task = z.object({
  data: z.record(z.string(), z.unknown()),
  file_upload: z.string().nullish(),
  annotations: z.array(annotation).nullish(),
  /** What annotations were called before version 1. */
  completions: z.array(annotation).nullish(),
  // Exports may hold the ids of predictions in the place of what was predicted.
  predictions: z.array(z.union([annotation, z.number()])).nullish(),
});

export interface TaskRegion {
  /** "annotations[0].result[2]" */
  readonly where: string;
  readonly region: Region;
  /** Labels of other results with the same id: brushes and boxes may be labelled apart. */
  readonly labelsApart: readonly string[];
  readonly remarks: readonly string[];
}

export interface Task {
  /** As the task has it. */
  readonly image: string;
  readonly regions: readonly TaskRegion[];
}

const stringsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []);

/** The labels that a region has itself. */
export const labelsIn = ({ type = '', value = {} }: Region): readonly string[] => [...stringsOf(value[type]), ...stringsOf(value.labels)];

const regionsOf = (where: string, { result }: Annotation, remarks: readonly string[]): readonly TaskRegion[] => {
  const results = result ?? [];
  const labels = new Map<string, readonly string[]>();
  for (const { id, type, value = {} } of results) if (id !== undefined && type === 'labels') labels.set(id, stringsOf(value.labels));
  return results.map((found, at) => ({ where: `${where}.result[${at}]`, region: found, labelsApart: (found.id === undefined ? undefined : labels.get(found.id)) ?? [], remarks }));
};

const momentOf = ({ updated_at: updatedAt, created_at: createdAt }: Annotation): number => {
  const ms = Date.parse(updatedAt ?? createdAt ?? '');
  return Number.isNaN(ms) ? -Infinity : ms;
};

/** Greater is better: ground truth, then the newest; of those without a time the one that comes last. */
const byWorth = (a: Annotation, b: Annotation): number => Number(a.ground_truth === true) - Number(b.ground_truth === true) || (momentOf(a) < momentOf(b) ? -1 : momentOf(a) > momentOf(b) ? 1 : 0);

/**
 * Annotations and predictions of a task are versions of the same objects, one by each annotator and model: one of them counts, never all together. A model's only where
 * no person has annotated the task.
 */
const versionOf = (list: string, annotations: readonly Annotation[], predictions: readonly (Annotation | number)[]): readonly TaskRegion[] => {
  const count = (of: readonly (Annotation | number)[]) =>
    of.flatMap((one, index) => (typeof one === 'number' || one.was_cancelled === true ? [] : [{ one, index }])).toSorted((a, b) => byWorth(a.one, b.one) || a.index - b.index);
  const [made, predicted] = [count(annotations), count(predictions)];
  const [best, other] = [made.at(-1), predicted.at(-1)];
  if (best !== undefined) {
    const why = best.one.ground_truth === true ? 'the ground truth' : 'the newest';
    return regionsOf(`${list}[${best.index}]`, best.one, made.length > 1 ? [`Of ${made.length} annotations of the task: ${why}; the others are left out.`] : []);
  }
  if (other === undefined) return [];
  return regionsOf(`predictions[${other.index}]`, other.one, [`A model’s prediction, not an annotation${predicted.length > 1 ? `; of ${predicted.length} the newest` : ''}.`]);
};

const imageIn = (data: Readonly<Record<string, unknown>>): string | null => {
  if (typeof data.image === 'string' && data.image !== '') return data.image;
  const pictures = Object.values(data).filter((value): value is string => typeof value === 'string' && (isPicture(value.split('?', 1)[0] as string) || isPicture(value)));
  return pictures[0] ?? null;
};

/** @param place, where for errors @throws ExpectedError annotations_invalid */
export const parseTask = (path: string, where: string, value: unknown): Task => {
  if (typeof value === 'object' && value !== null && !('data' in value) && ('image' in value || 'annotator' in value)) {
    throw brokenAt(path, where, 'A task has "data" and "annotations"; this is JSON-MIN, which has lost them. Export as JSON.');
  }
  const parsed = task.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw brokenAt(path, `${where}${(issue?.path ?? []).map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')}`, `It is no Label Studio task: ${issue?.message ?? 'unknown fault'}.`, parsed.error);
  }
  const { data, annotations, completions, predictions, file_upload: upload } = parsed.data;
  const image = imageIn(data) ?? (upload === '' ? null : (upload ?? null));
  if (image === null) throw brokenAt(path, `${where}.data`, 'The task names no image.');
  const list = annotations === undefined || annotations === null ? 'completions' : 'annotations';
  return { image, regions: versionOf(list, annotations ?? completions ?? [], predictions ?? []) };
};
