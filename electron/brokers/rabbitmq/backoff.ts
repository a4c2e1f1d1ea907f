import type { RabbitBackoff } from './options.ts';

/**
 * Exponential with jitter: half of the pause is certain, half is by chance, so that the clients of a broker that comes back don't all come
 * in the same instant.
 * @param failures so far, from 1 @returns milliseconds
 */
export const pauseMs = ({ firstMs, maxMs }: RabbitBackoff, failures: number, random = Math.random): number => {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 30));
  return full / 2 + (random() * full) / 2;
};
