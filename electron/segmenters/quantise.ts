import type { ProbabilityMap } from './family.ts';

/** A probability map in 8 bits, and the byte at and above which a pixel is mask. */
export interface QuantisedMap {
  readonly data: Uint8Array;
  /** 0..256; 0: every pixel is mask, 256: none is. */
  readonly cut: number;
}

/**
 * Nearer than this to 0 or 1 a threshold falls between few of the 256 steps (0.004 and 0.005 would be one); the map is then stretched
 * around it, so that a step is 1/4080.
 */
const nearEnd = 0.02;
const stretch = 16;

const toBytes = ({ data }: ProbabilityMap, byteOf: (probability: number) => number): Uint8Array => {
  const bytes = new Uint8Array(data.length);
  // Uint8Array cuts off the fraction; the half makes that rounding, as in `cutFor`.
  for (let index = 0; index < data.length; index++) bytes[index] = byteOf(data[index] as number) + 0.5;
  return bytes;
};

/** Probability 0..1 as 0..255: the soft edge that is kept as a matte. */
export const matteBytes = (map: ProbabilityMap): Uint8Array => toBytes(map, (probability) => probability * 255);

/** Rounding keeps order, so a pixel at or above the threshold is at or above its byte; only a threshold of 0 takes pixels of byte 0. */
const cutFor = (threshold: number, byteOf: (probability: number) => number): number =>
  threshold === 0 ? 0 : Math.max(1, Math.floor(byteOf(threshold) + 0.5));

/** @param threshold 0..1 */
export const quantise = (map: ProbabilityMap, threshold: number): QuantisedMap => {
  const byteOf =
    threshold < nearEnd
      ? (probability: number): number => Math.min(255, probability * 255 * stretch)
      : threshold > 1 - nearEnd
        ? (probability: number): number => Math.max(0, 255 - (1 - probability) * 255 * stretch)
        : (probability: number): number => probability * 255;
  return { data: toBytes(map, byteOf), cut: cutFor(threshold, byteOf) };
};

/** Whether {@link quantise} gives the same bytes as {@link matteBytes}. */
export const isPlain = (threshold: number): boolean => threshold >= nearEnd && threshold <= 1 - nearEnd;

/** 0 or 255 a pixel. */
export const cutBytes = (bytes: Uint8Array, cut: number): Uint8Array => {
  const table = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= cut ? 255 : 0));
  const mask = new Uint8Array(bytes.length);
  for (let index = 0; index < mask.length; index++) mask[index] = table[bytes[index] as number] as number;
  return mask;
};
