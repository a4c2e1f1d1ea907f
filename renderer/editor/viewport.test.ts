import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriedOver, emptyViewport, fitted, framed, imageToViewX, imageToViewY, maxZoom, minZoom, panned, resized, viewToImageX, viewToImageY, zoomedAt, zoomOf, type Viewport } from './viewport.ts';

const image = { widthPx: 1200, heightPx: 900 };
const pane = (devicePixelRatio: number): Viewport => ({ ...emptyViewport, widthViewPx: 640, heightViewPx: 480, devicePixelRatio });
const ratios = fc.constantFrom(1, 1.25, 1.5, 2, 3);
const steps = fc.array(fc.tuple(fc.double({ min: 0.2, max: 5, noNaN: true }), fc.integer({ min: 0, max: 640 }), fc.integer({ min: 0, max: 480 })), { maxLength: 12 });

const walk = (devicePixelRatio: number, path: readonly (readonly [number, number, number])[]): Viewport =>
  path.reduce((view, [factor, x, y]) => panned(zoomedAt(view, image, factor, x, y), image, x - 320, y - 240), fitted(pane(devicePixelRatio), image));

describe('the view', () => {
  it('leads from pane to image and back to the same place', () => {
    fc.assert(
      fc.property(ratios, steps, fc.double({ min: 0, max: 640, noNaN: true }), (ratio, path, place) => {
        const view = walk(ratio, path);
        expect(imageToViewX(view, viewToImageX(view, place))).toBeCloseTo(place, 6);
        expect(imageToViewY(view, viewToImageY(view, place))).toBeCloseTo(place, 6);
      }),
    );
  });

  it('stays between 2 % and 3200 %, on whole device pixels, with some of the image in the pane', () => {
    fc.assert(
      fc.property(ratios, steps, (ratio, path) => {
        const view = walk(ratio, path);
        expect(zoomOf(view)).toBeGreaterThanOrEqual(minZoom - 1e-9);
        expect(zoomOf(view)).toBeLessThanOrEqual(maxZoom + 1e-9);
        for (const [offset, side, room] of [
          [view.offsetXViewPx, image.widthPx * view.scale, 640],
          [view.offsetYViewPx, image.heightPx * view.scale, 480],
        ] as const) {
          expect(Math.abs(offset * ratio - Math.round(offset * ratio))).toBeLessThan(1e-6);
          const kept = Math.min(48, side) - 1;
          expect(offset + side).toBeGreaterThan(kept);
          expect(offset).toBeLessThan(room - kept);
        }
      }),
    );
  });

  it('keeps the image under the pointer when zooming, to half a device pixel', () => {
    fc.assert(
      fc.property(ratios, fc.double({ min: 1, max: 4, noNaN: true }), fc.integer({ min: 100, max: 540 }), fc.integer({ min: 100, max: 380 }), (ratio, factor, x, y) => {
        const before = fitted(pane(ratio), image);
        const after = zoomedAt(before, image, factor, x, y);
        expect(Math.abs(imageToViewX(after, viewToImageX(before, x)) - x)).toBeLessThanOrEqual(0.5 / ratio + 1e-6);
        expect(Math.abs(imageToViewY(after, viewToImageY(before, y)) - y)).toBeLessThanOrEqual(0.5 / ratio + 1e-6);
      }),
    );
  });

  it('shows the whole image, centred, when it fits', () => {
    const view = fitted(pane(2), image);
    const left = imageToViewX(view, 0);
    const right = 640 - imageToViewX(view, image.widthPx);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(Math.abs(left - right)).toBeLessThanOrEqual(1);
    expect(imageToViewY(view, 0)).toBeGreaterThanOrEqual(0);
  });

  it('fits again in another pane, and keeps its middle when it did not fit', () => {
    expect(resized(fitted(pane(1), image), image, 300, 200, 1).isFit).toBe(true);
    const close = zoomedAt(fitted(pane(1), image), image, 8, 320, 240);
    const narrow = resized(close, image, 400, 480, 1);
    expect(narrow.scale).toBe(close.scale);
    expect(Math.abs(viewToImageX(narrow, 200) - viewToImageX(close, 320))).toBeLessThan(1 / close.scale);
  });

  it('fits an image that needs less than 2 %', () => {
    const huge = { widthPx: 100_000, heightPx: 100 };
    const view = fitted({ ...pane(1), widthViewPx: 400 }, huge);
    expect(imageToViewX(view, 100_000)).toBeLessThanOrEqual(400);
    expect(zoomedAt(view, huge, 0.1, 200, 200).scale).toBe(view.scale);
  });
});

const size = fc.record({ widthPx: fc.integer({ min: 40, max: 6000 }), heightPx: fc.integer({ min: 40, max: 6000 }) });

describe('a place that is shown', () => {
  it('lies whole in the pane and around its middle', () => {
    fc.assert(
      fc.property(size, ratios, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }), (big, ratio, left, top, share) => {
        const widthPx = Math.max(1, big.widthPx * share * (1 - left));
        const heightPx = Math.max(1, big.heightPx * share * (1 - top));
        const place = { xPx: left * (big.widthPx - widthPx), yPx: top * (big.heightPx - heightPx), widthPx, heightPx };
        const view = framed(fitted(pane(ratio), big), big, place, 0.2);
        expect(imageToViewX(view, place.xPx)).toBeGreaterThanOrEqual(-1);
        expect(imageToViewY(view, place.yPx)).toBeGreaterThanOrEqual(-1);
        expect(imageToViewX(view, place.xPx + widthPx)).toBeLessThanOrEqual(641);
        expect(imageToViewY(view, place.yPx + heightPx)).toBeLessThanOrEqual(481);
        expect(zoomOf(view)).toBeGreaterThanOrEqual(zoomOf(fitted(view, big)) - 1e-9);
      }),
    );
  });
});

describe('the next image', () => {
  it('is fitted after a fitted one, else as near as the one before', () => {
    fc.assert(
      fc.property(size, ratios, steps, (next, ratio, path) => {
        const before = walk(ratio, path);
        const view = carriedOver(before, image, next);
        if (before.isFit) expect(view).toEqual(fitted(before, next));
        else expect(zoomOf(view)).toBeCloseTo(zoomOf(before), 9);
        expect(carriedOver(before, image, image)).toEqual(before);
      }),
    );
  });
});
