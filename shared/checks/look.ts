import type { CheckId, CheckPlace, CheckResult } from '../domain/check.ts';
import { areaPx, type Bitmap } from '../mask/bitmap.ts';
import { boundaryPixels } from '../mask/boundary.ts';
import { measurePieces, type Component } from '../mask/components.ts';
import type { Photo } from './photo.ts';
import { shrinkMask } from './shrinkMask.ts';

/** What the checks look at: the mask in full, the photo at working size, and what more than one of them measures, each made when first asked for. */
export interface Look {
  readonly mask: Bitmap;
  readonly areaPx: number;
  /** The mask's pieces, the largest first. */
  readonly pieces: readonly Component[];
  /** What is enclosed by the mask, the largest first. */
  readonly holes: readonly Component[];
  /** At working size (photo.ts), as are the rest. */
  readonly photo: Photo;
  readonly work: Bitmap;
  /** The mask's own pixels beside what is outside; those on the picture's border are left out, where there is nothing to see. */
  readonly edgePixels: Uint32Array;
  /** A rectangle of the working size in imagePx. */
  readonly toImage: (place: CheckPlace) => CheckPlace;
}

/** What a check says; its severity is on its own scale, 0..1, until it is weighed (suspicion.ts). */
export type Finding = Omit<CheckResult, 'checkId'>;
/** A check that needs one mask and its photo, and nothing else. Pure: the same pixels give the same result. */
export type MaskCheck = (look: Look) => Finding;
export type CheckedByPixels = Exclude<CheckId, 'area_jump'>;

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
};

const largestFirst = (pieces: readonly Component[]): Component[] => pieces.toSorted((a, b) => b.areaPx - a.areaPx);

/** @param photo the mask's photo at {@link workSize} of the mask's size */
export const lookAt = (mask: Bitmap, photo: Photo): Look => {
  const { widthPx, heightPx } = photo;
  const area = once(() => areaPx(mask));
  const pieces = once(() => largestFirst(measurePieces(mask, 8)));
  const holes = once(() => largestFirst(measurePieces(mask, 4, 'outside').filter(({ box }) => isEnclosed(box, mask))));
  const work = once(() => shrinkMask(mask, widthPx, heightPx));
  const edgePixels = once(() => edgeOf(work()));
  const acrossScale = mask.widthPx / widthPx;
  const downScale = mask.heightPx / heightPx;
  return {
    mask,
    photo,
    get areaPx() {
      return area();
    },
    get pieces() {
      return pieces();
    },
    get holes() {
      return holes();
    },
    get work() {
      return work();
    },
    get edgePixels() {
      return edgePixels();
    },
    toImage: (place) => {
      const left = Math.floor(place.xPx * acrossScale);
      const top = Math.floor(place.yPx * downScale);
      return {
        xPx: left,
        yPx: top,
        widthPx: Math.max(1, Math.min(mask.widthPx, Math.ceil((place.xPx + place.widthPx) * acrossScale)) - left),
        heightPx: Math.max(1, Math.min(mask.heightPx, Math.ceil((place.yPx + place.heightPx) * downScale)) - top),
      };
    },
  };
};

const isEnclosed = (box: CheckPlace, { widthPx, heightPx }: Bitmap): boolean =>
  box.xPx > 0 && box.yPx > 0 && box.xPx + box.widthPx < widthPx && box.yPx + box.heightPx < heightPx;

const edgeOf = (work: Bitmap): Uint32Array => {
  const { widthPx, heightPx, data } = boundaryPixels(work);
  const found: number[] = [];
  for (let y = 1; y < heightPx - 1; y++) {
    for (let x = 1; x < widthPx - 1; x++) if (data[y * widthPx + x] === 255) found.push(y * widthPx + x);
  }
  return Uint32Array.from(found);
};
