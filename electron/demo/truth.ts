import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { assetKinds, type AssetRef } from '../../shared/domain/asset.ts';
import { fileNameOfId } from '../../shared/domain/fileName.ts';
import { areaPx, type Bitmap } from '../../shared/mask/bitmap.ts';
import type { ImageCodec } from '../../shared/ports/imageCodec.ts';
import { writeFileAtomic } from '../base/atomicFile.ts';
import { fileError } from '../base/fileError.ts';
import { sha256Hex } from '../base/hash.ts';

const entrySchema = z.object({
  kind: z.enum(assetKinds),
  id: z.string(),
  /** Relative to the folder of the index. */
  file: z.string(),
  widthPx: z.int(),
  heightPx: z.int(),
  areaPx: z.int(),
});
export type TruthEntry = z.infer<typeof entrySchema>;

/** True masks lie beside the store and never in it: tests and benchmarks measure against them, the app does not know of them. */
export const truthFolder = (storeDir: string): string => join(storeDir, 'demo', 'truth');
const indexPath = (storeDir: string): string => join(truthFolder(storeDir), 'index.json');

const truthFile = (asset: AssetRef): string => `${asset.kind}/${fileNameOfId(asset.id, sha256Hex)}.png`;

/** @throws ExpectedError file_unreadable when the demo is not finished */
export const readTruthIndex = async (storeDir: string): Promise<readonly TruthEntry[]> => {
  const path = indexPath(storeDir);
  try {
    return z.array(entrySchema).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw fileError(error, path);
  }
};

/** The true mask of a demo picture, at its size. */
export const readTruth = async (storeDir: string, entry: TruthEntry, codec: ImageCodec): Promise<Bitmap> =>
  codec.decodeMask(await readFile(join(truthFolder(storeDir), entry.file)));

export const writeTruth = async (storeDir: string, asset: AssetRef, truth: Bitmap, codec: ImageCodec): Promise<TruthEntry> => {
  const file = truthFile(asset);
  await writeFileAtomic(join(truthFolder(storeDir), file), await codec.encodeMask(truth));
  return { ...asset, file, widthPx: truth.widthPx, heightPx: truth.heightPx, areaPx: areaPx(truth) };
};

/** The entry of a true mask that an earlier, interrupted run wrote; null when there is none. */
export const findTruth = async (storeDir: string, asset: AssetRef, codec: ImageCodec): Promise<TruthEntry | null> => {
  const file = truthFile(asset);
  const bytes = await readFile(join(truthFolder(storeDir), file)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw fileError(error, file);
  });
  if (bytes === null) return null;
  const truth = await codec.decodeMask(bytes);
  return { ...asset, file, widthPx: truth.widthPx, heightPx: truth.heightPx, areaPx: areaPx(truth) };
};

export const writeTruthIndex = (storeDir: string, entries: readonly TruthEntry[]): Promise<void> =>
  writeFileAtomic(indexPath(storeDir), `${JSON.stringify(entries, null, 2)}\n`);
