import { open, stat, truncate, type FileHandle } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { BugError, ExpectedError, present } from '../../../shared/errors/errors.ts';
import { makeFolder } from '../../base/atomicFile.ts';
import { fileError } from '../../base/fileError.ts';

/** Ends a piece: in no document that is text. */
const end = '\0';
const bufferBytes = 256 * 1024;

interface OpenSpool {
  readonly handle: FileHandle;
  readonly path: string;
  writtenBytes: number;
  syncedBytes: number;
  waiting: string[];
  waitingLength: number;
}

/** Files that grow with each item, in the scratch folder: pieces of documents, in order. Memory stays flat; what was written outlives a kill. */
export class Spools {
  readonly #folder: string;
  readonly #open = new Map<string, OpenSpool>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param lengths as `flush` gave them: what was written after that is cut off. @throws ExpectedError disk_full, permission_denied, file_unreadable */
  static async open(folder: string, lengths: Readonly<Record<string, number>>): Promise<Spools> {
    const spools = new Spools(folder);
    try {
      await makeFolder(folder);
      for (const [name, length] of Object.entries(lengths)) await spools.#take(name, length);
      return spools;
    } catch (error) {
      await spools.close();
      throw fileError(error, folder);
    }
  }

  static async canGoOn(folder: string, lengths: Readonly<Record<string, number>>): Promise<boolean> {
    for (const [name, length] of Object.entries(lengths)) {
      const found = await stat(join(folder, `${name}.spool`)).catch(() => null);
      if (found === null || found.size < length) return false;
    }
    return true;
  }

  async #take(name: string, length: number): Promise<OpenSpool> {
    if (!/^[a-zA-Z0-9-]+$/.test(name)) throw new BugError(`${name} is no name of a spool`);
    const path = join(this.#folder, `${name}.spool`);
    const handle = await open(path, 'a+');
    await truncate(path, length);
    const spool = { handle, path, writtenBytes: length, syncedBytes: length, waiting: [], waitingLength: 0 };
    this.#open.set(name, spool);
    return spool;
  }

  async #write(spool: OpenSpool): Promise<void> {
    if (spool.waiting.length === 0) return;
    const bytes = Buffer.from(spool.waiting.join(''), 'utf8');
    spool.waiting = [];
    spool.waitingLength = 0;
    try {
      for (let done = 0; done < bytes.length; ) done += (await spool.handle.write(bytes, done)).bytesWritten;
    } catch (error) {
      throw fileError(error, spool.path);
    }
    spool.writtenBytes += bytes.length;
  }

  /** @throws ExpectedError disk_full, permission_denied */
  async append(name: string, text: string): Promise<void> {
    if (text.includes(end)) throw new BugError(`A piece of ${name} holds a NUL`);
    const spool = this.#open.get(name) ?? (await this.#take(name, 0));
    spool.waiting.push(text, end);
    spool.waitingLength += text.length;
    if (spool.waitingLength > bufferBytes) await this.#write(spool);
  }

  /** All that was appended is in the files, also after a power cut. @returns their lengths by name, in bytes */
  async flush(): Promise<Record<string, number>> {
    const lengths: Record<string, number> = {};
    for (const [name, spool] of this.#open) {
      const isNew = spool.waiting.length > 0 || spool.writtenBytes !== spool.syncedBytes;
      await this.#write(spool);
      if (isNew) await spool.handle.datasync();
      spool.syncedBytes = spool.writtenBytes;
      lengths[name] = spool.writtenBytes;
    }
    return lengths;
  }

  /** What was flushed, with `separator` between the pieces. One that nobody wrote to is empty. */
  async *text(name: string, separator: string): AsyncGenerator<Uint8Array> {
    const spool = this.#open.get(name);
    if (spool === undefined) return;
    const between = Buffer.from(separator, 'utf8');
    let isFirst = true;
    let isOpen = false;
    for await (const chunk of createReadStream(spool.path, { end: Math.max(0, spool.writtenBytes - 1), highWaterMark: bufferBytes })) {
      const bytes = chunk as Buffer;
      const parts: Uint8Array[] = [];
      for (let from = 0; from < bytes.length; ) {
        if (!isOpen && !isFirst) parts.push(between);
        isOpen = true;
        isFirst = false;
        const at = bytes.indexOf(0, from);
        parts.push(bytes.subarray(from, at === -1 ? bytes.length : at));
        if (at === -1) break;
        isOpen = false;
        from = at + 1;
      }
      yield Buffer.concat(parts);
    }
  }

  /** The pieces one by one. */
  async *pieces(name: string): AsyncGenerator<string> {
    let rest: Uint8Array[] = [];
    const spool = this.#open.get(name);
    if (spool === undefined || spool.writtenBytes === 0) return;
    for await (const chunk of createReadStream(spool.path, { end: spool.writtenBytes - 1, highWaterMark: bufferBytes })) {
      const bytes = chunk as Buffer;
      let from = 0;
      for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, from)) {
        rest.push(bytes.subarray(from, at));
        yield Buffer.concat(rest).toString('utf8');
        rest = [];
        from = at + 1;
      }
      rest.push(bytes.subarray(from));
    }
  }

  /** Bytes [start, end) of what was flushed. */
  async read(name: string, start: number, end: number): Promise<Buffer> {
    const { handle, path } = present(this.#open.get(name), `spool ${name}`);
    const bytes = Buffer.alloc(end - start);
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done);
      if (bytesRead === 0) throw new ExpectedError('file_unreadable', `${path} became shorter while it was read. Begin the export anew.`);
      done += bytesRead;
    }
    return bytes;
  }

  async close(): Promise<void> {
    for (const { handle } of this.#open.values()) await handle.close();
    this.#open.clear();
  }
}
