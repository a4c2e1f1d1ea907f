import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where Maskdesk keeps what can be fetched or made again (weights, demo photos, the Electron runtime): `MASKDESK_CACHE`, else the
 * system's cache folder for this user.
 */
export const cacheFolder = (env: NodeJS.ProcessEnv = process.env): string => {
  if (env['MASKDESK_CACHE']) return env['MASKDESK_CACHE'];
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'maskdesk', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'maskdesk');
  return join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'maskdesk');
};

/** Where stores and settings live by default: `MASKDESK_DATA`, else the system's data folder for this user. */
export const dataFolder = (env: NodeJS.ProcessEnv = process.env): string => {
  if (env['MASKDESK_DATA']) return env['MASKDESK_DATA'];
  if (process.platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'maskdesk');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'maskdesk');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'maskdesk');
};
