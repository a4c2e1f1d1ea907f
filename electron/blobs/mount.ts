import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ExpectedError } from '../../shared/errors/errors.ts';

/** What a network folder or a process without handles left answers for every file. */
const codesOfTheDisk: ReadonlySet<string | undefined> = new Set(['ESTALE', 'ENOTCONN', 'ETIMEDOUT', 'EHOSTDOWN', 'EHOSTUNREACH', 'ENODEV', 'ENXIO', 'EMFILE', 'ENFILE']);

export const isOfTheDisk = (error: unknown): boolean => codesOfTheDisk.has((error as NodeJS.ErrnoException).code);

export const unreachable = (root: string, cause: unknown): ExpectedError =>
  new ExpectedError('blobs_unreachable', `The folder ${root} can't be reached as it was before. Check that its disk or network folder is mounted.`, { cause });

/** Folders that a disk may be mounted at. */
const mountPoints = (root: string): readonly string[] => [root, join(root, 'data')];

const identityOf = async (folder: string): Promise<string | null> => {
  try {
    const { dev, ino } = await stat(folder, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

/** Remembers what lay at the root: the empty folder that an unmounted disk leaves has the same name and is another. */
export const openMount = async (root: string): Promise<{ /** @throws ExpectedError blobs_unreachable */ assertThere(): Promise<void> }> => {
  const known = new Map<string, string>();
  const look = async (): Promise<void> => {
    for (const folder of mountPoints(root)) {
      const identity = await identityOf(folder);
      const before = known.get(folder);
      if (before !== undefined && before !== identity) throw unreachable(root, new Error(`${folder} was ${before} and is ${identity ?? 'not there'}`));
      if (identity !== null) known.set(folder, identity);
    }
  };
  await look().catch(() => undefined);
  return {
    assertThere: () =>
      look().catch((error: unknown) => {
        throw error instanceof ExpectedError ? error : unreachable(root, error);
      }),
  };
};
