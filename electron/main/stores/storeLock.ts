import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { realpathSync } from 'node:fs';

/**
 * Where the process that shows a store listens. It is gone with the process, however that ends: a pipe on Windows, an abstract socket on
 * Linux; elsewhere a file, which a killed process leaves and the next one clears away. Names are hashes: a socket's may have about 100 bytes.
 */
const addressOf = (storeDir: string, dataDir: string): string => {
  const { uid, username } = userInfo();
  const hash = createHash('sha256').update(JSON.stringify([uid, username, dataDir, realPathOf(storeDir)])).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\maskdesk-${hash}`;
  return process.platform === 'linux' ? `\0maskdesk-${hash}` : join(tmpdir(), `maskdesk-${hash}.sock`);
};

/** A store that is still to be made has its own name alone. */
const realPathOf = (storeDir: string): string => {
  try {
    return realpathSync.native(storeDir);
  } catch {
    return storeDir;
  }
};

/** A listener in a process that hangs accepts and says nothing: what matters is that it is there. */
const isAnybodyThere = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const listen = (address: string, onKnock: () => void): Promise<Server | null> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined); // who knocked may be gone before it is let in
      socket.destroy();
      onKnock();
    });
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(address, () => resolve(server.unref()));
  });

/** One window a store and person: two would write the same drafts over one another. */
export class StoreLock {
  readonly storeDir: string;
  readonly #server: Server;

  private constructor(storeDir: string, server: Server) {
    this.storeDir = storeDir;
    this.#server = server;
  }

  /**
   * @param dataDir the person's own folder: another person may have the same store open
   * @param onKnock another process wanted the store: this one should come to the front
   * @returns null where another process has it, which has been told
   */
  static async take(storeDir: string, dataDir: string, onKnock: () => void): Promise<StoreLock | null> {
    const address = addressOf(storeDir, dataDir);
    const server = await listen(address, onKnock);
    if (server !== null) return new StoreLock(storeDir, server);
    if (await isAnybodyThere(address)) return null;
    // The socket of a process that was killed.
    if (process.platform !== 'linux' && process.platform !== 'win32') await rm(address, { force: true });
    const again = await listen(address, onKnock);
    return again === null ? null : new StoreLock(storeDir, again);
  }

  /** At once: who asks from now on gets it. */
  release(): void {
    this.#server.close();
  }
}
