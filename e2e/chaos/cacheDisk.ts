import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Hardly more than the cache may have. */
const diskBytes = 2 << 20;
const chunkBytes = 64 << 10;
const fullForMs = 3_000;

/** The folder of a cache, on a small disk of its own where this process may mount one. */
export class CacheDisk {
  readonly folder: string;
  readonly isDisk: boolean;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.isDisk = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'maskdesk-chaos', folder], { stdio: 'ignore' }).status === 0;
    if (this.isDisk) process.once('exit', this.#unmount);
  }

  readonly #unmount = (): void => void spawnSync('umount', ['-l', this.folder], { stdio: 'ignore' });

  /**
   * Somebody else's bytes take all that is left, until the system says ENOSPC; for a while. Where there is no disk of its own they lie among the cache's files and go
   * over the limit that it has been given, so that everything in it has to make room.
   */
  async fill(): Promise<void> {
    const junk = this.isDisk ? join(this.folder, 'somebody-elses.bin') : join(this.folder, 'ff', 'somebody-elses');
    await mkdir(dirname(junk), { recursive: true });
    let isFull = false;
    for (let bytes = 0; bytes < 2 * diskBytes && !isFull; bytes += chunkBytes) {
      await writeFile(junk, Buffer.alloc(chunkBytes, 1), { flag: 'a' }).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        isFull = true;
      });
    }
    if (this.isDisk && !isFull) throw new Error(`The disk at ${this.folder} did not get full`);
    await wait(fullForMs);
    await rm(junk, { force: true });
  }

  dispose(): void {
    if (!this.isDisk) return;
    process.off('exit', this.#unmount);
    this.#unmount();
  }
}
