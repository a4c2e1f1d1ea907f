import type { CheckId } from './check.ts';
import { asId, type AssetId, type JobId, type ModelId, type ProductId, type RevisionId, type VideoId } from './ids.ts';

export const assetKinds = ['product_image', 'keyframe'] as const;
export type AssetKind = (typeof assetKinds)[number];

/** Names an asset: `img_id` and `frame_id` are separate namespaces, so the kind is part of the name. */
export interface AssetRef {
  readonly kind: AssetKind;
  readonly id: AssetId;
}

/** One string for maps and React keys; not for paths or URLs. */
export const assetKey = (asset: AssetRef): string => `${asset.kind}:${asset.id}`;

/** Undoes {@link assetKey}. */
export const refOfKey = (key: string): AssetRef => {
  const colon = key.indexOf(':');
  return { kind: key.slice(0, colon) as AssetKind, id: asId(key.slice(colon + 1)) };
};

export const sameAsset = (a: AssetRef, b: AssetRef): boolean => a.kind === b.kind && a.id === b.id;

/** unsegmented: no mask yet · failed: the last attempt at a mask failed, with a reason · to_review: has a mask, no standing verdict. */
export const assetStates = ['unsegmented', 'failed', 'to_review', 'rejected', 'approved'] as const;
export type AssetState = (typeof assetStates)[number];

/** A product image or a keyframe with what the queue and the desk need to know of it. */
export interface Asset extends AssetRef {
  readonly state: AssetState;
  /** The product's or the video's title, for people. */
  readonly title: string | null;
  readonly productId: ProductId | null;
  readonly videoId: VideoId | null;
  /** Seconds from the start of the video; null for product images. */
  readonly timestampS: number | null;
  /** Every job the asset belongs to: a product has at most one, a video can be in several. */
  readonly jobIds: readonly JobId[];
  /** As in the database: relative to the data root, or absolute under it. */
  readonly localPath: string;
  /** Non-null exactly while a published mask stands at that path. */
  readonly maskedLocalPath: string | null;
  /** Size of the upright photo; null until somebody has decoded it. */
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly headRevisionId: RevisionId | null;
  /** Model of the head revision, when a model made it. */
  readonly headModelId: ModelId | null;
  /** Share of the picture that the head mask covers, 0..1. */
  readonly headAreaShare: number | null;
  /** How likely the head mask is wrong, 0..1, 1 worst (check.ts); null: no mask, or not checked yet. */
  readonly suspicion: number | null;
  /** The head's worst check that is not fine; null: none, or not checked yet. */
  readonly topCheck: CheckId | null;
  /** What that check found, short: "left, 12 %". */
  readonly checkValue: string | null;
  /** Why the asset is in state failed or rejected: a sentence or a reason code for people. */
  readonly reason: string | null;
  /** Who gave the approval or the rejection that stands; null in the other states. */
  readonly reviewer: string | null;
  /** Whether a draft (unapproved edit) is kept for it, whosever it is. */
  readonly hasDraft: boolean;
  /** Whose drafts these are, by name; a draft opens for its own person alone. */
  readonly draftsBy: readonly string[];
  /** Comments on it that nobody has resolved. */
  readonly openComments: number;
  /** Milliseconds since the epoch. */
  readonly updatedAtMs: number;
}

/** With this person's draft there or gone; the others' stay. */
export const withDraftOf = <T extends Asset>(asset: T, reviewer: string, isThere: boolean): T => {
  const others = asset.draftsBy.filter((other) => other !== reviewer);
  const draftsBy = isThere ? [...others, reviewer].sort() : others;
  return { ...asset, draftsBy, hasDraft: draftsBy.length > 0 };
};
