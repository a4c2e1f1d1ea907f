import { Entry, getFileNameLowLevel, type ZipFile } from 'yauzl';
import { isBlobKey } from '../../../shared/domain/blobKeys.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import { isLitter, tooManyFiles } from '../sourceLimits.ts';

/** What a zip may claim to unpack to. Deflate reaches 1,032 : 1 on zeros; annotations stay below 50 : 1. */
export interface UnpackLimits {
  readonly totalBytes: number;
  /** Unpacked : packed, for what is larger than `ratioFromBytes`. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
}

export const standardUnpackLimits: UnpackLimits = { totalBytes: 256 * 2 ** 30, ratio: 200, ratioFromBytes: 64 * 2 ** 20 };

const stored = 0;
const deflated = 8;
const madeOnUnix = 3;
const kindOfFile = 0o170000;
const linkKind = 0o120000;

const isLink = ({ versionMadeBy, externalFileAttributes }: Entry): boolean =>
  versionMadeBy >>> 8 === madeOnUnix && ((externalFileAttributes >>> 16) & kindOfFile) === linkKind;

/** What reading an entry needs, without the buffers that it was read from. */
const slimmed = (entry: Entry): Entry => {
  const { compressedSize, uncompressedSize, compressionMethod, crc32, generalPurposeBitFlag, relativeOffsetOfLocalHeader } = entry;
  return Object.assign(new Entry(), { compressedSize, uncompressedSize, compressionMethod, crc32, generalPurposeBitFlag, relativeOffsetOfLocalHeader });
};

/**
 * All files of a zip, by path. Refuses the whole zip where one entry is not what it should be: it was made to harm, or it is damaged.
 * @throws ExpectedError annotations_invalid; what yauzl throws
 */
export const readZipDirectory = async (zip: ZipFile, location: string, maxFiles: number, limits: UnpackLimits): Promise<Map<string, Entry>> => {
  const refuse = (name: string, sentence: string): never => {
    throw new ExpectedError('annotations_invalid', `${location}: ${JSON.stringify(name)} ${sentence} Nothing was read.`);
  };
  const found = new Map<string, Entry>();
  let unpackedBytes = 0;
  let packedBytes = 0;
  for await (const entry of zip.eachEntry()) {
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    const isFolder = name.endsWith('/');
    const path = isFolder ? name.slice(0, -1) : name;
    if (!isBlobKey(path) || /^[a-z]:/i.test(path)) refuse(name, 'is no path that stays inside.');
    if (isFolder || isLitter(name)) continue;
    if (found.has(path)) refuse(name, 'is in it twice.');
    if (isLink(entry)) refuse(name, 'is a link.');
    if (entry.isEncrypted()) refuse(name, 'is encrypted. Unpack it with its password, and choose the folder.');
    if (entry.compressionMethod !== stored && entry.compressionMethod !== deflated) {
      refuse(name, `is packed in a way that is not known here (method ${entry.compressionMethod}). Pack it as plain zip (deflate), or unpack it and choose the folder.`);
    }
    if (entry.uncompressedSize > limits.ratioFromBytes && entry.uncompressedSize > limits.ratio * entry.compressedSize) {
      refuse(name, `claims to unpack to ${entry.uncompressedSize.toLocaleString('en')} bytes from ${entry.compressedSize.toLocaleString('en')}: no annotations do.`);
    }
    unpackedBytes += entry.uncompressedSize;
    packedBytes += entry.compressedSize;
    if (unpackedBytes > limits.totalBytes) refuse(name, `brings what it unpacks to beyond ${limits.totalBytes.toLocaleString('en')} bytes.`);
    if (packedBytes > zip.fileSize) refuse(name, 'and others claim more bytes than the file has: they overlap.');
    found.set(path, slimmed(entry));
    if (found.size > maxFiles) throw tooManyFiles(location, maxFiles);
  }
  return found;
};
