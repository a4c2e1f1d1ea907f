import { assetKey, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { RevisionId } from '../../../shared/domain/ids.ts';
import type { Revision } from '../../../shared/domain/revision.ts';

const mostAssets = 20_000;
const mostRevisions = 5_000;

const remember = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void => {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
};

/** Rows as this desk has last read them: what it goes by while the store is away. */
export interface KnownRows {
  asset(ref: AssetRef): Asset | null;
  revision(revisionId: RevisionId): Revision | null;
  noteAssets(assets: readonly (Asset | null)[]): void;
  noteRevisions(revisions: readonly (Revision | null)[]): void;
}

export const createKnownRows = (): KnownRows => {
  const assets = new Map<string, Asset>();
  const revisions = new Map<RevisionId, Revision>();
  return {
    asset: (ref) => assets.get(assetKey(ref)) ?? null,
    revision: (revisionId) => revisions.get(revisionId) ?? null,
    noteAssets: (found) => {
      for (const asset of found) if (asset !== null) remember(assets, assetKey(asset), asset, mostAssets);
    },
    noteRevisions: (found) => {
      for (const revision of found) if (revision !== null) remember(revisions, revision.revisionId, revision, mostRevisions);
    },
  };
};
