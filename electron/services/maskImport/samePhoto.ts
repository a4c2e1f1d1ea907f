import { isExpected } from '../../../shared/errors/errors.ts';
import { sha256Hex } from '../../base/hash.ts';
import type { MaskImportParts } from './parts.ts';

export interface ComparedPhotos {
  /** Path of the store's photo. */
  readonly localPath: string;
  /** Digest of the photo in the store that was exported, as its manifest says. */
  readonly exportedSha256: string;
  /** The photo that came along with the export; null: none did. @throws ExpectedError where it can't be read */
  readonly cameAlong: (() => Promise<Uint8Array>) | null;
}

const orNull = async <T>(work: () => Promise<T>): Promise<T | null> => {
  try {
    return await work();
  } catch (error) {
    if (isExpected(error)) return null;
    throw error;
  }
};

/**
 * Whether the store's photo is the one that the masks of an export were made over. A photo is written anew on its way where it lies turned, or is of a kind that not every
 * reader shows (`ImageCodec.normalise`: on export, and when it is added here), so what either file becomes counts as well. Null: the store's photo can't be read.
 */
export const isSamePhoto = async ({ localPath, exportedSha256, cameAlong }: ComparedPhotos, { blobs, codec, orientation }: Pick<MaskImportParts, 'blobs' | 'codec' | 'orientation'>): Promise<boolean | null> => {
  const here = await orNull(() => blobs.get(blobs.keyOfPath(localPath)));
  if (here === null) return null;
  const hereSha256 = sha256Hex(here);
  if (hereSha256 === exportedSha256) return true;
  const there = cameAlong === null ? null : await orNull(cameAlong);
  const thereSha256 = there === null ? null : sha256Hex(there);
  if (thereSha256 === hereSha256) return true;
  const becomes = async (bytes: Uint8Array): Promise<string | null> => {
    const image = await orNull(() => codec.normalise(bytes, orientation));
    return image === null ? null : sha256Hex(image.bytes);
  };
  const fromHere = await becomes(here);
  if (fromHere !== null && (fromHere === exportedSha256 || fromHere === thereSha256)) return true;
  const fromThere = there === null ? null : await becomes(there);
  return fromThere !== null && (fromThere === hereSha256 || fromThere === fromHere);
};
