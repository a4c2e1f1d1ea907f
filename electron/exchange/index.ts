import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileError } from '../base/fileError.ts';
import { ExpectedError } from '../../shared/errors/errors.ts';
import type { TargetPlace } from '../../shared/domain/targetPlace.ts';
import type { AnnotationSource } from '../../shared/ports/annotationSource.ts';
import type { ExportTarget } from '../../shared/ports/exportTarget.ts';
import { openFolderSource } from './folderSource.ts';
import { openFolderTarget } from './folderTarget.ts';

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
    case 's3':
      throw new ExpectedError('invalid_input', 'Only folders can be written to yet.');
  }
};

/** @throws ExpectedError file_unreadable, permission_denied, annotations_invalid */
export const openSource = async (place: string): Promise<AnnotationSource> => {
  const found = await stat(place).catch((error: unknown) => Promise.reject(fileError(error, place) as Error));
  if (!found.isDirectory()) throw new ExpectedError('file_unreadable', `${place} is no folder.`);
  return openFolderSource(place);
};
