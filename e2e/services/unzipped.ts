import { openZipSource } from '../../electron/exchange/zip/zipSource.ts';

/** A zip's files by their paths. */
export const unzipped = async (zip: string): Promise<ReadonlyMap<string, Uint8Array>> => {
  const source = await openZipSource(zip);
  try {
    const files = new Map<string, Uint8Array>();
    for (const { path } of await source.files()) files.set(path, await source.read(path));
    return files;
  } finally {
    await source.close();
  }
};
