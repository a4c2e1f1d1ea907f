import { create } from 'zustand';
import type { AreaChange } from '../../shared/edits/changeOfTiles.ts';
import type { TileJoin } from '../../shared/edits/joinTiles.ts';
import type { Rect } from '../../shared/mask/rect.ts';
import type { Placement } from '../../shared/picture/registerPart.ts';

/** A mask of another picture that is being put in place. Its pixels are the session's. */
export interface CopyingState {
  /** shared/domain/asset.ts `assetKey` of the picture that it comes from; null: nothing is being copied. */
  readonly sourceKey: string | null;
  /** Of the picture that it goes to. */
  readonly targetKey: string | null;
  readonly placement: Placement;
  readonly join: TileJoin;
  /** Where it lies in the picture, imagePx; null before the first result. */
  readonly box: Rect | null;
  /** How sure the fit is, -1..1; null: not fitted, or moved by hand since. */
  readonly score: number | null;
  readonly isFitting: boolean;
  readonly isWorking: boolean;
  readonly change: AreaChange | null;
}

export const unmoved: Placement = { scale: 1, dxImagePx: 0, dyImagePx: 0 };
const idle: CopyingState = { sourceKey: null, targetKey: null, placement: unmoved, join: 'replace', box: null, score: null, isFitting: false, isWorking: false, change: null };

export const useCopying = create<CopyingState>(() => idle);
export const endCopying = (): void => useCopying.setState(idle);

export const leastCopyScale = 0.1;
export const mostCopyScale = 10;

/** By hand. */
export const moveCopy = (dxImagePx: number, dyImagePx: number): void =>
  useCopying.setState(({ placement }) => ({ placement: { ...placement, dxImagePx: placement.dxImagePx + dxImagePx, dyImagePx: placement.dyImagePx + dyImagePx }, score: null }));

/** Of `[` and `]`, and of the wheel. */
const sizeStep = 1.02;

/** Scales about a place of the picture, which stays where it is. */
export const scaleCopy = (factor: number, xImagePx: number, yImagePx: number): void =>
  useCopying.setState(({ placement }) => {
    const scale = Math.min(mostCopyScale, Math.max(leastCopyScale, placement.scale * factor));
    const ratio = scale / placement.scale;
    return {
      placement: { scale, dxImagePx: xImagePx - (xImagePx - placement.dxImagePx) * ratio, dyImagePx: yImagePx - (yImagePx - placement.dyImagePx) * ratio },
      score: null,
    };
  });

export const stepCopySizeAbout = (direction: -1 | 1, xImagePx: number, yImagePx: number): void => scaleCopy(sizeStep ** direction, xImagePx, yImagePx);

/** About its own middle. */
export const stepCopySize = (direction: -1 | 1): void => {
  const { xPx, yPx, widthPx, heightPx } = useCopying.getState().box ?? { xPx: 0, yPx: 0, widthPx: 0, heightPx: 0 };
  stepCopySizeAbout(direction, xPx + widthPx / 2, yPx + heightPx / 2);
};
