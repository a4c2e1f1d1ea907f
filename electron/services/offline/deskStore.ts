import type { Store } from '../../../shared/ports/store/store.ts';
import type { KnownRows } from './knownRows.ts';
import { awayPartOf, type Reachability } from './reachability.ts';

/**
 * A part of a store whose calls tell whether the store can be reached. While it can't they fail at once: each would wait for the server's patience
 * to end, one after the other.
 */
const watched = <Part extends object>(part: Part, reach: Reachability): Part =>
  new Proxy(part, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== 'function') return method;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        if (reach.isAway('store')) throw reach.errorOf('store');
        try {
          const answer: unknown = await Reflect.apply(method, target, args);
          reach.reached('store');
          return answer;
        } catch (error) {
          reach.failed(error);
          throw error;
        }
      };
    },
  });

/** Has what was read noted, and answers from that while the store is away. */
const orKnown = async <T>(read: Promise<T>, known: () => T | null): Promise<T> => {
  try {
    return await read;
  } catch (error) {
    const row = awayPartOf(error) === 'store' ? known() : null;
    if (row === null) throw error;
    return row;
  }
};

const watchedParts = ['catalog', 'assets', 'revisions', 'checks', 'review', 'tasks', 'drafts', 'leases', 'itemLeases', 'settings', 'stats', 'comments', 'audit', 'sets'] as const satisfies readonly (keyof Store)[];

/**
 * The store as a desk's services use it: its reach is watched, and single assets and revisions that this desk has read before are answered while it
 * is away. Writing never is: what may be decided then is on the shelf.
 */
export const createDeskStore = (store: Store, reach: Reachability, known: KnownRows): Store => {
  const parts = Object.fromEntries(watchedParts.map((name) => [name, watched<object>(store[name], reach)])) as unknown as Pick<Store, (typeof watchedParts)[number]>;
  const { assets, revisions, itemLeases, review } = parts;
  const noted = async <T>(read: Promise<T>, note: (found: T) => void): Promise<T> => {
    const found = await read;
    note(found);
    return found;
  };
  return {
    ...store,
    ...parts,
    assets: Object.assign(Object.create(assets) as typeof assets, {
      get: (ref) => orKnown(noted(assets.get(ref), (found) => known.noteAssets([found])), () => known.asset(ref)),
      list: (query) => noted(assets.list(query), (page) => known.noteAssets(page.assets)),
      window: (query) => noted(assets.window(query), (page) => known.noteAssets(page.assets)),
      nextOpen: (query) => noted(assets.nextOpen(query), (placed) => known.noteAssets([placed?.asset ?? null])),
      ofProduct: (id) => noted(assets.ofProduct(id), (found) => known.noteAssets(found)),
      ofVideo: (id) => noted(assets.ofVideo(id), (found) => known.noteAssets(found)),
    } satisfies Partial<typeof assets>),
    revisions: Object.assign(Object.create(revisions) as typeof revisions, {
      get: (id) => orKnown(noted(revisions.get(id), (found) => known.noteRevisions([found])), () => known.revision(id)),
      ofAsset: (ref) => noted(revisions.ofAsset(ref), (found) => known.noteRevisions(found)),
    } satisfies Partial<typeof revisions>),
    itemLeases: Object.assign(Object.create(itemLeases) as typeof itemLeases, {
      takeNext: (query, terms) => noted(itemLeases.takeNext(query, terms), (found) => known.noteAssets([found])),
    } satisfies Partial<typeof itemLeases>),
    review: Object.assign(Object.create(review) as typeof review, {
      recordVerdict: (input) => noted(review.recordVerdict(input), ({ head }) => known.noteRevisions([head])),
    } satisfies Partial<typeof review>),
  };
};
