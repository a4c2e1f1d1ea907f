import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { RecentStore } from '../../../shared/contracts/host/stores.ts';
import { writeFileAtomic } from '../../base/atomicFile.ts';
import { isStoreFolder, storeIdOf, storeNameOf } from './storeFolder.ts';

/** `configFile`: the maskdesk.toml that it was opened by; then `location` names it in locks and lists alone. */
const fileSchema = z.array(z.object({ location: z.string().min(1), openedAtMs: z.number(), configFile: z.string().min(1).optional() }));
type Entry = z.infer<typeof fileSchema>[number];

type TeamNameOf = (location: string) => Promise<{ readonly name: string; readonly place: string } | null>;

/** More are not looked for in a menu. */
const mostKept = 12;

/** Stores that were open on this machine, newest first: a small file that every window of this user shares. */
export class RecentStores {
  readonly #file: string;
  readonly #teamNameOf: TeamNameOf;
  /** Seen in this session (as in a drop) without having been opened. */
  readonly #seen = new Map<string, string>();

  /** @param teamNameOf what people call the team's store of that location; null: it is none */
  constructor(file: string, teamNameOf: TeamNameOf = () => Promise.resolve(null)) {
    this.#file = file;
    this.#teamNameOf = teamNameOf;
  }

  async remember(location: string, nowMs: number, configFile: string | null = null): Promise<void> {
    const others = (await this.#read()).filter((entry) => entry.location !== location);
    await this.#write([{ location, openedAtMs: nowMs, ...(configFile === null ? {} : { configFile }) }, ...others]);
  }

  /** The maskdesk.toml that it was opened by, if it was. */
  async configFileOf(storeId: string): Promise<string | null> {
    return (await this.#read()).find(({ location }) => storeIdOf(location) === storeId)?.configFile ?? null;
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
      entries.map(async ({ location, openedAtMs, configFile }) => {
        const shared = { storeId: storeIdOf(location), openedAtMs, isCurrent: location === current };
        if (configFile !== undefined) return { ...shared, name: storeNameOf(dirname(configFile)), location: configFile, isThere: existsSync(configFile), isTeam: true };
        const team = await this.#teamNameOf(location);
        if (team !== null) return { ...shared, name: team.name, location: team.place, isThere: true, isTeam: true };
        return { ...shared, name: storeNameOf(location), location, isThere: await isStoreFolder(location), isTeam: false };
      }),
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
