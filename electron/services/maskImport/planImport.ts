import { assetKey, type AssetRef } from '../../../shared/domain/asset.ts';
import { initialDecisions, type ImportDecisions, type SomeDecisions } from '../../../shared/domain/importDecisions.ts';
import type { BrokenPart, Findings, SkipReason } from '../../../shared/contracts/rpc/maskImports.ts';
import { ExpectedError, throwIfCancelled } from '../../../shared/errors/errors.ts';
import type { Store } from '../../../shared/ports/store/store.ts';
import { mapConcurrently } from '../mapConcurrently.ts';
import { resultOf } from '../resultOf.ts';
import type { Inspection } from './inspection.ts';
import { chooseInstances, type Joined } from './joinInstances.ts';
import { ownersOf, type Owner } from './matchImages.ts';
import { noPhotoCame } from './notAdded.ts';
import { planNewPhotos } from './newPhotos.ts';
import { isBroken, isShapeless, isTurnedSize, sameSize, turnOf, type AssetFacts, type ImageRecord, type NewPhoto, type SizePx } from './records.ts';

/** Whose mask it becomes. */
export type Target = { readonly facts: AssetFacts } | { readonly photo: NewPhoto };

/** How a mask comes to its photo's size. */
export type Fit = 'as it is' | 'resize' | { readonly turn: number };

export type PlannedImage = { readonly record: ImageRecord; readonly owner: Owner | null; /** Of an unknown one: why it can't be added. */ readonly obstacle: string | null; readonly size: SizePx | null; readonly fact: AssetFacts | null; /** What an unknown one would be added as, also where nobody wants that. */ readonly photo: NewPhoto | null; readonly orientation: number | null; /** The asset that it names has another photo here. */ readonly isOtherPhoto: boolean; /** What must be decided of it first. */ readonly stops: readonly (keyof ImportDecisions)[] } & (
  | { readonly target: Target; readonly joined: Joined; readonly fit: Fit; readonly skip: null }
  | { readonly target: null; readonly skip: SkipReason | 'stop' }
);

export interface Stop {
  readonly decision: keyof ImportDecisions;
  readonly image: ImageRecord;
}

export interface ImportPlan {
  readonly decisions: ImportDecisions;
  readonly images: readonly PlannedImage[];
  /** What of the source can't be read. */
  readonly broken: Findings<BrokenPart>;
  /** What must be decided first, by what is to be decided. */
  readonly stops: ReadonlyMap<keyof ImportDecisions, { readonly count: number; readonly first: ImageRecord }>;
}

/** What somebody said, and for the rest what is safe. An export of ours lists empty masks on purpose, unless what belonged to an image is broken. */
export const completeDecisions = (said: SomeDecisions, isOwnExport: boolean): ImportDecisions => {
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Partial<ImportDecisions>;
  return { ...initialDecisions, ...(isOwnExport ? { empty: 'use' as const } : {}), ...given };
};

const lookupsAtATime = 8;

/** What a photo of the source would be added as, or why it can't. */
type Addable = { readonly photo: NewPhoto; readonly size: SizePx; readonly orientation: number } | { readonly obstacle: string };

