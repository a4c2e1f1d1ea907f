import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ImportProblem } from '../../../shared/contracts/rpc/imports.ts';
import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import { fileError } from '../../base/fileError.ts';
import { problemOf } from './problem.ts';

/** What systems leave in folders, beside names that begin with a dot. */
const litter = new Set(['thumbs.db', 'desktop.ini', 'ehthumbs.db', '__macosx']);

const isLitter = (name: string): boolean => name.startsWith('.') || litter.has(name.toLowerCase());

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export type Found = { readonly kind: 'file'; readonly file: string } | { readonly kind: 'problem'; readonly problem: ImportProblem };

/** A path inside the folder as people and ids see it: forward slashes on every system. */
const shown = (root: string, path: string): string => relative(root, path).split(sep).join('/');

const isInside = (realRoot: string, realPath: string): boolean => realPath === realRoot || realPath.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep);

/** @throws ExpectedError file_unreadable, permission_denied, invalid_input (not a folder) */
export const openFolder = async (folder: string): Promise<string> => {
  try {
    const root = await realpath(folder);
    if (!(await stat(root)).isDirectory()) throw new ExpectedError('invalid_input', `${folder} is a file; import needs a folder.`);
    await readdir(root);
    return root;
  } catch (error) {
    throw fileError(error, folder);
  }
};

/**
 * The real place of a file of the folder.
 * @throws ExpectedError path_outside_root (a link, or `..`, leads out of it), file_unreadable, permission_denied
 */
export const resolveInside = async (realRoot: string, file: string): Promise<string> => {
  const path = join(realRoot, file);
  const outside = (): ExpectedError => new ExpectedError('path_outside_root', `${file} leads out of the imported folder; it was left alone.`);
  if (!isInside(realRoot, path)) throw outside();
  const real = await realpath(path).catch((error: unknown) => {
    throw fileError(error, path);
  });
  if (!isInside(realRoot, real)) throw outside();
  return real;
};

/**
 * Every file below a folder, in an order that does not depend on the system: folders and files by name. Names that begin with a dot and
 * what systems leave (Thumbs.db ...) are passed over. Links are followed inside the folder; one that leads out of it, or nowhere, is
 * told as a problem, as is what may not be read. Folders reached twice (links in circles) are walked once.
 * @param realRoot as {@link openFolder} gives it
 * @param only files and folders inside it (forward slashes) that are walked; absent: all
 */
export async function* scanFolder(realRoot: string, signal?: AbortSignal, only?: readonly string[]): AsyncGenerator<Found> {
  const walked = new Set<string>();
  async function* walk(folder: string, realFolder: string): AsyncGenerator<Found> {
    if (walked.has(realFolder)) return;
    walked.add(realFolder);
    let names: string[];
    try {
      names = await readdir(folder);
    } catch (error) {
      yield { kind: 'problem', problem: problemOf(shown(realRoot, folder), fileError(error, shown(realRoot, folder))) };
      return;
    }
    for (const name of names.sort(compare)) if (!isLitter(name)) yield* enter(join(folder, name), join(realFolder, name));
  }
  async function* enter(path: string, realPath: string): AsyncGenerator<Found> {
    throwIfCancelled(signal);
    const file = shown(realRoot, path);
    try {
      const entry = await lstat(path);
      const real = entry.isSymbolicLink() ? await resolveInside(realRoot, file) : path;
      const kind = entry.isSymbolicLink() ? await stat(real) : entry;
      if (kind.isDirectory()) yield* walk(path, entry.isSymbolicLink() ? real : realPath);
      else if (kind.isFile()) yield { kind: 'file', file };
      else yield { kind: 'problem', problem: { file, code: 'image_unsupported', reason: 'This is no file: a pipe, a socket or a device.' } };
    } catch (error) {
      yield { kind: 'problem', problem: problemOf(file, fileError(error, file)) };
    }
  }
  if (only === undefined) yield* walk(realRoot, realRoot);
  else for (const file of [...only].sort(compare)) yield* enter(join(realRoot, file), join(realRoot, file));
}
