import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { appFolder } from './appFolder.ts';
import { inferenceSourceEntry } from '../inference/launchers/childProcess.ts';

/** The bundled inference process where this code is bundled, else its source. */
export const inferenceEntry = (): string => {
  const bundled = join(appFolder(), 'dist', 'electron', 'inference.js');
  return import.meta.filename.endsWith('.ts') || !existsSync(bundled) ? inferenceSourceEntry : bundled;
};
