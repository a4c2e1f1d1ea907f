import { describe, expect, it } from 'vitest';
import type { RgbaImage } from '../../../shared/picture/rgbaImage.ts';
import { createDirectRaster } from '../raster/directRaster.ts';
import { withOptions } from '../../stores/toolSettings.ts';
import { TestEditor } from '../testEditor.ts';

const [widthPx, heightPx] = [400, 300];
const edgeX = 250;

/** Red up to the edge, grey beyond; grain everywhere. The edge is in the second tile, the brush in both. */
const photo: RgbaImage = (() => {
  const data = new Uint8ClampedArray(widthPx * heightPx * 4);
  for (let at = 0; at < widthPx * heightPx; at++) {
    const grain = (Math.imul(at, 2654435761) >>> 29) - 4;
    data.set(at % widthPx < edgeX ? [190 + grain, 60 + grain, 50 + grain, 255] : [128 + grain, 128 + grain, 128 + grain, 255], at * 4);
  }
  return { widthPx, heightPx, data };
})();

const failures: unknown[] = [];
const open = (photoOf: () => Promise<RgbaImage> = () => Promise.resolve(photo)): TestEditor => {
  failures.length = 0;
  const test = new TestEditor({ raster: createDirectRaster(photoOf), onToolFailure: (error) => failures.push(error) });
  test.blank(widthPx, heightPx).tool('brush', 60);
  test.editor.toolSettings.setState((settings) => withOptions(settings, 'snap', { snapsToEdges: true }));
  return test;
};
const beyondEdge = (test: TestEditor): number => test.bitmap.data.reduce((count, value, at) => count + (value === 255 && at % widthPx >= edgeX + 1 ? 1 : 0), 0);

describe('a brush that snaps to edges', () => {
  it('stops where the picture looks otherwise, and paints the rest of its disc whole', async () => {
    const test = await open().hover(235.5, 100.5).settled();
    test.click(235.5, 100.5);
    expect(beyondEdge(test)).toBe(0);
    // The disc's part on this side of the edge: a half disc and fifteen columns, with a pixel of leeway at the blurred edge.
    const part = Array.from({ length: 60 }, (_, x) => x + 206).filter((x) => x < edgeX - 1);
    for (const x of part) {
      const half = Math.sqrt(30 ** 2 - (x + 0.5 - 235.5) ** 2);
      for (let y = Math.ceil(100 - half) + 1; y < Math.floor(100 + half) - 1; y++) test.expectPixel(x, y, 'inside');
    }
  });

  it('follows the edge along a stroke, as one step', async () => {
    const test = await open().hover(232, 60).settled();
    await test.pointerDown(232, 60).settled();
    await test.pointerMove(236, 120).settled();
    await test.pointerMove(231, 200).settled();
    test.pointerMove(235, 240).pointerUp(235, 240);
    expect(beyondEdge(test)).toBe(0);
    expect(test.areaPx).toBeGreaterThan(40 * 180);
    expect(test.editor.status.getState().historyItems).toBe(1);
    test.editor.undo();
    expect(test.areaPx).toBe(0);
    test.editor.redo();
    expect(test.areaPx).toBeGreaterThan(40 * 180);
  });

  it('erases alike', async () => {
    const test = open();
    test.load({ bitmap: { widthPx, heightPx, data: new Uint8Array(widthPx * heightPx).fill(255) }, assetKey: 'product_image:c', revisionId: null });
    await test.hover(265, 100).settled();
    test.keys({ alt: true }).click(265, 100);
    test.expectPixel(260, 100, 'outside').expectPixel(edgeX - 2, 100, 'inside').expectPixel(240, 100, 'inside');
  });

  it('paints its whole disc where the photo has not come, without waiting for it', () => {
    const test = open();
    test.click(235.5, 100.5);
    expect(beyondEdge(test)).toBeGreaterThan(300);
    test.expectPixel(262, 100, 'inside');
  });

  it('paints on when there is no photo, and says so once', async () => {
    const test = await open(() => Promise.reject(new Error('gone'))).hover(100, 100).settled();
    await test.hover(110, 100).hover(120, 100).settled();
    test.click(120, 100);
    expect(failures).toHaveLength(1);
    test.expectPixel(120, 100, 'inside').expectPixel(145, 100, 'inside');
  });

  it('asks anew for another picture', async () => {
    let asked = 0;
    const test = await open(() => {
      asked++;
      return Promise.resolve(photo);
    })
      .hover(200, 100)
      .settled();
    const before = asked;
    await test.blank(widthPx, heightPx, 'product_image:b').hover(200, 100).settled();
    expect(asked).toBeGreaterThan(before);
  });

  it('paints plainly when it is too large, or the option is off', async () => {
    const test = await open().hover(235, 100).settled();
    test.editor.toolSettings.setState((settings) => withOptions(settings, 'snap', { snapsToEdges: false }));
    test.click(235.5, 100.5);
    expect(beyondEdge(test)).toBeGreaterThan(300);
    test.editor.undo();
    test.editor.toolSettings.setState((settings) => withOptions(settings, 'snap', { snapsToEdges: true }));
    test.tool('brush', 420).click(200.5, 150.5);
    expect(beyondEdge(test)).toBeGreaterThan(10_000);
  });

  it('does nothing beside the picture', async () => {
    const test = await open().hover(-80, -80).settled();
    test.click(-80, -80);
    expect(test.areaPx).toBe(0);
  });
});
