import { createReadStream } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { NameTable } from '../../shared/flat/nameTable.ts';
import { isThere, onDisk } from './onDisk.ts';

/** At the top of a finished export in a folder or a bucket: the paths of its files, a line each, as JSON. What is not in it was put there by somebody else since. */
export const ownFilesName = '.maskdesk-files';

/** Made by file managers without anybody's asking. */
const clutter = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini)$/;

const namedFirst = 3;

/** @param lines of an export's own list @param there all that lies at its place @returns what is not its own: the first few, and how many */
export const foreignAmong = async (lines: AsyncIterable<string>, there: AsyncIterable<string>): Promise<{ readonly first: readonly string[]; readonly count: number }> => {
  const own = new NameTable();
  own.add(ownFilesName);
  for await (const line of lines) if (line !== '') own.add(z.string().parse(JSON.parse(line)));
  const first: string[] = [];
  let count = 0;
  for await (const path of there) {
    if (own.has(path) || clutter.test(path)) continue;
    count++;
    if (first.length < namedFirst) first.push(path);
  }
  return { first, count };
};

/** @throws ExpectedError target_exists */
export const assertNoneForeign = ({ first, count }: { readonly first: readonly string[]; readonly count: number }, location: string): void => {
  if (count === 0) return;
  const named = `${first.join(', ')}${count > first.length ? ` and ${count - first.length} more` : ''}`;
  throw new ExpectedError('target_exists', `${location} is an export, and beside its own files somebody has put others there, which would be lost: ${named}. Move them away, or choose another place.`);
};

async function* filesIn(folder: string, below = ''): AsyncGenerator<string> {
  for await (const entry of await opendir(join(folder, below))) {
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) yield* filesIn(folder, `${path}/`);
    else yield path;
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  // One without a list is of no version that wrote lists: nothing in it is known to be its own.
  if (await isThere(file)) yield* createInterface({ input: createReadStream(file), crlfDelay: Infinity });
}

/** Before an export that stands in a folder is replaced. Empty folders don't count. @throws ExpectedError target_exists where somebody has put files into it since */
export const assertOnlyOwnFiles = async (folder: string, location: string): Promise<void> =>
  assertNoneForeign(await onDisk(folder, () => foreignAmong(linesOf(join(folder, ownFilesName)), filesIn(folder))), location);
