import type { FloatTensor } from './decoderFeeds.ts';

/**
 * An embedding as one file: the magic word (8 bytes), the header's length (uint32, little endian), 4 bytes of padding, the header (JSON, UTF-8, padded with
 * spaces), then each tensor's float32 values, little endian and row-major, in the header's order. The values begin at a multiple of 64 bytes, so that they
 * are read without a copy.
 */
const magic = 'MDEMBED1';
const prefixBytes = 16;
const alignment = 64;
/** Far more than the names and sizes of any model's outputs. */
const longestHeader = 65_536;

export interface EmbeddingHeader {
  /** What the embedding is of: its name in the cache. */
  readonly key: string;
  /** CRC-32 of the values, for those who keep it where disks fail. */
  readonly valuesCrc32: number;
  readonly tensors: readonly { readonly name: string; readonly dims: readonly number[] }[];
}

export interface Embedding {
  readonly header: EmbeddingHeader;
  readonly tensors: readonly FloatTensor[];
  /** All the values as they lie in the file. */
  readonly values: Uint8Array;
}

const countOf = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);

/** @param crc32 of bytes; the caller's, since the fastest differs by platform */
export const writeEmbedding = (key: string, tensors: readonly FloatTensor[], crc32: (bytes: Uint8Array) => number): Uint8Array => {
  const valuesBytes = 4 * tensors.reduce((sum, { data }) => sum + data.length, 0);
  const values = new Uint8Array(valuesBytes);
  let at = 0;
  for (const { name, dims, data } of tensors) {
    if (countOf(dims) !== data.length) throw new RangeError(`${name} has ${data.length} values for [${dims.join(', ')}]`);
    values.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  const header: EmbeddingHeader = { key, valuesCrc32: crc32(values), tensors: tensors.map(({ name, dims }) => ({ name, dims })) };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil((prefixBytes + text.length) / alignment) * alignment - prefixBytes;
  const bytes = new Uint8Array(prefixBytes + headerBytes + valuesBytes);
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setUint32(magic.length, headerBytes, true);
  bytes.fill(0x20, prefixBytes, prefixBytes + headerBytes);
  bytes.set(text, prefixBytes);
  bytes.set(values, prefixBytes + headerBytes);
  return bytes;
};

const parseHeader = (text: string): EmbeddingHeader | null => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null; // not ours, or damaged
  }
  const { key, valuesCrc32, tensors } = (parsed ?? {}) as Partial<EmbeddingHeader>;
  const isRight =
    typeof key === 'string' &&
    Number.isInteger(valuesCrc32) &&
    Array.isArray(tensors) &&
    (tensors as readonly Partial<EmbeddingHeader['tensors'][number]>[]).every(({ name, dims }) => typeof name === 'string' && Array.isArray(dims) && dims.every((dim) => Number.isInteger(dim) && dim > 0));
  return isRight ? (parsed as EmbeddingHeader) : null;
};

/**
 * The tensors are views of `bytes` where these are aligned to 4 bytes, else of a copy. Null: not such a file, cut short, or too long; whether the values
 * themselves are whole only their checksum tells. Never throws.
 */
export const readEmbedding = (bytes: Uint8Array): Embedding | null => {
  if (bytes.length < prefixBytes || new TextDecoder('latin1').decode(bytes.subarray(0, magic.length)) !== magic) return null;
  if (bytes.byteOffset % 4 !== 0) return readEmbedding(bytes.slice());
  const headerBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(magic.length, true);
  if (headerBytes > longestHeader || prefixBytes + headerBytes > bytes.length) return null;
  const header = parseHeader(new TextDecoder().decode(bytes.subarray(prefixBytes, prefixBytes + headerBytes)));
  if (header === null) return null;
  const values = bytes.subarray(prefixBytes + headerBytes);
  if (values.length !== 4 * header.tensors.reduce((sum, { dims }) => sum + countOf(dims), 0)) return null;
  let at = values.byteOffset;
  const tensors = header.tensors.map(({ name, dims }): FloatTensor => {
    const data = new Float32Array(values.buffer, at, countOf(dims));
    at += data.byteLength;
    return { name, dims, data };
  });
  return { header, tensors, values };
};
