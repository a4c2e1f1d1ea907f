import { chown, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** "nobody" on every Linux and macOS. */
const nobody = 65534;

/**
 * Runs a body without root's right to read and write everything, so that tests of permissions mean the same in a container. Everything
 * below `folder` is given to the user that the body runs as. For those who are not root, the body is run as it is.
 */
export const asOrdinaryUser = async <T>(folder: string, body: () => Promise<T>): Promise<T> => {
  if (process.getuid?.() !== 0) return body();
  for (const path of ['.', ...(await readdir(folder, { recursive: true }))]) await chown(join(folder, path), nobody, nobody);
  process.seteuid?.(nobody);
  try {
    return await body();
  } finally {
    process.seteuid?.(0);
  }
};
