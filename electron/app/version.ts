import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appFolder } from './appFolder.ts';

/** The version in package.json. */
export const appVersion = (): string => (JSON.parse(readFileSync(join(appFolder(), 'package.json'), 'utf8')) as { version: string }).version;
