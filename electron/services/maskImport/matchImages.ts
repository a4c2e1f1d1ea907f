import { setImmediate as nextTurn } from 'node:timers/promises';
import { assetKey, type Asset, type AssetRef } from '../../../shared/domain/asset.ts';
import type { MatchWay } from '../../../shared/domain/importDecisions.ts';
import { throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { AssetStore } from '../../../shared/ports/store/assetStore.ts';
import { composed, endingOf, endingsOfAsset, folderIdOf, nameOf, namesOfAsset, ownName, segmentsOf, tailsOf } from './imageNames.ts';
import type { OwnManifest } from './ownManifest.ts';

/** What an image of a source is known by. */
export interface NamedImage {
  readonly image: number;
  readonly file: string;
  /** Counts where no asset has the whole name or id, and no export of ours says whose it is. */
  readonly plainFile?: string | null;
  readonly id: string | null;
}

/** Assets that each way finds for an image; a way that finds none is not among them. */
export type Candidates = ReadonlyMap<MatchWay, readonly Asset[]>;

/** Of one image: what nobody can choose from any more is not kept. */
const maxCandidates = 20;
const pageSize = 500;

type Key = { readonly way: MatchWay; /** Another key of the same way counts only where no exact one is found. */ readonly isExact: boolean };
type Wanted = Map<string, { readonly image: number; readonly key: Key }[]>;

/** Which words an asset must have for an image to be its own. */
export class ImageMatcher {
  readonly #wanted: Wanted = new Map();
  readonly #found = new Map<number, Map<MatchWay, { isExact: boolean; assets: Map<string, Asset> }>>();
  /** By names without what says mask; null: none has such a name. */
  readonly #plain: ImageMatcher | null;

  constructor(images: readonly NamedImage[], manifest: OwnManifest | null = null) {
    const plain = images.flatMap(({ image, file, plainFile }) => (plainFile == null || manifest?.get(nameOf(file)) !== undefined ? [] : [{ image, file: plainFile, id: null }]));
    this.#plain = plain.length === 0 ? null : new ImageMatcher(plain);
    for (const { image, file, id } of images) {
      const want = (word: string, way: MatchWay, isExact: boolean): void => {
        const wants = this.#wanted.get(word) ?? [];
        wants.push({ image, key: { way, isExact } });
        this.#wanted.set(word, wants);
      };
      const whole = segmentsOf(file).join('/');
      want(`path=${whole}`, 'path', true);
      want(`tail=${whole}`, 'path', true);
      for (const tail of tailsOf(file).slice(1)) want(`path=${tail}`, 'path', true);
      const folderId = folderIdOf(file);
      if (folderId !== null) want(`id=${folderId}`, 'path', false);
      const name = nameOf(file);
      const row = manifest?.get(name);
      if (row !== undefined) want(`asset=${row.asset_kind}:${row.asset_id}`, 'id', true);
      if (id !== null) want(`id=${composed(id)}`, 'id', false);
      want(`own=${name}`, 'name', true);
      want(`name=${name}`, 'name', false);
      // One that an export of ours names is that asset's and nobody else's.
      const ending = row === undefined ? endingOf(file) : null;
      if (ending !== null) want(`ending=${ending}`, 'ending', false);
    }
  }

  /** Every asset once. */
  add(asset: Asset): void {
    this.#plain?.add(asset);
    const path = segmentsOf(asset.localPath).join('/');
    const words = [`asset=${assetKey(asset)}`, `id=${composed(asset.id)}`, `own=${ownName(asset)}`, `path=${path}`];
    // The whole is a tail too: an image that has it is found by `path=`.
    for (const tail of tailsOf(asset.localPath).slice(1)) words.push(`tail=${tail}`);
    for (const name of namesOfAsset(asset)) words.push(`name=${name}`);
    for (const ending of endingsOfAsset(asset)) words.push(`ending=${ending}`);
    for (const word of words) for (const { image, key } of this.#wanted.get(word) ?? []) this.#note(image, key, asset);
  }

  #note(image: number, { way, isExact }: Key, asset: Asset): void {
    const ways = this.#found.get(image) ?? new Map<MatchWay, { isExact: boolean; assets: Map<string, Asset> }>();
    this.#found.set(image, ways);
    let found = ways.get(way);
    if (found === undefined || (isExact && !found.isExact)) ways.set(way, (found = { isExact, assets: new Map() }));
    if (found.isExact === isExact && found.assets.size <= maxCandidates) found.assets.set(assetKey(asset), asset);
  }

  of(image: number): Candidates {
    const found = new Map([...(this.#found.get(image) ?? [])].map(([way, { assets }]) => [way, [...assets.values()]]));
    if (this.#plain === null || [...found.keys()].some((way) => way !== 'ending')) return found;
    // What is the photo's name without what says mask counts for more than what one happens to end with.
    const plain = this.#plain.of(image);
    return found.size === 0 || [...plain.keys()].some((way) => way !== 'ending') ? plain : found;
  }
}

/** Every asset of the store, a page at a time. @throws CancelledError */
export async function* allAssets(assets: Pick<AssetStore, 'list'>, signal?: AbortSignal): AsyncGenerator<Asset> {
  let cursor: string | null = null;
  do {
    throwIfCancelled(signal);
    // By product: an order that nobody's verdict changes while the pages are read.
    const page = await assets.list({ limit: pageSize, cursor, sort: 'product' });
    yield* page.assets;
    cursor = page.nextCursor;
    await nextTurn();
  } while (cursor !== null);
}

export type Owner =
  | { readonly kind: 'asset'; readonly asset: AssetRef; readonly way: MatchWay | 'chosen' }
  | { readonly kind: 'unclear'; readonly candidates: readonly AssetRef[]; readonly isRival: boolean }
  | { readonly kind: 'unknown' };

/** One that a person chose stands against any number that names alone suggest; a whole name against those that end like it. */
const strengthOf = (way: MatchWay | 'chosen'): number => (way === 'chosen' ? 2 : way === 'ending' ? 0 : 1);

/**
 * Whose each image is: by the first way that finds anything, never by guessing; no asset is given to two images.
 * @param chosen what a person said; null: nobody's
 */
export const ownersOf = (images: readonly NamedImage[], candidatesOf: (image: number) => Candidates, ways: readonly MatchWay[], chosen: Readonly<Record<string, AssetRef | null>>): readonly (Owner | null)[] => {
  const owners = images.map(({ image }): Owner | null => {
    const said = Object.hasOwn(chosen, String(image)) ? chosen[String(image)] : undefined;
    if (said === null) return null;
    if (said !== undefined) return { kind: 'asset', asset: { kind: said.kind, id: said.id }, way: 'chosen' };
    const candidates = candidatesOf(image);
    for (const way of ways) {
      const found = candidates.get(way) ?? [];
      const [first] = found;
      if (first === undefined) continue;
      if (found.length === 1) return { kind: 'asset', asset: { kind: first.kind, id: first.id }, way };
      return { kind: 'unclear', candidates: found.slice(0, maxCandidates).map(({ kind, id }) => ({ kind, id })), isRival: false };
    }
    return { kind: 'unknown' };
  });
  /** Of each asset: the strongest claim, and how many there are of it. */
  const claims = new Map<string, { strength: number; count: number }>();
  for (const owner of owners) {
    if (owner?.kind !== 'asset') continue;
    const strength = strengthOf(owner.way);
    const claim = claims.get(assetKey(owner.asset));
    if (claim === undefined || strength > claim.strength) claims.set(assetKey(owner.asset), { strength, count: 1 });
    else if (strength === claim.strength) claim.count++;
  }
  return owners.map((owner) => {
    if (owner?.kind !== 'asset') return owner;
    const claim = claims.get(assetKey(owner.asset));
    if (claim?.count === 1 && claim.strength === strengthOf(owner.way)) return owner;
    return { kind: 'unclear', candidates: [owner.asset], isRival: true };
  });
};
