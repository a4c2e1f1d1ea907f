import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The repository's root, wherever the command was typed. */
export const rootFolder = resolve(import.meta.dirname, '../..');
export const inRoot = (...parts) => join(rootFolder, ...parts);

/** Stamps, locks and reports of this clone; git-ignored. */
export const bootstrapFolder = inRoot('.bootstrap');

/**
 * The same rules as electron/base/folders.ts, written again since the bootstrap runs before anything can load TypeScript (a test
 * holds the two together).
 */
export const cacheFolder = (env = process.env) => {
  if (env.MASKDESK_CACHE) return env.MASKDESK_CACHE;
  if (process.platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'maskdesk', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'maskdesk');
  return join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'maskdesk');
};

export const dataFolder = (env = process.env) => {
  if (env.MASKDESK_DATA) return env.MASKDESK_DATA;
  if (process.platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'maskdesk');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'maskdesk');
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'maskdesk');
};

/** The demo store that `npm start` opens when no other is named (electron/app/config.ts). */
export const demoStoreFolder = (env = process.env) => join(dataFolder(env), 'demo');

/** A demo store that nobody reviews in: e2e works on copies of it (MASKDESK_DEMO_TEMPLATE). */
export const demoTemplateFolder = join(bootstrapFolder, 'demoTemplate');
