import { stat } from 'node:fs/promises';
import { basename, dirname, relative, sep } from 'node:path';
import { lookForMasks } from './droppedMasks.ts';
import { isStoreFolder } from './storeFolder.ts';

export type DropFound =
  | { readonly kind: 'store'; readonly folder: string }
  | {
      readonly kind: 'pictures';
      /** What is imported: all of this folder, or `only` these paths inside it (forward slashes). */
      readonly folder: string;
      readonly only: readonly string[] | null;
      readonly name: string;
      readonly files: number;
      readonly folders: number;
    }
  /** A folder or a file; hasPhotos: pictures are there as well. */
  | { readonly kind: 'masks'; readonly path: string; readonly name: string; readonly hasPhotos: boolean }
  | { readonly kind: 'refused'; readonly message: string };

/** The deepest folder that holds all of them. */
const commonFolder = (paths: readonly string[]): string => {
  let folder = dirname(paths[0] as string);
  const holds = (path: string): boolean => {
    const inside = relative(folder, path);
    return inside !== '' && inside.split(sep)[0] !== '..' && dirname(path) !== path;
  };
  while (!paths.every(holds) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
};

/** What was dropped on the window. One folder is imported as from the dialog, one with masks or annotations in it as those; several things as what they are inside the folder that holds them. */
export const inspectDrop = async (paths: readonly string[]): Promise<DropFound> => {
  const found = await Promise.all(
    paths.map(async (path) => ({
      path,
      isFolder: await stat(path).then(
        (entry) => entry.isDirectory(),
        () => null,
      ),
    })),
  );
  const there = found.filter(({ isFolder }) => isFolder !== null);
  const [first] = there;
  if (first === undefined) {
    return { kind: 'refused', message: paths.length === 0 ? 'What was dropped is no file. Drop a folder or pictures from the file manager.' : 'What was dropped can’t be read any more.' };
  }
  const folders = there.filter(({ isFolder }) => isFolder === true).length;
  const counts = { folders, files: there.length - folders };
  if (there.length === 1) {
    const { path } = first;
    if (first.isFolder === true && (await isStoreFolder(path))) return { kind: 'store', folder: path };
    const { hasMasks, hasPhotos } = await lookForMasks(path, first.isFolder === true);
    if (hasMasks) return { kind: 'masks', path, name: basename(path), hasPhotos };
  }
  if (there.length === 1 && first.isFolder === true) {
    return { kind: 'pictures', folder: first.path, only: null, name: basename(first.path), ...counts };
  }
  const folder = commonFolder(there.map(({ path }) => path));
  const only = there.map(({ path }) => relative(folder, path).split(sep).join('/'));
  return { kind: 'pictures', folder, only, name: there.length === 1 ? basename(first.path) : `${there.length} dropped items`, ...counts };
};