const addables = async (unknown: readonly ImageRecord[], inspection: Inspection, decisions: ImportDecisions, { assets }: Pick<Store, 'assets'>, signal?: AbortSignal): Promise<ReadonlyMap<number, Addable>> => {
  const { manifest, source } = inspection.read;
  const withPhotos: ImageRecord[] = [];
  for (const record of unknown) withPhotos.push({ ...record, photoPath: await inspection.photoPathOf(record) });
  const planned = planNewPhotos(withPhotos, { addAs: decisions.addAs, jobId: decisions.jobId, sourceName: source.name.replace(/\.zip$/i, ''), manifest });
  const found = new Map<number, Addable>();
  const settle = async (image: number): Promise<readonly [number, Addable]> => {
    const one = planned.get(image);
    if (one === undefined || 'obstacle' in one) return [image, one ?? { obstacle: noPhotoCame }];
    const { photo } = one;
    if ((await assets.get(photo)) !== null) return [image, { obstacle: `The store has another photo under the id ${photo.id}.` }];
    if (photo.kind === 'keyframe' && (await assets.ofVideo(photo.videoId)).some(({ timestampS }) => timestampS === photo.timestampS)) {
      return [image, { obstacle: `The store has another keyframe of video ${photo.videoId} at ${photo.timestampS} s.` }];
    }
    const read = await inspection.photo(photo.photoPath);
    return [image, typeof read === 'string' ? { obstacle: read } : { photo, ...read }];
  };
  for await (const [image, addable] of mapConcurrently(planned.keys(), lookupsAtATime, settle, signal)) found.set(image, addable);
  throwIfCancelled(signal);
  return found;
};

const factsOfOwners = async (owners: readonly (Owner | null)[], inspection: Inspection, signal?: AbortSignal): Promise<ReadonlyMap<number, AssetFacts | null>> => {
  const { images } = inspection.read;
  const owned = owners.flatMap((owner, image) => (owner?.kind === 'asset' ? [{ image, owner }] : []));
  const facts = new Map<number, AssetFacts | null>();
  const look = async ({ image, owner }: { image: number; owner: { readonly asset: AssetRef } }): Promise<readonly [number, AssetFacts | null]> => [image, await inspection.factsOf(owner.asset, images[image]?.size ?? null)];
  for await (const [image, fact] of mapConcurrently(owned, lookupsAtATime, look, signal)) facts.set(image, fact);
  throwIfCancelled(signal);
  return facts;
};

const ownersIn = ({ read: { images, matcher } }: Inspection, { match, chosen }: ImportDecisions): readonly (Owner | null)[] => ownersOf(images, (image) => matcher.of(image), match, chosen);

/** Photos are read whole. */
const photosAtATime = 3;

/**
 * Images whose asset has another photo here than the export that they come from. Told one by one as they are looked at; looked at once an inspection. What a person chose is
 * theirs to know, and where a photo can't be read nothing is said.
 * @throws CancelledError
 */
export async function* findOtherPhotos(inspection: Inspection, said: SomeDecisions, signal?: AbortSignal): AsyncGenerator<{ readonly done: number; readonly total: number }, ReadonlySet<number>> {
  const { images, manifest } = inspection.read;
  const others = new Set<number>();
  if (manifest === null) return others;
  const owners = ownersIn(inspection, completeDecisions(said, true));
  const matched = images.filter((record) => {
    const owner = owners[record.image];
    return owner?.kind === 'asset' && owner.way !== 'chosen' && inspection.hasPhotoDigest(record);
  });
  const look = async (record: ImageRecord): Promise<number | null> => {
    const owner = owners[record.image];
    const fact = owner?.kind === 'asset' ? await inspection.factsOf(owner.asset, record.size) : null;
    return fact !== null && (await inspection.isSamePhoto(record, fact.asset)) === false ? record.image : null;
  };
  let done = 0;
  for await (const other of mapConcurrently(matched, photosAtATime, look, signal)) {
    if (other !== null) others.add(other);
    yield { done: ++done, total: matched.length };
  }
  throwIfCancelled(signal);
  return others;
}

/**
 * What each image of a source becomes under these decisions. Nothing is written.
 * @throws ExpectedError not_found where a person chose an asset that is not there; CancelledError
 */
