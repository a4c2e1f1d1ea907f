import type { OpenSourceFile } from '../../shared/ports/annotationSource.ts';

export const openInMemory = (bytes: Uint8Array): OpenSourceFile => ({
  sizeBytes: bytes.length,
  read: async (offset, length) => bytes.slice(offset, Math.min(bytes.length, offset + length)),
  close: async () => undefined,
});
