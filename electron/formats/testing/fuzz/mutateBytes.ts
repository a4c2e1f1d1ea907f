import { crc32 } from 'node:zlib';
import { pickOf, placeIn, type Pick } from './hostile.ts';

export interface Mutation {
  /** For whoever reads a failure. */
  readonly did: string;
  readonly bytes: Uint8Array;
}

const sides = [0, 1, 1000, 65535, 46341, 1_000_000_000, 0x7fffffff] as const;

const isPng = (bytes: Uint8Array): boolean => bytes.length > 33 && bytes[0] === 0x89 && bytes[1] === 0x50;

/** Gives the PNG another size, with the header's checksum right, so that only its pixels belie it. */
const resizedPng = (bytes: Uint8Array, { way, amount }: Pick): Mutation => {
  const changed = bytes.slice();
  const view = new DataView(changed.buffer, changed.byteOffset);
  const [widthPx, heightPx] = [pickOf(sides, amount), pickOf(sides, way)];
  view.setUint32(16, widthPx);
  view.setUint32(20, heightPx);
  view.setUint32(29, crc32(changed.subarray(12, 29)));
  return { did: `PNG says ${widthPx} x ${heightPx}`, bytes: changed };
};

/** Bit depth and colour type are bytes 24 and 25 of a PNG. */
const otherKindOfPng = (bytes: Uint8Array, { way, amount }: Pick): Mutation => {
  const changed = bytes.slice();
  changed[24] = pickOf([1, 2, 4, 8, 16, 3, 0], way);
  changed[25] = pickOf([0, 2, 3, 4, 6, 1, 255], amount);
  new DataView(changed.buffer, changed.byteOffset).setUint32(29, crc32(changed.subarray(12, 29)));
  return { did: `PNG says depth ${changed[24]}, colours ${changed[25]}`, bytes: changed };
};

const flipped = (bytes: Uint8Array, { place, amount }: Pick): Mutation => {
  const changed = bytes.slice();
  const start = placeIn(bytes.length, place);
  for (let step = 0; step <= amount % 8 && start + step * 3 < changed.length; step++) changed[start + step * 3] = (changed[start + step * 3] as number) ^ (1 + ((amount * 37 + step * 11) % 255));
  return { did: `bytes flipped from ${start}`, bytes: changed };
};

const inserted = (bytes: Uint8Array, { place, amount }: Pick): Mutation => {
  const at = placeIn(bytes.length, place);
  const alien = Uint8Array.from({ length: 1 + (amount % 64) }, (_, index) => (amount * 29 + index * 101) % 256);
  return { did: `${alien.length} bytes put in at ${at}`, bytes: new Uint8Array(Buffer.concat([bytes.subarray(0, at), alien, bytes.subarray(at)])) };
};

const ways: readonly ((bytes: Uint8Array, pick: Pick) => Mutation)[] = [
  (bytes, { place }) => ({ did: `truncated at ${placeIn(bytes.length, place)}`, bytes: bytes.slice(0, placeIn(bytes.length, place)) }),
  flipped,
  inserted,
  () => ({ did: 'emptied', bytes: new Uint8Array(0) }),
  (bytes, { place }) => ({ did: `filled with zeros from ${placeIn(bytes.length, place)}`, bytes: bytes.slice().fill(0, placeIn(bytes.length, place)) }),
];

/** Whatever the file is: cut, flipped, filled; pictures also with another header. */
export const mutateBytes = (bytes: Uint8Array, pick: Pick): Mutation => {
  const own = isPng(bytes) ? [...ways, resizedPng, resizedPng, otherKindOfPng] : ways;
  return pickOf(own, pick.way)(bytes, pick);
};
