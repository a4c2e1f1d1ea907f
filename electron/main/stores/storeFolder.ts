import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { demoStoreFolder, readConfig } from '../../app/config.ts';
import { sha256Hex } from '../../base/hash.ts';

/** The name of a store between page and host; also of its profile folder. */
export const storeIdOf = (storeDir: string): string => sha256Hex(storeDir).slice(0, 16);

/** Whether a folder holds a store: the database that its settings name, or the usual one. Never throws: what can't be read is none. */
export const isStoreFolder = async (folder: string): Promise<boolean> => {
  try {
    const { config } = await readConfig({ storeDir: folder });
    return (await stat(join(folder, config.settings.databaseFile))).isFile();
  } catch {
    return false;
  }
};

/** Whether a new store may be made there: nothing is in it that could be anybody's, or it does not exist yet. */
export const isFreeForStore = async (folder: string): Promise<boolean> => {
  try {
    return (await readdir(folder)).every((name) => name.startsWith('.') || name === 'maskdesk.json');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
};

/** As people call it. */
export const storeNameOf = (storeDir: string): string =>
  storeDir === demoStoreFolder() ? 'Demo store' : (storeDir.split(/[\\/]/).filter((part) => part !== '').at(-1) ?? storeDir);