export const planImport = async (inspection: Inspection, said: SomeDecisions, store: Pick<Store, 'assets'>, signal?: AbortSignal): Promise<ImportPlan> => {
  const { images, manifest, broken } = inspection.read;
  const decisions = completeDecisions(said, manifest !== null && broken.count === 0);
  const owners = ownersIn(inspection, decisions);
  const otherPhotos = await resultOf(findOtherPhotos(inspection, said, signal));
  const facts = await factsOfOwners(owners, inspection, signal);
  const unknown = images.filter(({ image }) => owners[image]?.kind === 'unknown');
  const addable = await addables(unknown, inspection, decisions, store, signal);
  const stops = new Map<keyof ImportDecisions, { count: number; first: ImageRecord }>();

  const planOne = (record: ImageRecord): PlannedImage => {
    const owner = owners[record.image] ?? null;
    const fact = facts.get(record.image) ?? null;
    const added = addable.get(record.image);
    const photo = added !== undefined && 'photo' in added ? added : null;
    const size = fact?.size ?? photo?.size ?? null;
    const orientation = fact?.orientation ?? photo?.orientation ?? null;
    const obstacle = added !== undefined && 'obstacle' in added ? added.obstacle : owner?.kind === 'asset' && fact === null ? `The photo of ${owner.asset.id} can't be read, so its size is not known.` : null;
    const known = { record, owner, obstacle, size, fact, photo: photo?.photo ?? null, orientation, isOtherPhoto: otherPhotos.has(record.image), stops: [] };
    const skip = (reason: SkipReason): PlannedImage => ({ ...known, target: null, skip: reason });
    const stop = (...decided: readonly (keyof ImportDecisions)[]): PlannedImage => {
      for (const decision of decided) {
        const standing = stops.get(decision);
        stops.set(decision, { count: (standing?.count ?? 0) + 1, first: standing?.first ?? record });
      }
      return { ...known, stops: decided, target: null, skip: 'stop' };
    };

    if (isBroken(record)) return skip('broken');
    if (owner === null) return skip('unclear');
    if (owner.kind === 'asset' && fact === null && owner.way === 'chosen') throw new ExpectedError('not_found', `There is no ${assetKey(owner.asset)} in this store, or its photo can't be read.`);
    if (owner.kind === 'unclear') return decisions.unclear === 'stop' ? stop('unclear') : skip('unclear');
    if (known.isOtherPhoto && decisions.otherPhoto === 'skip') return skip('otherPhoto');
    if (record.instances.length === 0 && decisions.empty === 'skip') return skip('empty');
    if (isShapeless(record)) return skip('shapeless');
    if (fact === null && decisions.unknown === 'stop') return stop('unknown');
    if (fact === null && (decisions.unknown === 'skip' || photo === null)) return skip('unknown');
    const joined = chooseInstances(record.instances, decisions);
    if (joined.add.length === 0 && record.instances.length > 0) return skip('unused');
    if (fact !== null && fact.isWorkedOn && decisions.workedOn === 'skip') return skip('workedOn');
    const target: Target | null = fact !== null ? { facts: fact } : photo !== null ? { photo: photo.photo } : null;
    if (target === null || size === null) return skip('unknown');
    const isOtherSize = record.size !== null && !sameSize(record.size, size) && record.instances.length > 0;
    // All that is open of one image is asked at once: nobody decides one thing to meet the next.
    const open = [...(known.isOtherPhoto && decisions.otherPhoto === 'stop' ? ['otherPhoto' as const] : []), ...(joined.several > 1 && decisions.several === 'stop' ? ['several' as const] : []), ...(isOtherSize && decisions.otherSize === 'stop' ? ['otherSize' as const] : [])];
    if (open.length > 0) return stop(...open);
    if (record.size === null || !isOtherSize) return { ...known, target, joined, fit: 'as it is', skip: null };
    if (decisions.otherSize === 'skip') return skip('otherSize');
    if (!isTurnedSize(record.size, size)) return { ...known, target, joined, fit: 'resize', skip: null };
    // One that lies on its side is never squeezed: it is turned as its photo says, or left out.
    const turn = turnOf(record.size, size, orientation);
    return turn === null ? skip('otherSize') : { ...known, target, joined, fit: { turn }, skip: null };
  };
  return { decisions, images: images.map(planOne), broken, stops };
};
