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

/** A place in the image, imagePx. */
export interface ImageRect {
  readonly xPx: number;
  readonly yPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
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

/** viewPx per imagePx at which the whole image shows. */
export const fitScale = (viewport: Viewport, image: ImageSize): number => {
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
  // Never -0, which is not equal to 0 for whoever compares views.
  return Math.round(clamped * devicePixelRatio) / devicePixelRatio + 0;
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

/** Nearer than this a small place fills the pane and nobody can tell where it is. */
const nearestZoom = 8;

/** Shows a place of the image in the middle of the pane, with `marginShare` of its longer side around it; never further away than the whole image. */
export const framed = (viewport: Viewport, image: ImageSize, place: ImageRect, marginShare: number): Viewport => {
  const { widthViewPx, heightViewPx, devicePixelRatio } = viewport;
  const marginPx = marginShare * Math.max(place.widthPx, place.heightPx);
  const wanted = Math.min(widthViewPx / Math.max(1, place.widthPx + 2 * marginPx), heightViewPx / Math.max(1, place.heightPx + 2 * marginPx));
  const fit = fitScale(viewport, image);
  const scale = Math.max(fit, Math.min(wanted, nearestZoom / devicePixelRatio));
  if (scale <= fit) return fitted(viewport, image);
  return placed(
    {
      ...viewport,
      scale,
      offsetXViewPx: widthViewPx / 2 - (place.xPx + place.widthPx / 2) * scale,
      offsetYViewPx: heightViewPx / 2 - (place.yPx + place.heightPx / 2) * scale,
      isFit: false,
    },
    image,
  );
};

/** Another image in the same pane: fitted stays fitted, else the zoom stays and so does the share of the image that is in the middle. */
export const carriedOver = (viewport: Viewport, from: ImageSize, image: ImageSize): Viewport => {
  if (viewport.isFit) return fitted(viewport, image);
  const { widthViewPx, heightViewPx, scale } = viewport;
  const middleX = viewToImageX(viewport, widthViewPx / 2) / from.widthPx;
  const middleY = viewToImageY(viewport, heightViewPx / 2) / from.heightPx;
  return placed(
    { ...viewport, offsetXViewPx: widthViewPx / 2 - middleX * image.widthPx * scale, offsetYViewPx: heightViewPx / 2 - middleY * image.heightPx * scale },
    image,
  );
};
