import { open } from 'node:fs/promises';
import { fileError } from '../base/fileError.ts';
import { syncFolder } from '../base/atomicFile.ts';

/** Files and folders that a power cut could still take. Syncing many at once lets the disk put them in one go. */
export interface Unsynced {
  file(path: string): Promise<void>;
  folder(path: string): void;
  sync(): Promise<void>;
}

const atOnce = 16;
/** More than that are not kept waiting: memory stays flat without checkpoints too. */
const mostWaiting = 512;

export const syncFile = async (path: string): Promise<void> => {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

export const trackUnsynced = (): Unsynced => {
  const files = new Set<string>();
  const folders = new Set<string>();
  const drain = async (paths: Set<string>, syncOne: (path: string) => Promise<void>): Promise<void> => {
    const queue = [...paths];
    const work = async (): Promise<void> => {
      for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
        const current = path;
        await syncOne(current).catch((error: unknown) => {
          throw fileError(error, current);
        });
        paths.delete(current);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  };
  const sync = async (): Promise<void> => {
    await drain(files, syncFile);
    await drain(folders, syncFolder);
  };
  return {
    file: async (path) => {
      files.add(path);
      if (files.size >= mostWaiting) await sync();
    },
    folder: (path) => void folders.add(path),
    sync,
  };
};
