import { isBlobKey } from '../../shared/domain/blobKeys.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';

export interface SourceOptions {
  /** More files than that are refused. Default 1,000,000. */
  readonly maxFiles?: number;
  /** Where large files of a zip or a bucket are unpacked to; they are gone when they are closed. Default: the system's folder for temporary files. */
  readonly tempFolder?: string;
}

export const defaultMaxFiles = 1_000_000;
export const defaultMaxBytes = 512 * 2 ** 20;

/** What operating systems leave among people's files: nothing that anybody annotated, though named as if (`._mask.png`). */
const litter = /(?:^|\/)(?:__MACOSX\/|\._[^/]*$|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i;
export const isLitter = (path: string): boolean => litter.test(path);

const broken = (location: string, sentence: string): ExpectedError => new ExpectedError('annotations_invalid', `${location}: ${sentence}`);

/** @throws ExpectedError annotations_invalid for a path that leads elsewhere, here or on another system */
export const checkSourcePath = (path: string, location: string): string => {
  if (!isBlobKey(path) || /^[a-z]:/i.test(path)) throw broken(location, `${JSON.stringify(path)} is no path that stays inside. Nothing was read.`);
  return path;
};

export const tooManyFiles = (location: string, maxFiles: number): ExpectedError => broken(location, `there are more than ${maxFiles.toLocaleString('en')} files in it. Choose a folder with the annotations alone.`);

/** @throws ExpectedError annotations_invalid */
export const checkReadSize = (path: string, sizeBytes: number, maxBytes: number, location: string): void => {
  if (sizeBytes > maxBytes) throw broken(location, `${path} has ${sizeBytes.toLocaleString('en')} bytes, more than the ${maxBytes.toLocaleString('en')} that are read at once.`);
};

export const notInSource = (path: string, location: string): ExpectedError => new ExpectedError('file_unreadable', `${path} is not in ${location}.`);

export const byPath = (a: { readonly path: string }, b: { readonly path: string }): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
