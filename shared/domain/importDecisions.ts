import type { AssetRef } from './asset.ts';
import type { JobId } from './ids.ts';

/**
 * path: the photo's path is the asset's, or one ends with the other · id: the other tool's id for the image is the asset's · name: the photo's name without its ending ·
 * ending: what follows a `_`, `-` or `/` in the asset's id or file name is the photo's name, as another tool has it that left the folder away (`shoe/back.jpg` is `shoe_back` here).
 */
export const matchWays = ['path', 'id', 'name', 'ending'] as const;
export type MatchWay = (typeof matchWays)[number];

export const unknownChoices = ['skip', 'add', 'stop'] as const;
export const unclearChoices = ['skip', 'stop'] as const;
export const brokenChoices = ['skip', 'stop'] as const;
export const otherPhotoChoices = ['skip', 'use', 'stop'] as const;
export const otherSizeChoices = ['skip', 'resize', 'stop'] as const;
export const categoryUses = ['add', 'subtract', 'ignore'] as const;
export const severalChoices = ['join', 'largest', 'stop'] as const;
export const crowdChoices = ['ignore', 'use'] as const;
export const emptyChoices = ['skip', 'use'] as const;
export const workedOnChoices = ['beside', 'skip'] as const;

export type CategoryUse = (typeof categoryUses)[number];

/** What is to become of what an import meets. Stop: nothing is imported while there is such a one. */
export interface ImportDecisions {
  /** Tried in this order; the first way that finds an asset counts. */
  readonly match: readonly MatchWay[];
  /** Annotations, images and files that can't be read, beside others that can. Skip: an image goes on without those of its annotations; one of which nothing is left, not at all. */
  readonly broken: (typeof brokenChoices)[number];
  /** Images that belong to no asset. Add: with the photo that came along; those without one are skipped. */
  readonly unknown: (typeof unknownChoices)[number];
  /** Images that more than one asset could belong to, and assets that more than one image belongs to. Never guessed. */
  readonly unclear: (typeof unclearChoices)[number];
  /** Images of an export of ours whose id another photo has here (two stores that number from 1). Use: it is the same photo all the same, written by another program. */
  readonly otherPhoto: (typeof otherPhotoChoices)[number];
  /** Masks that are not as large as their photo. Resize: to the nearest pixel; those that lie turned are turned where the photo says how, else skipped. */
  readonly otherSize: (typeof otherSizeChoices)[number];
  /** By the other tool's names; what is not named here is added. */
  readonly categories: Readonly<Record<string, CategoryUse>>;
  /** Images with more than one instance to add. */
  readonly several: (typeof severalChoices)[number];
  readonly crowd: (typeof crowdChoices)[number];
  /** Images that the source lists without any annotation. Use: as an empty mask. */
  readonly empty: (typeof emptyChoices)[number];
  /** Assets that a person has worked on. Beside: the mask waits beside theirs. */
  readonly workedOn: (typeof workedOnChoices)[number];
  /** What added photos are; null: what an export of ours says of itself, else product images. */
  readonly addAs: 'products' | 'keyframes' | null;
  /** The job that added photos go to, made where it is not there; null: what an export of ours says, else one named after the source. */
  readonly jobId: JobId | null;
  /** By the number of the image in the source, from 0: what a person said of an unclear one, or of any other; null: none. */
  readonly chosen: Readonly<Record<string, AssetRef | null>>;
}

/** What somebody said so far; the rest is what the source suggests (ImportOutcome.decisions). */
export type SomeDecisions = { readonly [Decision in keyof ImportDecisions]?: ImportDecisions[Decision] | undefined };

/** Nothing is left out or changed unasked. */
export const initialDecisions: ImportDecisions = {
  match: matchWays,
  broken: 'stop',
  unknown: 'stop',
  unclear: 'stop',
  otherPhoto: 'stop',
  otherSize: 'stop',
  categories: {},
  several: 'join',
  crowd: 'ignore',
  empty: 'skip',
  workedOn: 'beside',
  addAs: null,
  jobId: null,
  chosen: {},
};
