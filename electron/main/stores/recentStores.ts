import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { RecentStore } from '../../../shared/contracts/host/stores.ts';
import { writeFileAtomic } from '../../base/atomicFile.ts';
import { isStoreFolder, storeIdOf, storeNameOf } from './storeFolder.ts';

const fileSchema = z.array(z.object({ location: z.string().min(1), openedAtMs: z.number() }));
type Entry = z.infer<typeof fileSchema>[number];

/** More are not looked for in a menu. */
const mostKept = 12;

/** Stores that were open on this machine, newest first: a small file that every window of this user shares. */
export class RecentStores {
  readonly #file: string;
  /** Seen in this session (as in a drop) without having been opened. */
  readonly #seen = new Map<string, string>();

  constructor(file: string) {
    this.#file = file;
  }

  async remember(location: string, nowMs: number): Promise<void> {
    const others = (await this.#read()).filter((entry) => entry.location !== location);
    await this.#write([{ location, openedAtMs: nowMs }, ...others]);
  }

  async forget(storeId: string): Promise<void> {
    await this.#write((await this.#read()).filter((entry) => storeIdOf(entry.location) !== storeId));
  }

  /** Makes a folder known by its id. @returns the id */
  see(location: string): string {
    const storeId = storeIdOf(location);
    this.#seen.set(storeId, location);
    return storeId;
  }

  /** Null for an id that was never given out. */
  async locationOf(storeId: string): Promise<string | null> {
    const entry = (await this.#read()).find(({ location }) => storeIdOf(location) === storeId);
    return entry?.location ?? this.#seen.get(storeId) ?? null;
  }

  async list(current: string): Promise<readonly RecentStore[]> {
    const entries = await this.#read();
    return Promise.all(
      entries.map(async ({ location, openedAtMs }) => ({
        storeId: storeIdOf(location),
        name: storeNameOf(location),
        location,
        openedAtMs,
        isCurrent: location === current,
        isThere: await isStoreFolder(location),
      })),
    );
  }

  async #read(): Promise<readonly Entry[]> {
    try {
      return fileSchema.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch {
      return []; // absent or damaged: a convenience, not worth a word
    }
  }

  #write(entries: readonly Entry[]): Promise<void> {
    return writeFileAtomic(this.#file, JSON.stringify(entries.slice(0, mostKept), null, 1));
  }
}
