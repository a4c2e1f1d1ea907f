import type { Editor, ViewSize } from './types.ts';
import { emptyViewport, fitted, panned, placed, resized, zoomedAt, zoomOf, type ImageSize, type Viewport } from './viewport.ts';

type ViewCommands = Pick<Editor, 'setViewSize' | 'zoomTo' | 'zoomBy' | 'panBy' | 'setViewport'>;

/** The view of one pane: holds the value and turns commands into the pure functions of viewport.ts. */
export interface ViewControl extends ViewCommands {
  readonly viewport: Viewport;
  /** Another image: as it was left, in a pane that may have another size by now, or fitted. Tells nobody: the caller does. */
  show(image: ImageSize, left: Viewport | null): void;
}

/** @param imageOf the image in the pane, null while there is none: then only the pane's size counts */
export const createViewControl = (imageOf: () => ImageSize | null, onChange: () => void): ViewControl => {
  let viewport: Viewport = emptyViewport;
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
    show(image, left) {
      viewport = left === null ? fitted(viewport, image) : resizedTo(viewport, left, image);
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
