import { setTimeout as wait } from 'node:timers/promises';
import pg, { type ClientConfig } from 'pg';
import { z } from 'zod';
import { assetKinds, type AssetRef } from '../../../shared/domain/asset.ts';
import { asId } from '../../../shared/domain/ids.ts';

/** As the function maskdesk.tell writes it (migrations/0012Maskdesk.ts). */
const messageSchema = z.object({ by: z.string(), assets: z.array(z.string()) });

type Listener = (assets: readonly AssetRef[]) => void;

const firstPauseMs = 100;
const lastPauseMs = 5_000;
/** A network that swallows everything is noticed by an answer that does not come. */
const askEveryMs = 15_000;

/** An object, since a promise that is returned would be waited for. */
interface Lost {
  readonly whenLost: Promise<void>;
}

const safeJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const refOf = (text: string): AssetRef[] => {
  const kind = assetKinds.find((known) => text.startsWith(`${known}:`));
  return kind === undefined ? [] : [{ kind, id: asId(text.slice(kind.length + 1)) }];
};

/**
 * Hears what other stores commit, by LISTEN on a connection of its own, which it makes anew whenever it is lost: then anything may have changed
 * meanwhile.
 */
export class ChangeListener {
  readonly #config: ClientConfig;
  readonly #origin: string;
  readonly #listeners = new Set<Listener>();
  readonly #ended = new AbortController();
  #client: pg.Client | null = null;
  #isListening = false;
  #hasChanged = false;
  #running: Promise<void> = Promise.resolve();

  /** @param origin what this store calls itself in messages: its own are passed over */
  constructor(config: ClientConfig, origin: string) {
    this.#config = config;
    this.#origin = origin;
  }

  /** Resolves once it listens. Fails as the first connection does; later ones are tried until {@link close}. */
  async start(): Promise<void> {
    const { whenLost } = await this.#connect();
    this.#running = this.#keepUp(whenLost);
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether anything was heard since the last call; true as well while nothing can be heard. */
  takeChanged(): boolean {
    const changed = this.#hasChanged || !this.#isListening;
    this.#hasChanged = false;
    return changed;
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#client?.end().catch(() => undefined);
    await this.#running;
  }

  async #connect(): Promise<Lost> {
    const { promise: lost, resolve } = Promise.withResolvers<void>();
    const client = new pg.Client({ ...this.#config, query_timeout: askEveryMs });
    client.on('error', () => resolve());
    client.on('end', () => resolve());
    client.on('notification', ({ payload = '' }) => this.#hear(payload));
    try {
      await client.connect();
      await client.query('listen maskdesk');
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.#client = client;
    this.#isListening = true;
    const asking = setInterval(() => void client.query('select 1').catch(() => resolve()), askEveryMs);
    asking.unref();
    const whenLost = lost.then(() => {
      clearInterval(asking);
      this.#isListening = false;
      // It may be half open; nobody waits for its end.
      void client.end().catch(() => undefined);
    });
    return { whenLost };
  }

  async #keepUp(firstLost: Promise<void>): Promise<void> {
    let lost = firstLost;
    let pauseMs = firstPauseMs;
    while (!this.#ended.signal.aborted) {
      await lost;
      if (this.#ended.signal.aborted) return;
      await wait(pauseMs * (0.5 + Math.random()), undefined, { signal: this.#ended.signal }).catch(() => undefined);
      if (this.#ended.signal.aborted) return;
      try {
        lost = (await this.#connect()).whenLost;
        pauseMs = firstPauseMs;
        this.#tell([]);
      } catch {
        // Said by whoever reads or writes; here it is only tried again.
        lost = Promise.resolve();
        pauseMs = Math.min(2 * pauseMs, lastPauseMs);
      }
    }
  }

  #hear(payload: string): void {
    const message = messageSchema.safeParse(safeJson(payload));
    if (message.success && message.data.by === this.#origin) return;
    this.#tell(message.success ? message.data.assets.flatMap(refOf) : []);
  }

  #tell(assets: readonly AssetRef[]): void {
    this.#hasChanged = true;
    for (const listener of this.#listeners) listener(assets);
  }
}
