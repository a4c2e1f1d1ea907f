import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEditor } from './createEditor.ts';
import { followedView, relativeView } from './linkedViewport.ts';
import { createViewLink } from './viewLink.ts';
import { emptyViewport, fitted, imageToViewX, imageToViewY, panned, placed, zoomedAt, type ImageSize, type Viewport } from './viewport.ts';

const size = fc.record({ widthPx: fc.integer({ min: 200, max: 6000 }), heightPx: fc.integer({ min: 200, max: 6000 }) });
const pane = fc
  .record({ widthViewPx: fc.integer({ min: 200, max: 1600 }), heightViewPx: fc.integer({ min: 200, max: 1200 }), devicePixelRatio: fc.constantFrom(1, 1.5, 2) })
  .map((room): Viewport => ({ ...emptyViewport, ...room }));
const share = fc.double({ min: 0.2, max: 0.8, noNaN: true });
const nearer = fc.double({ min: 1.2, max: 6, noNaN: true });

/** A view around a place of the image, well inside what is allowed. */
const viewAt = (room: Viewport, image: ImageSize, x: number, y: number, times: number): Viewport => {
  const near = zoomedAt(fitted(room, image), image, times, room.widthViewPx / 2, room.heightViewPx / 2);
  return placed(
    { ...near, offsetXViewPx: room.widthViewPx / 2 - x * image.widthPx * near.scale, offsetYViewPx: room.heightViewPx / 2 - y * image.heightPx * near.scale },
    image,
  );
};

describe('linked panes', () => {
  it('show the same part: there and back is the same view, to a device pixel', () => {
    fc.assert(
      fc.property(pane, size, pane, size, share, share, nearer, (roomA, imageA, roomB, imageB, x, y, times) => {
        const a = viewAt(roomA, imageA, x, y, times);
        const b = followedView(relativeView(a, imageA), fitted(roomB, imageB), imageB);
        const relativeA = relativeView(a, imageA);
        const relativeB = relativeView(b, imageB);
        // A picture that allows no such zoom or place shows what it can.
        fc.pre(Math.abs(relativeB.timesFit - relativeA.timesFit) < 1e-9);
        fc.pre(Math.abs(relativeA.middleX - x) * a.scale * imageA.widthPx < 1 && Math.abs(relativeA.middleY - y) * a.scale * imageA.heightPx < 1);
        const back = followedView(relativeB, a, imageA);
        expect(back.scale).toBeCloseTo(a.scale, 9);
        const slackViewPx = (a.scale * imageA.widthPx) / (b.scale * imageB.widthPx) + (a.scale * imageA.heightPx) / (b.scale * imageB.heightPx) + 2;
        expect(Math.abs(back.offsetXViewPx - a.offsetXViewPx)).toBeLessThan(slackViewPx);
        expect(Math.abs(back.offsetYViewPx - a.offsetYViewPx)).toBeLessThan(slackViewPx);
      }),
    );
  });

  it('keep, in the other pane too, the place that is zoomed at where it is', () => {
    fc.assert(
      fc.property(pane, size, pane, size, share, share, fc.double({ min: 0.7, max: 1.6, noNaN: true }), (roomA, imageA, roomB, imageB, atX, atY, factor) => {
        const a = viewAt(roomA, imageA, 0.5, 0.5, 3);
        const b = followedView(relativeView(a, imageA), fitted(roomB, imageB), imageB);
        // On the picture: beyond it a pane keeps some of its picture in sight instead.
        const [shareX, shareY] = [0.4 + atX * 0.2, 0.4 + atY * 0.2];
        const cursor = [imageToViewX(a, shareX * imageA.widthPx), imageToViewY(a, shareY * imageA.heightPx)] as const;
        const nextA = zoomedAt(a, imageA, factor, ...cursor);
        const nextB = followedView(relativeView(nextA, imageA), b, imageB);
        fc.pre(Math.abs(relativeView(nextB, imageB).timesFit - relativeView(nextA, imageA).timesFit) < 1e-9);
        fc.pre(Math.abs(relativeView(b, imageB).timesFit - relativeView(a, imageA).timesFit) < 1e-9);
        expect(Math.abs(imageToViewX(nextB, shareX * imageB.widthPx) - imageToViewX(b, shareX * imageB.widthPx))).toBeLessThan(4 * Math.max(1, imageB.widthPx * b.scale / (imageA.widthPx * a.scale)));
        expect(Math.abs(imageToViewY(nextB, shareY * imageB.heightPx) - imageToViewY(b, shareY * imageB.heightPx))).toBeLessThan(4 * Math.max(1, imageB.heightPx * b.scale / (imageA.heightPx * a.scale)));
      }),
    );
  });

  it('fit together', () => {
    fc.assert(
      fc.property(pane, size, pane, size, (roomA, imageA, roomB, imageB) => {
        const b = followedView(relativeView(fitted(roomA, imageA), imageA), panned(fitted(roomB, imageB), imageB, 7, 7), imageB);
        expect(b).toEqual(fitted(roomB, imageB));
      }),
    );
  });

  it('move together as engines while the link is on, and only then', () => {
    let isOn = true;
    const link = createViewLink(() => isOn);
    const [left, right] = [createEditor(), createEditor()];
    left.setViewSize({ widthViewPx: 400, heightViewPx: 400, devicePixelRatio: 1 });
    right.setViewSize({ widthViewPx: 300, heightViewPx: 500, devicePixelRatio: 1 });
    left.load({ blank: { widthPx: 1000, heightPx: 1000 }, assetKey: 'a', revisionId: null });
    right.load({ blank: { widthPx: 500, heightPx: 500 }, assetKey: 'b', revisionId: null });
    link.add(left);
    const end = link.add(right);
    left.zoomBy(4, 120, 130);
    expect(relativeView(right.viewport, { widthPx: 500, heightPx: 500 }).timesFit).toBeCloseTo(4, 6);
    right.panBy(30, -20);
    const shared = relativeView(left.viewport, { widthPx: 1000, heightPx: 1000 });
    expect(shared.middleX).toBeCloseTo(relativeView(right.viewport, { widthPx: 500, heightPx: 500 }).middleX, 2);
    isOn = false;
    const before = right.viewport;
    left.panBy(50, 50);
    expect(right.viewport).toEqual(before);
    isOn = true;
    end();
    left.zoomTo('fit');
    expect(right.viewport).toEqual(before);
  });
});
