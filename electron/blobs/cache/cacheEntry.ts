import { createHash } from 'node:crypto';

/** What a file of the cache holds. */
export interface CacheEntry {
  /** By which the server says whether the bytes are still those; empty for what never changes. */
  readonly tag: string;
  readonly bytes: Uint8Array;
}

const mark = Buffer.from('MDC1');
const digestBytes = 32;
const maxTagBytes = 0xffff;

/** `MDC1`, length of the tag (2 bytes, big endian), SHA-256 of tag and bytes, tag, bytes. */
export const writeEntry = ({ tag, bytes }: CacheEntry): readonly Uint8Array[] => {
  const tagBytes = Buffer.from(tag);
  if (tagBytes.length > maxTagBytes) throw new RangeError('a tag has at most 65535 bytes');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(tagBytes.length);
  return [mark, length, digestOf(tagBytes, bytes), tagBytes, bytes];
};

/** Null for what is cut, damaged or something else: then it counts as not there. */
export const readEntry = (file: Buffer): CacheEntry | null => {
  const tagAt = mark.length + 2 + digestBytes;
  if (file.length < tagAt || !file.subarray(0, mark.length).equals(mark)) return null;
  const bytesAt = tagAt + file.readUInt16BE(mark.length);
  if (file.length < bytesAt) return null;
  const [digest, tag, bytes] = [file.subarray(mark.length + 2, tagAt), file.subarray(tagAt, bytesAt), file.subarray(bytesAt)];
  return digestOf(tag, bytes).equals(digest) ? { tag: tag.toString(), bytes: new Uint8Array(bytes) } : null;
};

const digestOf = (tag: Uint8Array, bytes: Uint8Array): Buffer => createHash('sha256').update(tag).update(bytes).digest();
