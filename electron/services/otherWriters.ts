import { assetKey, type AssetRef } from '../../shared/domain/asset.ts';
import type { Logger } from '../base/logger.ts';
import type { Store } from '../../shared/ports/store/store.ts';
import type { AppEvents } from './appEvents.ts';
import { createRegularLook, type RegularLook } from './regularLook.ts';

/** Tells screens that another process (a second window, the command line, a pipeline) has written to the store. A look resolves with whether something was told. */
export type OtherWriters = RegularLook<boolean>;

interface OtherWritersParts {
  readonly store: Pick<Store, 'changedElsewhere' | 'listen' | 'itemLeases'>;
  readonly events: AppEvents;
  readonly logger: Logger;
  /** Default 1500: soon enough for two people on one store, and however much another process writes, screens are read anew no more often. */
  readonly everyMs?: number;
  /** How often at most a store that tells of changes by itself is passed on. Default 400: workers make a thousand changes a second. */
  readonly tellEveryMs?: number;
}

/** More are not told one by one: screens read what they show. */
const mostNamed = 500;

/**
 * Where the database tells of changes (Store.listen) screens hear which assets they were, soon and not too often. Else, and when its word does not
 * come through, the database is asked regularly: then anything may have changed. Own writes are told by those who make them.
 */
export const createOtherWriters = ({ store, events, logger, everyMs = 1500, tellEveryMs = 400 }: OtherWritersParts): OtherWriters => {
  let isInTrouble = false;
  /** By key; null: anything. */
  let heard: Map<string, AssetRef> | null = new Map();
  let timer: NodeJS.Timeout | null = null;
  let toldAtMs = -Infinity;
  /** Whether the database has told something since it was last asked: what a look finds is that. */
  let hasHeard = false;
  let lastLeases = '[]';
  let stopListening: (() => void) | null = null;

  const inTrouble = (error: unknown): void => {
    if (!isInTrouble) logger.error({ err: error }, 'whether other programs have written to the store could not be seen');
    isInTrouble = true;
  };

  /** Leases are few: who has what is compared as a whole. */
  const lookAtLeases = async (): Promise<void> => {
    const now = JSON.stringify((await store.itemLeases.live()).map(({ asset, owner, purpose, sinceMs }) => [assetKey(asset), owner, purpose, sinceMs]));
    if (now === lastLeases) return;
    lastLeases = now;
    events.emit({ kind: 'leasesChanged' });
  };

  const tell = (): void => {
    timer = null;
    toldAtMs = performance.now();
    const assets = heard === null ? [] : [...heard.values()];
    const isNothing = heard?.size === 0;
    heard = new Map();
    if (isNothing) return;
    events.assetsChanged(assets);
    void lookAtLeases().catch(inTrouble);
  };

  const hear = (assets: readonly AssetRef[]): void => {
    hasHeard = true;
    if (assets.length === 0) heard = null;
    for (const asset of assets) heard?.set(assetKey(asset), { kind: asset.kind, id: asset.id });
    if ((heard?.size ?? 0) > mostNamed) heard = null;
    timer ??= setTimeout(tell, Math.max(0, toldAtMs + tellEveryMs - performance.now())).unref();
  };

  const lookOnce = async (): Promise<boolean> => {
    try {
      const isChanged = await store.changedElsewhere();
      isInTrouble = false;
      const isKnown = hasHeard;
      hasHeard = false;
      if (!isChanged || isKnown) return false;
      heard = null;
      if (timer !== null) clearTimeout(timer);
      tell();
      return true;
    } catch (error) {
      inTrouble(error);
      return false;
    }
  };

  const looks = createRegularLook(lookOnce, everyMs);
  return {
    ...looks,
    start: () => {
      stopListening ??= store.listen?.(hear) ?? null;
      looks.start();
    },
    dispose: async () => {
      stopListening?.();
      if (timer !== null) clearTimeout(timer);
      await looks.dispose();
    },
  };
};
