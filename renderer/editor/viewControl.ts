import type { Editor, ViewSize } from './types.ts';
import { carriedOver, emptyViewport, fitted, framed, panned, placed, resized, zoomedAt, zoomOf, type ImageSize, type Viewport } from './viewport.ts';

type ViewCommands = Pick<Editor, 'setViewSize' | 'zoomTo' | 'showRect' | 'zoomBy' | 'panBy' | 'setViewport'>;

/** The view of one pane: holds the value and turns commands into the pure functions of viewport.ts. */
export interface ViewControl extends ViewCommands {
  readonly viewport: Viewport;
  /** Another image, seen as the one before it was: people who zoom in and move on want the next one as near. Tells nobody: the caller does. */
  show(image: ImageSize): void;
}

/** @param imageOf the image in the pane, null while there is none: then only the pane's size counts */
export const createViewControl = (imageOf: () => ImageSize | null, onChange: () => void): ViewControl => {
  let viewport: Viewport = emptyViewport;
  /** What was shown last, also while the pane is empty. */
  let shown: ImageSize | null = null;
  const change = (next: (image: ImageSize) => Viewport): void => {
    const image = imageOf();
    if (image === null) return;
    viewport = next(image);
    onChange();
  };
  const resizedTo = ({ widthViewPx, heightViewPx, devicePixelRatio }: ViewSize, from: Viewport, image: ImageSize | null): Viewport =>
    image === null
      ? { ...from, widthViewPx, heightViewPx, devicePixelRatio }
      : resized(from, image, widthViewPx, heightViewPx, devicePixelRatio);

  const control: ViewControl = {
    get viewport() {
      return viewport;
    },
    show(image) {
      viewport = shown === null ? fitted(viewport, image) : carriedOver(viewport, shown, image);
      shown = { widthPx: image.widthPx, heightPx: image.heightPx };
    },
    showRect(place, marginShare = 0.5) {
      change((image) => framed(viewport, image, place, marginShare));
    },
    setViewSize(size) {
      const isSame =
        size.widthViewPx === viewport.widthViewPx &&
        size.heightViewPx === viewport.heightViewPx &&
        size.devicePixelRatio === viewport.devicePixelRatio;
      if (isSame) return;
      viewport = resizedTo(size, viewport, imageOf());
      onChange();
    },
    zoomTo(target) {
      if (target === 'fit') change((image) => fitted(viewport, image));
      else control.zoomBy((target === 'actual' ? 1 : target) / zoomOf(viewport));
    },
    zoomBy(factor, xViewPx = viewport.widthViewPx / 2, yViewPx = viewport.heightViewPx / 2) {
      change((image) => zoomedAt(viewport, image, factor, xViewPx, yViewPx));
    },
    panBy: (dxViewPx, dyViewPx) => change((image) => panned(viewport, image, dxViewPx, dyViewPx)),
    setViewport: ({ scale, offsetXViewPx, offsetYViewPx }) =>
      change((image) => placed({ ...viewport, scale, offsetXViewPx, offsetYViewPx, isFit: false }, image)),
  };
  return control;
};
