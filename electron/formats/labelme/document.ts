import { z } from 'zod';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { brokenAt } from '../broken.ts';
import { parseJson } from '../json/parseJson.ts';
import { farthestImagePx } from '../polygons/drawRing.ts';

const coordinate = z.number().min(-farthestImagePx).max(farthestImagePx);
const side = z.number().nullish();

/** What labelme's label files hold (labelme/label_file.py of https://github.com/wkentaro/labelme); other fields are left alone. */
const shapeSchema = z.object({
  label: z.string(),
  points: z.array(z.tuple([coordinate, coordinate])),
  /** Files of version 3 have none: all are polygons. */
  shape_type: z.string().nullish(),
  group_id: z.union([z.number(), z.string()]).nullish(),
  mask: z.string().nullish(),
});
const documentSchema = z.object({ shapes: z.array(shapeSchema), imagePath: z.string().nullish(), imageData: z.string().nullish(), imageHeight: side, imageWidth: side });

export type LabelmeShape = z.infer<typeof shapeSchema>;
export type LabelmeDocument = z.infer<typeof documentSchema>;

/** "shapes[2].points[0]" */
const placeOf = (path: readonly PropertyKey[]): string => path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('').replace(/^\./, '');

/** Null: JSON, but no label file (other tools' settings lie about in such folders). @throws ExpectedError annotations_invalid, file_unreadable */
export const readDocument = async (source: AnnotationSource, path: string): Promise<LabelmeDocument | null> => {
  const content = parseJson(path, await source.read(path));
  if (typeof content !== 'object' || content === null || !('shapes' in content || 'imagePath' in content || 'imageData' in content)) return null;
  const read = documentSchema.safeParse(content);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw brokenAt(path, issue === undefined ? null : placeOf(issue.path) || null, `It is no label file of labelme: ${issue?.message ?? 'something is of another kind'}.`, read.error);
};

/** @param text with or without the beginning of a data URL */
export const bytesOfBase64 = (text: string): Uint8Array => Buffer.from(text.replace(/^data:[^,]{0,100},/, ''), 'base64');
