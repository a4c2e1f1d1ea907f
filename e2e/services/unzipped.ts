import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

/** A zip's files by their paths, unpacked by another program than ours: Python's zipfile. */
export const unzipped = async (zip: string): Promise<ReadonlyMap<string, Uint8Array>> => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-unzipped-'));
  try {
    execFileSync('python3', ['-m', 'zipfile', '-e', zip, folder]);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return new Map(await Promise.all(files.map(async (file) => [relative(folder, file).replaceAll(sep, '/'), await readFile(file)] as const)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
