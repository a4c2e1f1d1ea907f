import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { brokenAt } from '../broken.ts';
import { baseName } from '../labels/fileNames.ts';
import { largestClass } from './labelLine.ts';

/** Names of classes by their number; the file that says so. */
export interface ClassNames {
  readonly path: string;
  readonly names: ReadonlyMap<number, string>;
}

const largestBytes = 4 * 2 ** 20;
const name = z.union([z.string(), z.number(), z.boolean()]).transform(String);
/** `names` is a list or goes by number, and old files say only how many there are (https://docs.ultralytics.com/datasets/segment/). */
const dataYaml = z.object({
  names: z.union([z.array(name).max(largestClass + 1), z.record(z.string().regex(/^\d{1,5}$/), name)]).optional(),
  nc: z.int().min(0).max(largestClass + 1).optional(),
});

const parseYaml = (path: string, text: string): ClassNames => {
  const document = parseDocument(text, { logLevel: 'silent', stringKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const place = error.linePos?.[0];
    throw brokenAt(path, place === undefined ? null : { line: place.line, column: place.col }, `It is no YAML: ${(error.message.split('\n')[0] as string).replace(/ at line \d+, column \d+:?$/, '')}.`, error);
  }
  let content: unknown;
  try {
    // Aliases are counted: a few lines can stand for gigabytes.
    content = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw brokenAt(path, null, 'Its aliases can’t be resolved.', cause);
  }
  const read = dataYaml.safeParse(content);
  if (!read.success) throw brokenAt(path, read.error.issues[0]?.path.join('.') || null, '`names` should list the classes, or name them by number.', read.error);
  const { names, nc } = read.data;
  if (Array.isArray(names)) return { path, names: new Map(names.entries()) };
  if (names !== undefined) return { path, names: new Map(Object.entries(names).map(([number, value]) => [Number(number), value] as const).sort(([a], [b]) => a - b)) };
  return { path, names: new Map(Array.from({ length: nc ?? 0 }, (_, number) => [number, `class ${number}`])) };
};

const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path);
const isList = (path: string): boolean => /(^|\/)(classes\.txt|obj\.names|[^/]+\.names)$/i.test(path);

/** Files that say what the classes are called, the likeliest first: `data.yaml` before other YAML, whatever is higher up before the rest. @param labels `classes.txt` may be the labels of a photo of that name */
export const namesFiles = (paths: readonly string[], labels: readonly string[]): readonly string[] => {
  const ofPhotos = new Set(labels);
  const rank = (path: string): number => (isYaml(path) ? (/^(data|dataset)\.ya?ml$/i.test(baseName(path)) ? 0 : 1) : 2);
  const depth = (path: string): number => path.split('/').length;
  return paths.filter((path) => (isYaml(path) || isList(path)) && !ofPhotos.has(path)).sort((a, b) => rank(a) - rank(b) || depth(a) - depth(b) || (a < b ? -1 : 1));
};

/** The first file that names any; null: classes have numbers alone. @param files as namesFiles @throws ExpectedError annotations_invalid, file_unreadable */
export const readClassNames = async (source: AnnotationSource, files: readonly string[]): Promise<ClassNames | null> => {
  for (const path of files) {
    const text = new TextDecoder().decode(await source.read(path, largestBytes));
    const lines = text.split(/\r?\n/).map((line) => line.trim());
    const found = isYaml(path) ? parseYaml(path, text) : { path, names: new Map(lines.filter((line, at) => line !== '' || at < lines.length - 1).entries()) };
    if (found.names.size > 0) return found;
  }
  return null;
};
