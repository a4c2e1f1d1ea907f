import { isDeepStrictEqual } from 'node:util';
import type { Asset } from '../../../shared/domain/asset.ts';
import type { AssetFilter } from '../../../shared/domain/assetQuery.ts';
import type { SetId, SnapshotId } from '../../../shared/domain/ids.ts';
import { setFilterOf, type MaskSet, type Snapshot } from '../../../shared/domain/maskSet.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { SetMeasure } from '../../../shared/ports/store/setStore.ts';
import type { Store } from '../../../shared/ports/store/store.ts';

/** What a set would hold now. */
export interface SetPreview extends SetMeasure {
  /** At most 12 assets with a mask, evenly spread over it. */
  readonly samples: readonly Asset[];
}

/** Sets of masks, saved and frozen as this host's reviewer. */
export interface SetService {
  list(): Promise<readonly MaskSet[]>;
  /** Those that were removed and had been frozen before, last removed first. */
  removed(): Promise<readonly MaskSet[]>;
  /** @throws ExpectedError not_found */
  byName(name: string): Promise<MaskSet>;
  /** Of the list, or removed. @throws ExpectedError not_found */
  named(name: string): Promise<MaskSet>;
  /** Makes it, or gives the one of that name another filter. @throws ExpectedError invalid_input, permission_denied */
  save(set: { readonly name: string; readonly filter: AssetFilter }): Promise<MaskSet>;
  /** Its snapshots stay. @throws ExpectedError not_found, permission_denied */
  remove(setId: SetId): Promise<void>;
  /** Writes down what it holds now. @throws ExpectedError not_found, invalid_input (it holds nothing), permission_denied; CancelledError */
  freeze(setId: SetId, signal?: AbortSignal): Promise<Snapshot>;
  /** Its newest snapshot, where freezing it now would give the same by the same filter; else null. @throws ExpectedError not_found; CancelledError */
  same(setId: SetId, signal?: AbortSignal): Promise<Snapshot | null>;
  /** The number before it, where that holds the same. */
  sameBefore(snapshot: Snapshot): Promise<Snapshot | null>;
  /** Newest first, of one set or of all. */
  snapshots(setId?: SetId): Promise<readonly Snapshot[]>;
  /** @throws ExpectedError not_found */
  snapshot(snapshotId: SnapshotId): Promise<Snapshot>;
  preview(filter: AssetFilter): Promise<SetPreview>;
  /** For people who type: `NAME` is the newest snapshot of that set, `NAME@3` its third, also after the set was removed. @throws ExpectedError not_found */
  resolve(text: string): Promise<Snapshot>;
}

interface SetParts {
  readonly store: Pick<Store, 'sets' | 'assets' | 'location'>;
  readonly clock: Clock;
  readonly reviewer: () => string;
  readonly readOnly: boolean;
}

const mostSamples = 12;
const withMask = ['to_review', 'rejected', 'approved'] as const;

export const createSetService = ({ store, clock, reviewer, readOnly }: SetParts): SetService => {
  const { sets, assets } = store;

  /** The database says it as well, and not what can be done. */
  const assertWritable = (what: string): void => {
    if (readOnly) throw new ExpectedError('permission_denied', `${store.location} is open for reading only: a set can't be ${what} there. Snapshots that it has can be exported.`);
  };

  /** A name may have been given, removed and given to another before removed sets kept theirs: the last one is meant. */
  const removedNamed = async (name: string): Promise<MaskSet | null> => (await sets.removed()).find((set) => sameSetName(set.name, name)) ?? null;

  const byName = async (name: string): Promise<MaskSet> => {
    const set = await sets.byName(name);
    if (set !== null) return set;
    const gone = await removedNamed(name);
    if (gone !== null) {
      throw new ExpectedError('not_found', `The set "${gone.name}" was removed. Its snapshots are there still, up to ${gone.name}@${gone.latest}; save a set under that name, and its numbers go on.`);
    }
    throw new ExpectedError('not_found', `There is no set "${name.trim()}" in ${store.location}. 'maskdesk sets list' shows those that there are.`);
  };

  const named = async (name: string): Promise<MaskSet> => (await sets.byName(name)) ?? (await removedNamed(name)) ?? byName(name);

  const samplesOf = async (filter: AssetFilter): Promise<readonly Asset[]> => {
    const { states = [] } = setFilterOf(filter);
    const masked = { ...filter, states: states.filter((state) => withMask.some((other) => other === state)) };
    const counts = await assets.counts(masked);
    const total = masked.states.reduce((sum, state) => sum + counts[state], 0);
    const count = Math.min(mostSamples, total);
    const samples: Asset[] = [];
    for (let place = 0; place < count; place++) {
      const offset = Math.floor(((place + 0.5) * total) / count);
      const { assets: found } = await assets.window({ filter: masked, sort: 'product', offset, limit: 1 });
      samples.push(...found.filter(({ headRevisionId }) => headRevisionId !== null));
    }
    return samples;
  };

  return {
    list: () => sets.list(),
    removed: () => sets.removed(),
    byName,
    named,
    save: async ({ name, filter }) => {
      assertWritable('saved');
      return sets.save({ setId: clock.uuid() as SetId, name, filter, createdBy: reviewer() });
    },
    remove: async (setId) => {
      assertWritable('removed');
      await sets.remove(setId, reviewer());
    },
    freeze: async (setId, signal) => {
      assertWritable('frozen');
      return sets.freeze(setId, { snapshotId: clock.uuid() as SnapshotId, createdBy: reviewer() }, signal);
    },
    same: async (setId, signal) => {
      const set = (await sets.list()).find((one) => one.setId === setId);
      const [newest] = await sets.snapshots(setId);
      if (set === undefined || newest === undefined || !isDeepStrictEqual(set.filter, newest.filter)) return null;
      return (await sets.holdsSame(newest.snapshotId, signal)) ? newest : null;
    },
    sameBefore: async ({ setId, number, digest }) => (await sets.snapshots(setId)).find((other) => other.number === number - 1 && other.digest === digest) ?? null,
    snapshots: (setId) => sets.snapshots(setId),
    snapshot: async (snapshotId) => {
      const found = await sets.snapshot(snapshotId);
      if (found === null) throw new ExpectedError('not_found', `There is no snapshot ${snapshotId} in ${store.location}.`);
      return found;
    },
    preview: async (filter) => ({ ...(await sets.measure(filter)), samples: await samplesOf(filter) }),
    resolve: async (text) => {
      const { name = text, number } = /^(?<name>.*)@(?<number>\d+)$/s.exec(text)?.groups ?? {};
      const set = await (number === undefined ? byName : named)(name);
      if (set.latest === null) throw new ExpectedError('not_found', `The set "${set.name}" was never frozen. Freeze it first: maskdesk sets freeze ${quoted(set.name)}`);
      const wanted = number === undefined ? set.latest : Number(number);
      const found = (await sets.snapshots(set.setId)).find((snapshot) => snapshot.number === wanted);
      if (found === undefined) throw new ExpectedError('not_found', `The set "${set.name}" has no snapshot ${wanted}: its newest one is ${set.latest}.`);
      return found;
    },
  };
};

/** Neither case nor the spelling of accents tells names apart, as in the store. */
const sameSetName = (a: string, b: string): boolean => plainName(a) === plainName(b);
const plainName = (name: string): string => name.trim().normalize('NFC').toLowerCase().normalize('NFC');

/** As a shell takes it. */
const quoted = (name: string): string => (/^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`);
