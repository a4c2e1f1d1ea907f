import { open } from 'node:fs/promises';
import { ExpectedError, isExpected } from '../../../shared/errors/errors.ts';
import type { ImageCodec } from '../../../shared/ports/imageCodec.ts';
import { fileError } from '../../base/fileError.ts';
import { resolveInside } from './folderScan.ts';

/** Below this a file is simply read; above, its beginning is looked at first, so that films and archives are not read whole. */
const peekAboveBytes = 2 ** 20;
const peekBytes = 64 * 2 ** 10;

/**
 * @throws ExpectedError path_outside_root, file_unreadable, permission_denied, image_too_large (bytes), image_unsupported
 */
export const readPicture = async (realRoot: string, file: string, codec: ImageCodec, maxFileBytes: number): Promise<Uint8Array> => {
  const path = await resolveInside(realRoot, file);
  try {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      if (size > peekAboveBytes) {
        const head = new Uint8Array(peekBytes);
        await handle.read(head, 0, peekBytes, 0);
        // A cut-off beginning is never a whole picture; only what it is of counts here.
        await codec.probe(head).catch((error: unknown) => {
          if (isExpected(error, 'image_unsupported')) throw error;
        });
      }
      if (size > maxFileBytes) {
        throw new ExpectedError('image_too_large', `The file has ${Math.round(size / 2 ** 20)} MB; the limit is ${Math.round(maxFileBytes / 2 ** 20)} MB.`);
      }
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(error, file);
  }
};
