import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rectOfEdges } from '../../shared/mask/rect.ts';
import { emptyViewport, fitted, imageToViewX, panned, viewToImageX, viewToImageY, zoomedAt } from '../editor/viewport.ts';
import { deviceViewOf, toDevice, toDeviceOutwards, toImage } from './deviceView.ts';

const image = { widthPx: 700, heightPx: 500 };
const views = fc
  .record({
    ratio: fc.constantFrom(1, 1.25, 2),
    zoom: fc.double({ min: 0.1, max: 60, noNaN: true }),
    x: fc.integer({ min: 0, max: 400 }),
    y: fc.integer({ min: 0, max: 300 }),
  })
  .map(({ ratio, zoom, x, y }) => {
    const pane = { ...emptyViewport, widthViewPx: 400, heightViewPx: 300, devicePixelRatio: ratio };
    const viewport = panned(zoomedAt(fitted(pane, image), image, zoom, x, y), image, x - 200, 150 - y);
    return { viewport, view: deviceViewOf(viewport) };
  });

it('neighbouring rectangles of the image meet on the screen, without gap or overlap', () => {
  fc.assert(
    fc.property(views, fc.integer({ min: 1, max: 699 }), ({ view }, split) => {
      const left = toDevice(view, rectOfEdges(0, 0, split, 500));
      const right = toDevice(view, rectOfEdges(split, 0, 700, 500));
      expect(left.widthPx === 0 ? right.xPx : left.xPx + left.widthPx).toBe(right.widthPx === 0 ? left.xPx + left.widthPx : right.xPx);
    }),
  );
});

it('a pixel is drawn where a click finds it: the middle of its place on the screen leads back to it', () => {
  fc.assert(
    fc.property(views, fc.nat(699), fc.nat(499), ({ viewport, view }, x, y) => {
      fc.pre(view.zoom >= 4);
      const place = toDevice(view, rectOfEdges(x, y, x + 1, y + 1));
      const middleX = (place.xPx + place.widthPx / 2) / viewport.devicePixelRatio;
      const middleY = (place.yPx + place.heightPx / 2) / viewport.devicePixelRatio;
      expect(Math.floor(viewToImageX(viewport, middleX))).toBe(x);
      expect(Math.floor(viewToImageY(viewport, middleY))).toBe(y);
      expect(Math.abs(imageToViewX(viewport, x) * viewport.devicePixelRatio - place.xPx)).toBeLessThanOrEqual(0.5 + 1e-6);
    }),
  );
});

it('what is redrawn for a dirty rectangle holds its place on the screen, and what is seen holds the screen', () => {
  fc.assert(
    fc.property(views, fc.nat(600), fc.nat(400), fc.integer({ min: 1, max: 99 }), ({ view }, x, y, side) => {
      const rect = rectOfEdges(x, y, x + side, y + side);
      const place = toDevice(view, rect);
      fc.pre(place.widthPx > 0 && place.heightPx > 0);
      const outwards = toDeviceOutwards(view, rect, 0);
      expect(outwards.xPx <= place.xPx && outwards.yPx <= place.yPx).toBe(true);
      expect(outwards.xPx + outwards.widthPx >= place.xPx + place.widthPx).toBe(true);
      const seen = toImage(view, place, rectOfEdges(0, 0, 700, 500));
      if (place.widthPx > 1 && place.heightPx > 1) {
        expect(seen.xPx).toBeLessThanOrEqual(x + 1 / view.zoom);
        expect(seen.xPx + seen.widthPx).toBeGreaterThanOrEqual(x + side - 1 / view.zoom);
      }
    }),
  );
});
