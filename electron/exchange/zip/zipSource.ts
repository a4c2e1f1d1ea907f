import { Transform, type Readable } from 'node:stream';
import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { fileError, isSystemError } from '../../base/fileError.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { AnnotationSource } from '../../../shared/ports/annotationSource.ts';
import { closesItsFiles } from '../closesItsFiles.ts';
import { openInMemory } from '../openInMemory.ts';
import { byPath, checkReadSize, defaultMaxBytes, defaultMaxFiles, notInSource, type SourceOptions } from '../sourceLimits.ts';
import { fillFrom, openTempFile } from '../tempFile.ts';
import { readZipDirectory, standardUnpackLimits, type UnpackLimits } from './zipDirectory.ts';

export interface ZipSourceOptions extends SourceOptions {
  readonly limits?: UnpackLimits;
  /** For people, where it is not the file's path. */
  readonly location?: string;
}

/** A zip ends with a list of what is in it. */
const hasNoDirectory = ({ message }: Error): boolean => message.startsWith('End of central directory record signature not found');

/** Smaller entries are opened in memory. */
const memoryBytes = 4 * 2 ** 20;

/** Passes the bytes on and fails at their end where they are not those that were packed. */
const checkingSum = (expected: number): Transform => {
  let sum = 0;
  return new Transform({
    transform: (chunk: Buffer, _, done) => {
      sum = crc32(chunk, sum);
      done(null, chunk);
    },
    flush: (done) => (sum === expected ? done() : done(new Error('the checksum is not that of the bytes'))),
  });
};

/**
 * A zip file, read where it lies; an entry is unpacked when it is asked for, a large one into a file without a name.
 * @throws ExpectedError annotations_invalid (no zip, or a damaged one), file_unreadable, permission_denied
 */
export const openZipSource = async (file: string, options: ZipSourceOptions = {}): Promise<AnnotationSource> => {
  const { location = file, maxFiles = defaultMaxFiles, limits = standardUnpackLimits, tempFolder } = options;
  /** @param path an entry; absent: the zip as a whole */
  const broken = (error: unknown, path?: string): unknown => {
    if (error instanceof ExpectedError) return error;
    if (isSystemError(error)) return fileError(error, location);
    // yauzl and zlib throw plain errors for what is wrong with the bytes.
    const place = path === undefined ? location : `${location}: ${path}`;
    if (!(error instanceof Error)) return error;
    // Nothing is left to say that the library's own words would add.
    if (hasNoDirectory(error)) return new ExpectedError('annotations_invalid', `${place} is no zip file, or was cut off; ask for it again.`);
    return new ExpectedError('annotations_invalid', `${place} can't be unpacked: ${error.message.replace(/\.$/, '')}. Is it whole?`, { cause: error });
  };
  const attempt = async <T>(work: () => Promise<T>, path?: string): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw broken(error, path);
    }
  };

  const zip: ZipFile = await attempt(() => openPromise(file, { autoClose: false, decodeStrings: false }));
  let listed: Promise<Map<string, Entry>> | null = null;
  const entries = (): Promise<Map<string, Entry>> => (listed ??= attempt(() => readZipDirectory(zip, location, maxFiles, limits)));
  const find = async (path: string): Promise<Entry> => {
    const entry = (await entries()).get(path);
    if (entry === undefined) throw notInSource(path, location);
    return entry;
  };
  const unpack = async (entry: Entry): Promise<Readable> => {
    // It fails where more or fewer bytes come out than the directory says.
    const packed = await zip.openReadStreamPromise(entry);
    const checked = checkingSum(entry.crc32);
    packed.on('error', (error) => checked.destroy(error));
    checked.on('close', () => packed.destroy());
    return packed.pipe(checked);
  };
  const read: AnnotationSource['read'] = async (path, maxBytes = defaultMaxBytes) => {
    const entry = await find(path);
    checkReadSize(path, entry.uncompressedSize, maxBytes, location);
    return attempt(async () => {
      // What comes, not what is claimed, is kept.
      const chunks: Buffer[] = [];
      for await (const chunk of await unpack(entry)) chunks.push(chunk as Buffer);
      return new Uint8Array(Buffer.concat(chunks));
    }, path);
  };
  return closesItsFiles({
    location,
    name: basename(location),
    files: async () => [...(await entries())].map(([path, { uncompressedSize }]) => ({ path, sizeBytes: uncompressedSize })).sort(byPath),
    read,
    open: async (path) => {
      const entry = await find(path);
      if (entry.uncompressedSize <= memoryBytes) return openInMemory(await read(path));
      return attempt(async () => openTempFile(tempFolder, `${location}: ${path}`, fillFrom(await unpack(entry))), path);
    },
    close: async () => zip.close(),
  });
};
