import { ExpectedError } from '../../../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../../../shared/ports/annotationSource.ts';

/** Files by path, as a source of the application gives them: what is not listed can't be read, and too large files are refused. */
export type FileMap = ReadonlyMap<string, Uint8Array>;

export const memorySource = (files: FileMap): AnnotationSource => {
  const listed = [...files].map(([path, { length }]) => ({ path, sizeBytes: length })).sort((a, b) => (a.path < b.path ? -1 : 1));
  const find = (path: string): Uint8Array => {
    const bytes = files.get(path);
    if (bytes === undefined) throw new ExpectedError('file_unreadable', `${path} is not there.`);
    return bytes;
  };
  return {
    location: '/fuzzed',
    name: 'fuzzed',
    files: async () => listed,
    read: async (path, maxBytes = 512 * 2 ** 20) => {
      const bytes = find(path);
      if (bytes.length > maxBytes) throw new ExpectedError('annotations_invalid', `${path} is too large.`);
      return bytes.slice();
    },
    open: async (path) => {
      const bytes = find(path);
      return { sizeBytes: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length), close: async () => undefined };
    },
    close: async () => undefined,
  };
};
