import type { SourceFile } from '../../shared/ports/annotationSource.ts';
import { baseName, isPicture } from './labels/fileNames.ts';

/** Name of a photo as a tool has it: with forward slashes; of an address its path alone. */
export const photoName = (name: string): string => {
  const address = /^[a-z][a-z0-9+.-]+:\/\/[^/]*\/([^?#]*)/i.exec(name);
  if (address === null) return name.replaceAll('\\', '/');
  try {
    return decodeURIComponent(address[1] as string);
  } catch {
    return address[1] as string; // a sign of percent of its own
  }
};

/**
 * Finds the photos of a source by what annotations call them: the path itself, a path that ends so, or the only file of that name.
 * @returns null: it did not come along, or it is not clear which it is
 */
export const photosIn = (files: readonly SourceFile[]): ((name: string) => string | null) => {
  const byName = new Map<string, string[]>();
  for (const { path } of files) {
    if (!isPicture(path)) continue;
    const name = baseName(path);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [path]);
    else known.push(path);
  }
  return (name) => {
    const paths = byName.get(baseName(name)) ?? [];
    if (paths.length <= 1) return paths[0] ?? null;
    const nearer = paths.filter((path) => path === name || path.endsWith(`/${name}`));
    return paths.find((path) => path === name) ?? (nearer.length === 1 ? (nearer[0] as string) : null);
  };
};
