import { openSource } from '../../electron/exchange/index.ts';

/** A zip's files by their paths. */
export const unzipped = async (zip: string): Promise<ReadonlyMap<string, Uint8Array>> => {
  const source = await openSource(zip);
  try {
    const files = new Map<string, Uint8Array>();
    for (const { path } of await source.files()) files.set(path, await source.read(path));
    return files;
  } finally {
    await source.close();
  }
};
