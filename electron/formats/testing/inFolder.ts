import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ImportFormat } from '../../../shared/ports/importFormat.ts';
import { openFolderSource } from '../../exchange/folderSource.ts';
import { recognising } from './tryFormat.ts';

/** Runs with a folder that holds these files, and removes it. */
export const inFolder = async <T>(files: Readonly<Record<string, Uint8Array | string>>, run: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'maskdesk-format-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** How sure the importer is of a folder with these files. */
export const sureness = (files: Readonly<Record<string, Uint8Array | string>>, format: ImportFormat): Promise<number> =>
  inFolder(files, async (folder) => format.recognise(await openFolderSource(folder), recognising));
