import { fitScale, fitted, placed, viewToImageX, viewToImageY, type ImageSize, type Viewport } from './viewport.ts';

/**
 * What two linked panes have in common: which share of the image is in the middle (0..1 across it), and how much nearer than fitted it is.
 * Images of different size and shape then show the same part of what they show.
 */
export interface RelativeView {
  readonly isFit: boolean;
  readonly middleX: number;
  readonly middleY: number;
  readonly timesFit: number;
}

export const relativeView = (viewport: Viewport, image: ImageSize): RelativeView => ({
  isFit: viewport.isFit,
  middleX: viewToImageX(viewport, viewport.widthViewPx / 2) / image.widthPx,
  middleY: viewToImageY(viewport, viewport.heightViewPx / 2) / image.heightPx,
  timesFit: viewport.scale / fitScale(viewport, image),
});

/** The same view in another pane, on another image; zoom and place stay within what that image allows. */
export const followedView = ({ isFit, middleX, middleY, timesFit }: RelativeView, pane: Viewport, image: ImageSize): Viewport => {
  if (isFit) return fitted(pane, image);
  const scale = fitScale(pane, image) * timesFit;
  return placed(
    {
      ...pane,
      scale,
      offsetXViewPx: pane.widthViewPx / 2 - middleX * image.widthPx * scale,
      offsetYViewPx: pane.heightViewPx / 2 - middleY * image.heightPx * scale,
      isFit: false,
    },
    image,
  );
};
