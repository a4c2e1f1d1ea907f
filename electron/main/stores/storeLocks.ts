import { StoreLock } from './storeLock.ts';

/** The locks of one window: of the store it shows and, while it changes, of the next one. */
export class StoreLocks {
  readonly #dataDir: string;
  readonly #onKnock: (storeDir: string) => void;
  readonly #held = new Map<string, StoreLock>();

  /** @param onKnock another process wanted a store that this window has */
  constructor(dataDir: string, onKnock: (storeDir: string) => void) {
    this.#dataDir = dataDir;
    this.#onKnock = onKnock;
  }

  /** False where another window has the store; that one comes to the front. */
  async take(storeDir: string): Promise<boolean> {
    if (this.#held.has(storeDir)) return true;
    const lock = await StoreLock.take(storeDir, this.#dataDir, () => this.#onKnock(storeDir));
    if (lock === null) return false;
    this.#held.set(storeDir, lock);
    return true;
  }

  /** Lets every other one go. */
  keepOnly(storeDir: string): void {
    for (const lock of [...this.#held.values()]) {
      if (lock.storeDir === storeDir) continue;
      lock.release();
      this.#held.delete(lock.storeDir);
    }
  }
}
