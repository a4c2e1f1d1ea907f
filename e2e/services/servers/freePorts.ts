import { createServer } from 'node:net';

/** Below the range that systems take for outgoing connections: a port that was let go for a restart is still free a moment later. */
const lowest = 10_000;
const highest = 30_000;

const isFree = (port: number): Promise<boolean> =>
  new Promise((settle) => {
    const probe = createServer();
    probe.once('error', () => settle(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => settle(true)));
  });

/** @returns so many different ports of the loopback address on which nobody listens now */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const found = new Set<number>();
  while (found.size < count) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (await isFree(port)) found.add(port);
  }
  return [...found];
};
