import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';

/** What is looked at in a line: the rest is whatever the event's schema says. */
const lineSchema = z.looseObject({ event_id: z.string() });

const chunkBytes = 1 << 20;
const newline = 0x0a;

/**
 * The ids of the events in a file of lines, kept up to date by reading only what was appended since. Bytes after the last newline are a
 * line in the making, or the torn end of one whose writer died.
 */
export class EventIndex {
  readonly #ids = new Set<string>();
  /** End of the last whole line that was read. */
  #readBytes = 0;
  /** Tells one file from another at the same path, after somebody has moved the old one away. */
  #fileId: bigint | null = null;

  has(eventId: string): boolean {
    return this.#ids.has(eventId);
  }

  /** @returns sizes in bytes: of whole lines, and of the file */
  async refresh(handle: FileHandle): Promise<{ readonly wholeBytes: number; readonly fileBytes: number }> {
    const { ino, size } = await handle.stat({ bigint: true });
    const fileBytes = Number(size);
    if (ino !== this.#fileId || fileBytes < this.#readBytes) {
      this.#ids.clear();
      this.#readBytes = 0;
      this.#fileId = ino;
    }
    await this.#readLines(handle, fileBytes);
    return { wholeBytes: this.#readBytes, fileBytes };
  }

  async #readLines(handle: FileHandle, endBytes: number): Promise<void> {
    const chunk = Buffer.alloc(Math.min(chunkBytes, Math.max(0, endBytes - this.#readBytes)));
    let rest = Buffer.alloc(0);
    let position = this.#readBytes;
    while (position < endBytes) {
      const { bytesRead } = await handle.read(chunk, 0, Math.min(chunk.length, endBytes - position), position);
      if (bytesRead === 0) return;
      position += bytesRead;
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      const end = bytes.lastIndexOf(newline) + 1;
      for (const line of bytes.toString('utf8', 0, end).split('\n')) this.#take(line);
      this.#readBytes += end;
      rest = bytes.subarray(end);
    }
  }

  /** A whole line that is no event was not written by us: it carries no id, and it is not ours to remove. */
  #take(line: string): void {
    if (line === '') return;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return;
    }
    const event = lineSchema.safeParse(value);
    if (event.success) this.#ids.add(event.data.event_id);
  }
}
