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

const annotation = z.object({ result: z.array(region).nullish(), was_cancelled: z.boolean().nullish() });

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

const regionsOf = (list: string, annotations: readonly (z.infer<typeof annotation> | number)[], remarkOf: (index: number) => readonly string[]): readonly TaskRegion[] =>
  annotations.flatMap((one, index) => {
    if (typeof one === 'number' || one.was_cancelled === true) return [];
    const results = one.result ?? [];
    const labels = new Map<string, readonly string[]>();
    for (const { id, type, value = {} } of results) if (id !== undefined && type === 'labels') labels.set(id, stringsOf(value.labels));
    return results.map((found, at) => ({ where: `${list}[${index}].result[${at}]`, region: found, labelsApart: (found.id === undefined ? undefined : labels.get(found.id)) ?? [], remarks: remarkOf(index) }));
  });

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
  const made = annotations ?? completions ?? [];
  return {
    image,
    regions: [
      ...regionsOf(annotations === undefined || annotations === null ? 'completions' : 'annotations', made, (index) => (index === 0 ? [] : [`Annotation ${index + 1} of ${made.length} of the same task.`])),
      ...regionsOf('predictions', predictions ?? [], () => ['A model’s prediction, not an annotation.']),
    ],
  };
};
