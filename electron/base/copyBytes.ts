import type { FileHandle } from 'node:fs/promises';

const chunkBytes = 1024 * 1024;

/** Copies from the start of one open file to the start of another, with a megabyte in memory. @throws what the file system throws */
export const copyBytes = async (from: FileHandle, to: FileHandle): Promise<void> => {
  const chunk = Buffer.alloc(chunkBytes);
  for (let position = 0; ; ) {
    const { bytesRead } = await from.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) return;
    // The system may take less at a time.
    for (let done = 0; done < bytesRead; ) done += (await to.write(chunk, done, bytesRead - done, position + done)).bytesWritten;
    position += bytesRead;
  }
};
