import { tints } from '../stores/tints.ts';

/**
 * How the mask is shown over (or instead of) the photo. The order is that of the view cycle. `matte` and `difference` need something beside the
 * mask (DeskCanvas); without it they look like the mask alone and like the overlay.
 */
export const maskViews = ['overlay', 'outline', 'cutoutChecker', 'cutoutBlack', 'cutoutWhite', 'maskOnly', 'matte', 'difference'] as const;
export type MaskView = (typeof maskViews)[number];

/** 8-bit sRGB. */
export interface Tint {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

export interface ViewOptions {
  readonly view: MaskView;
  readonly tint: Tint;
  /** Of the overlay, 0..1. */
  readonly opacity: number;
  /** Only the photo, for as long as a key is held. */
  readonly isMaskHidden: boolean;
  /** Of the outline view, screen pixels, 1..4. */
  readonly outlineWidthPx: number;
  /** Whether what was added and what was removed differ in their stripes as well. */
  readonly hasHatch: boolean;
  /** Lines between pixels from 800 % on. */
  readonly hasPixelGrid: boolean;
}

export const defaultViewOptions: ViewOptions = {
  view: 'overlay',
  tint: tints.cyan,
  opacity: 0.35,
  isMaskHidden: false,
  outlineWidthPx: 2,
  hasHatch: true,
  hasPixelGrid: true,
};
