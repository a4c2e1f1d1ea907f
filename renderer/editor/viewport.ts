/**
 * Where the image lies in the pane. imagePx are continuous: pixel (i, j) covers [i, i+1) x [j, j+1), its centre is at i + 0.5.
 * viewPx are CSS pixels of the pane: `view = image * scale + offset`. Pure: every function gives a new value.
 */
export interface Viewport {
  /** viewPx per imagePx. */
  readonly scale: number;
  /** Where the image's top left corner is; always on a whole device pixel, so that pixels are sharp at 100 %. */
  readonly offsetXViewPx: number;
  readonly offsetYViewPx: number;
  readonly widthViewPx: number;
  readonly heightViewPx: number;
  readonly devicePixelRatio: number;
  /** Whether the view follows the pane's size. */
  readonly isFit: boolean;
}

export interface ImageSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

export const minZoom = 0.02;
export const maxZoom = 32;
/** Free room around an image that fits the pane. */
const fitMarginViewPx = 16;
/** So much of the image always stays in the pane: nobody loses it. */
const keptViewPx = 48;

export const emptyViewport: Viewport = {
  scale: 1,
  offsetXViewPx: 0,
  offsetYViewPx: 0,
  widthViewPx: 0,
  heightViewPx: 0,
  devicePixelRatio: 1,
  isFit: true,
};

/** Device pixels per image pixel: what people call 100 %. */
export const zoomOf = (viewport: Viewport): number => viewport.scale * viewport.devicePixelRatio;

export const viewToImageX = (viewport: Viewport, xViewPx: number): number => (xViewPx - viewport.offsetXViewPx) / viewport.scale;
export const viewToImageY = (viewport: Viewport, yViewPx: number): number => (yViewPx - viewport.offsetYViewPx) / viewport.scale;
export const imageToViewX = (viewport: Viewport, xImagePx: number): number => xImagePx * viewport.scale + viewport.offsetXViewPx;
export const imageToViewY = (viewport: Viewport, yImagePx: number): number => yImagePx * viewport.scale + viewport.offsetYViewPx;

const fitScale = (viewport: Viewport, image: ImageSize): number => {
  const roomX = Math.max(1, viewport.widthViewPx - 2 * fitMarginViewPx);
  const roomY = Math.max(1, viewport.heightViewPx - 2 * fitMarginViewPx);
  const scale = Math.min(roomX / image.widthPx, roomY / image.heightPx);
  return Math.min(scale, maxZoom / viewport.devicePixelRatio);
};

/** A very large image in a small pane may need less than 2 % to fit. */
const clampScale = (viewport: Viewport, image: ImageSize, scale: number): number => {
  const least = Math.min(minZoom / viewport.devicePixelRatio, fitScale(viewport, image));
  return Math.min(maxZoom / viewport.devicePixelRatio, Math.max(least, scale));
};

const clampOffset = (offset: number, imageSide: number, paneSide: number, devicePixelRatio: number): number => {
  const kept = Math.min(keptViewPx, imageSide, paneSide);
  const clamped = Math.min(paneSide - kept, Math.max(kept - imageSide, offset));
  return Math.round(clamped * devicePixelRatio) / devicePixelRatio;
};

/** The nearest allowed view: zoom within its limits, some of the image in the pane, the offset on a device pixel. */
export const placed = (viewport: Viewport, image: ImageSize): Viewport => {
  const { widthViewPx, heightViewPx, devicePixelRatio } = viewport;
  const scale = clampScale(viewport, image, viewport.scale);
  return {
    ...viewport,
    scale,
    offsetXViewPx: clampOffset(viewport.offsetXViewPx, image.widthPx * scale, widthViewPx, devicePixelRatio),
    offsetYViewPx: clampOffset(viewport.offsetYViewPx, image.heightPx * scale, heightViewPx, devicePixelRatio),
  };
};

export const fitted = (viewport: Viewport, image: ImageSize): Viewport => {
  const scale = fitScale(viewport, image);
  return placed(
    {
      ...viewport,
      scale,
      offsetXViewPx: (viewport.widthViewPx - image.widthPx * scale) / 2,
      offsetYViewPx: (viewport.heightViewPx - image.heightPx * scale) / 2,
      isFit: true,
    },
    image,
  );
};

/** Zooms by `factor`; the image's point at `xViewPx, yViewPx` stays there, to half a device pixel. */
export const zoomedAt = (viewport: Viewport, image: ImageSize, factor: number, xViewPx: number, yViewPx: number): Viewport => {
  const scale = clampScale(viewport, image, viewport.scale * factor);
  const ratio = scale / viewport.scale;
  return placed(
    {
      ...viewport,
      scale,
      offsetXViewPx: xViewPx - (xViewPx - viewport.offsetXViewPx) * ratio,
      offsetYViewPx: yViewPx - (yViewPx - viewport.offsetYViewPx) * ratio,
      isFit: false,
    },
    image,
  );
};

export const panned = (viewport: Viewport, image: ImageSize, dxViewPx: number, dyViewPx: number): Viewport =>
  placed(
    {
      ...viewport,
      offsetXViewPx: viewport.offsetXViewPx + dxViewPx,
      offsetYViewPx: viewport.offsetYViewPx + dyViewPx,
      isFit: false,
    },
    image,
  );

/** A pane of another size: a fitted image fits again, any other keeps its zoom and the image's point in the middle. */
export const resized = (
  viewport: Viewport,
  image: ImageSize,
  widthViewPx: number,
  heightViewPx: number,
  devicePixelRatio: number,
): Viewport => {
  const next = { ...viewport, widthViewPx, heightViewPx, devicePixelRatio };
  if (viewport.isFit) return fitted(next, image);
  return placed(
    {
      ...next,
      offsetXViewPx: viewport.offsetXViewPx + (widthViewPx - viewport.widthViewPx) / 2,
      offsetYViewPx: viewport.offsetYViewPx + (heightViewPx - viewport.heightViewPx) / 2,
    },
    image,
  );
};
