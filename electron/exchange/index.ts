import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { TargetPlace } from '../../shared/domain/targetPlace.ts';
import type { AnnotationSource } from '../../shared/ports/annotationSource.ts';
import type { ExportTarget } from '../../shared/ports/exportTarget.ts';
import { openFileSource } from './fileSource.ts';
import { openFolderSource } from './folderSource.ts';
import { openFolderTarget } from './folderTarget.ts';
import { onDisk } from './onDisk.ts';
import type { SourceOptions } from './sourceLimits.ts';
import { openZipSource } from './zip/zipSource.ts';
import { openZipTarget } from './zip/zipTarget.ts';

export interface TargetOptions {
  /** A finished export of ours that stands there is replaced; anything else never is. */
  readonly overwrite: boolean;
}

/** @throws ExpectedError invalid_input, blobs_unreachable, permission_denied */
export const openTarget = async (place: TargetPlace, options: TargetOptions): Promise<ExportTarget> => {
  switch (place.kind) {
    case 'folder':
      return openFolderTarget(resolve(place.path), options);
    case 'zip':
      return openZipTarget(resolve(place.path), options);
    case 's3':
      throw new ExpectedError('invalid_input', 'Only folders and zip files can be written to yet.');
  }
};

/** How a zip begins: with an entry, or (an empty one) with its end. */
const zipStarts: ReadonlySet<string> = new Set(['504b0304', '504b0506']);

const startsAsZip = async (source: AnnotationSource): Promise<boolean> => {
  const file = await source.open(source.name);
  try {
    return zipStarts.has(Buffer.from(await file.read(0, 4)).toString('hex'));
  } finally {
    await file.close();
  }
};

/**
 * @param place a folder, a zip file (by its name or by its first bytes), or another file
 * @throws ExpectedError file_unreadable, permission_denied, annotations_invalid
 */
export const openSource = async (place: string, options: SourceOptions = {}): Promise<AnnotationSource> => {
  const found = await onDisk(place, () => stat(place));
  if (found.isDirectory()) return openFolderSource(place, options);
  const file = await openFileSource(place);
  return /\.zip$/i.test(place) || (await startsAsZip(file)) ? openZipSource(place, options) : file;
};
