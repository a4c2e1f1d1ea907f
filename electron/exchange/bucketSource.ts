import type { AnnotationSource, SourceFile } from '../../shared/ports/annotationSource.ts';
import type { BlobStore } from '../../shared/ports/blobStore.ts';
import { unfinishedMarker } from '../../shared/ports/exportTarget.ts';
import { closesItsFiles } from './closesItsFiles.ts';
import { openInMemory } from './openInMemory.ts';
import { byPath, checkReadSize, checkSourcePath, defaultMaxBytes, defaultMaxFiles, isLitter, notInSource, tooManyFiles, type SourceOptions } from './sourceLimits.ts';
import { openTempFile } from './tempFile.ts';

/** Smaller objects are opened in memory. */
const memoryBytes = 4 * 2 ** 20;

/** The objects below a prefix of a bucket; a large one is fetched into a file without a name when it is opened. */
export const openBucketSource = (blobs: BlobStore, name: string, { maxFiles = defaultMaxFiles, tempFolder }: SourceOptions = {}): AnnotationSource => {
  const { location } = blobs;
  const list = async (): Promise<ReadonlyMap<string, SourceFile>> => {
    const found: SourceFile[] = [];
    for await (const { key, sizeBytes } of blobs.listSized('')) {
      if (isLitter(key) || key === unfinishedMarker) continue;
      found.push({ path: checkSourcePath(key, location), sizeBytes });
      if (found.length > maxFiles) throw tooManyFiles(location, maxFiles);
    }
    return new Map(found.sort(byPath).map((file) => [file.path, file]));
  };
  let listed: Promise<ReadonlyMap<string, SourceFile>> | null = null;
  const files = (): Promise<ReadonlyMap<string, SourceFile>> => (listed ??= list());
  const find = async (path: string): Promise<SourceFile> => {
    const file = (await files()).get(path);
    if (file === undefined) throw notInSource(path, location);
    return file;
  };
  return closesItsFiles({
    location,
    name,
    files: async () => [...(await files()).values()],
    read: async (path, maxBytes = defaultMaxBytes) => {
      const { sizeBytes } = await find(path);
      checkReadSize(path, sizeBytes, maxBytes, location);
      return blobs.get(path);
    },
    open: async (path) => {
      const { sizeBytes } = await find(path);
      if (sizeBytes <= memoryBytes) return openInMemory(await blobs.get(path));
      return openTempFile(tempFolder, `${location}: ${path}`, (file) => blobs.getFile(path, file));
    },
    close: async () => undefined,
  });
};
