import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BugError } from '../../shared/errors/errors.ts';

/** The folder that holds package.json, models/ and resources/: above this file, both as source and bundled into dist/electron. */
export const appFolder = (): string => {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'models'))) return folder;
  }
  throw new BugError(`models/ and package.json are not above ${import.meta.dirname}`);
};
