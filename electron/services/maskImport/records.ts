import type { Asset, AssetRef } from '../../../shared/domain/asset.ts';
import type { AssetId, JobId, ProductId, VideoId } from '../../../shared/domain/ids.ts';
import type { Revision } from '../../../shared/domain/revision.ts';

export interface SizePx {
  readonly widthPx: number;
  readonly heightPx: number;
}

export const sameSize = (a: SizePx, b: SizePx): boolean => a.widthPx === b.widthPx && a.heightPx === b.heightPx;
export const isTurnedSize = (a: SizePx, b: SizePx): boolean => !sameSize(a, b) && a.widthPx === b.heightPx && a.heightPx === b.widthPx;
/** The EXIF orientation by which a mask comes to lie as its photo; null: it is no other size for that reason. */
export const turnOf = (mask: SizePx, photo: SizePx, orientation: number | null): number | null => (isTurnedSize(mask, photo) && orientation !== null && orientation >= 5 ? orientation : null);
export const sizeText = ({ widthPx, heightPx }: SizePx): string => `${widthPx} x ${heightPx}`;

export interface InstanceFacts {
  readonly category: string;
  readonly isCrowd: boolean;
  readonly areaPx: number;
  /** Empty, and its tool means something by it (a box without an outline): no mask, where one of no pixels would be an empty mask. */
  readonly isShapeless: boolean;
  /** It can't be decoded. */
  readonly isBroken: boolean;
}

/** What is kept of an image of the source once it was read: its masks are decoded anew when they are wanted. */
export interface ImageRecord {
  /** Its number in the source, from 0. */
  readonly image: number;
  readonly file: string;
  /** Its name without what says mask; null: nothing in its name does. */
  readonly plainFile: string | null;
  readonly place: string;
  readonly id: string | null;
  readonly photoPath: string | null;
  /** Of its masks; as the source says where it has none; null: it says nothing. */
  readonly size: SizePx | null;
  readonly instances: readonly InstanceFacts[];
  /** Annotations of it that are broken, also those that are not among its instances. */
  readonly broken: number;
  /** Pixels that more than one instance has, crowds left out. */
  readonly overlapPx: number;
}

/** All that is in it are boxes or the like. */
export const isShapeless = ({ instances }: ImageRecord): boolean => {
  const whole = instances.filter(({ isBroken }) => !isBroken);
  return whole.length > 0 && whole.every((instance) => instance.isShapeless);
};

/** Nothing of what was annotated in it can be read. */
export const isBroken = ({ instances, broken }: Pick<ImageRecord, 'instances' | 'broken'>): boolean => broken > 0 && instances.every((instance) => instance.isBroken);

/** What the store says of an asset that an image may belong to. */
export interface AssetFacts {
  readonly asset: Asset;
  readonly size: SizePx;
  /** EXIF orientation of its photo, 1..8; null: nobody has looked. */
  readonly orientation: number | null;
  readonly isWorkedOn: boolean;
  /** Newest first. */
  readonly revisions: readonly Pick<Revision, 'revisionId' | 'maskSha256' | 'origin' | 'beside' | 'widthPx' | 'heightPx' | 'areaPx'>[];
}

/** What a photo of the source would become. */
export type NewPhoto = { readonly id: AssetId; readonly jobId: JobId; readonly title: string | null; readonly photoPath: string } & (
  | { readonly kind: 'product_image'; readonly productId: ProductId }
  | { readonly kind: 'keyframe'; readonly videoId: VideoId; readonly timestampS: number }
);

export const refOf = ({ kind, id }: AssetRef): AssetRef => ({ kind, id });
