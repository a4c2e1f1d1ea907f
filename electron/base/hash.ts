import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Sha256 } from '../../shared/domain/ids.ts';

export const sha256Hex = (bytes: Uint8Array | string): Sha256 => createHash('sha256').update(bytes).digest('hex') as Sha256;

/** However large it is. @throws what the file system throws */
export const sha256OfFile = async (path: string): Promise<Sha256> => {
  const digest = createHash('sha256');
  await pipeline(createReadStream(path), digest);
  return digest.digest('hex') as Sha256;
};
