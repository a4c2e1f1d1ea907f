import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkThreadSource } from '../services/checks/checkThread.ts';
import { appFolder } from './appFolder.ts';

/** The bundled thread that checks masks where this code is bundled, else its source. */
export const checksEntry = (): URL => {
  const bundled = join(appFolder(), 'dist', 'electron', 'checks.js');
  return import.meta.filename.endsWith('.ts') || !existsSync(bundled) ? checkThreadSource : pathToFileURL(bundled);
};
