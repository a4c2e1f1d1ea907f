import { describe, expect, it } from 'vitest';
import { areaPx, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { subtract } from '../../../shared/mask/compositing.ts';
import type { RgbaImage } from '../../../shared/picture/rgbaImage.ts';
import { createDirectRaster } from '../raster/directRaster.ts';
import { withOptions } from '../../stores/toolSettings.ts';
import { TestEditor } from '../testEditor.ts';

const sidePx = 160;
const [centreX, centreY, radiusPx] = [80, 79, 52];

/** A bright disc on a darker ground. */
const photo: RgbaImage = {
  widthPx: sidePx,
  heightPx: sidePx,
  data: Uint8ClampedArray.from({ length: sidePx * sidePx * 4 }, (_, at) => {
    const [x, y] = [(at >> 2) % sidePx, Math.floor((at >> 2) / sidePx)];
    const isInside = Math.hypot(x + 0.5 - centreX, y + 0.5 - centreY) < radiusPx;
    return at % 4 === 3 ? 255 : (isInside ? 190 : 90) + ((at * 7919) % 13);
  }),
};
const disc: Bitmap = {
  widthPx: sidePx,
  heightPx: sidePx,
  data: Uint8Array.from({ length: sidePx * sidePx }, (_, at) => (Math.hypot((at % sidePx) + 0.5 - centreX, Math.floor(at / sidePx) + 0.5 - centreY) < radiusPx ? 255 : 0)),
};
const onEdge = (turn: number, off = 0): readonly [number, number] => [centreX + (radiusPx + off) * Math.cos(turn), centreY + (radiusPx + off) * Math.sin(turn)];

const inHand = (): TestEditor => {
  const test = new TestEditor({ raster: createDirectRaster(() => Promise.resolve(photo)) }).blank(sidePx, sidePx).tool('magnetic');
  test.editor.toolSettings.setState((settings) => withOptions(settings, 'magnetic', { coolsDown: false }));
  return test;
};
/** Clicks near the edge, a few px beside it, and lets the wire come after each. */
const clickRound = async (test: TestEditor, turns: readonly number[]): Promise<TestEditor> => {
  for (const turn of turns) {
    test.hover(...onEdge(turn, 3)).click(...onEdge(turn, turn === turns[0] ? 0 : 3));
    await test.settled();
  }
  return test;
};
const quarters = [0, 1.2, 2.4, 3.6, 4.8];
const shown = (test: TestEditor): Bitmap => test.editor.document?.toBitmap() as Bitmap;
const offPx = (mask: Bitmap): number => areaPx(subtract(mask, disc)) + areaPx(subtract(disc, mask));
const items = (test: TestEditor): number => test.editor.status.getState().historyItems;
const placedPoints = (test: TestEditor): number => {
  const [path] = test.editor.marks;
  return path?.kind === 'path' ? path.points.length : 0;
};

describe('the magnetic edge', () => {
  it('encloses a disc by a few clicks beside its edge, within 1.5 px all round, and is an outline then', async () => {
    const test = await clickRound(inHand(), quarters);
    expect(areaPx(shown(test))).toBe(0);
    test.key('Enter');
    expect(offPx(shown(test))).toBeLessThan(2 * Math.PI * radiusPx * 1.5);
    expect(items(test)).toBe(0);
    const before = areaPx(shown(test));
    test.stroke([onEdge(0), [148, 79]]);
    expect(areaPx(shown(test))).not.toBe(before);
    test.editor.undo();
    expect(areaPx(shown(test))).toBe(before);
    test.key('Enter');
    expect(items(test)).toBe(1);
    test.editor.undo();
    expect(test.areaPx).toBe(0);
    test.editor.redo();
    expect(test.areaPx).toBe(before);
  });

  it('closes by a click on its first anchor and by a double click', async () => {
    const clicked = (await clickRound(inHand(), quarters)).click(...onEdge(0, 1));
    expect(offPx(shown(clicked))).toBeLessThan(2 * Math.PI * radiusPx * 1.5);
    const doubled = await clickRound(inHand(), quarters.slice(0, -1));
    doubled.hover(...onEdge(4.8)).click(...onEdge(4.8));
    await doubled.settled();
    doubled.pointerDown(...onEdge(4.8), { clickCount: 2 }).pointerUp(...onEdge(4.8));
    expect(offPx(shown(doubled))).toBeLessThan(2 * Math.PI * radiusPx * 1.5);
  });

  it('shows the wire to the pointer, and goes straight with Shift and until the edges are known', async () => {
    const test = inHand().hover(...onEdge(0)).click(...onEdge(0)).hover(...onEdge(1));
    const wanted = (): number => {
      const mark = test.editor.marks.find((each) => each.kind === 'path' && each.line === 'wanted');
      return mark?.kind === 'path' ? mark.points.length : 0;
    };
    expect(wanted()).toBe(2);
    await test.settled();
    expect(wanted()).toBeGreaterThan(34);
    test.keys({ shift: true }).hover(...onEdge(1));
    expect(wanted()).toBe(2);
  });

  it('takes anchors back one by one, and all by Escape', async () => {
    const test = await clickRound(inHand(), quarters);
    const all = placedPoints(test);
    test.key('Backspace');
    expect(placedPoints(test)).toBeLessThan(all);
    test.editor.redo();
    expect(placedPoints(test)).toBe(all);
    for (let anchor = 0; anchor < quarters.length; anchor++) test.editor.undo();
    expect(test.editor.marks).toEqual([]);
    const other = await clickRound(inHand(), quarters);
    expect(other.editor.cancel()).toBe(true);
    expect(other.editor.marks).toEqual([]);
  });

  it('places anchors by itself where the wire has settled', async () => {
    const test = inHand();
    test.editor.toolSettings.setState((settings) => withOptions(settings, 'magnetic', { coolsDown: true }));
    test.hover(...onEdge(0)).click(...onEdge(0));
    await test.settled();
    let placed = 0;
    for (let turn = 0.1; turn < 5.6; turn += 0.05) {
      test.hover(...onEdge(turn, 2));
      if (placedPoints(test) !== placed) await test.settled();
      placed = placedPoints(test);
    }
    expect(placedPoints(test)).toBeGreaterThan(5);
    test.click(...onEdge(5.6));
    await test.settled();
    test.key('Enter');
    expect(offPx(shown(test))).toBeLessThan(2 * Math.PI * radiusPx * 1.5);
  });

  it('is drawn to the pixel after it was closed on a picture that is shown small; straight sides stay', async () => {
    const test = inHand();
    test.view(85, 85);
    await clickRound(test, quarters);
    test.key('Enter');
    const coarse = offPx(shown(test));
    const steps = test.editor.marks.length;
    expect(test.editor.status.getState().hint).toContain('to the pixel');
    await test.settled();
    expect(test.editor.status.getState().hint).not.toContain('to the pixel');
    expect(offPx(shown(test))).toBeLessThan(2 * Math.PI * radiusPx * 1.5);
    expect(offPx(shown(test))).toBeLessThan(coarse);
    expect(steps).toBeGreaterThan(0);
    test.key('Enter');
    expect(items(test)).toBe(1);
  });

  it('takes away with Alt, and leaves nothing when the item is left in the middle', async () => {
    const full = new TestEditor({ raster: createDirectRaster(() => Promise.resolve(photo)) }).load({ bitmap: { ...disc, data: disc.data.map(() => 255) }, assetKey: 'product_image:a', revisionId: null }).tool('magnetic');
    full.keys({ alt: true }).hover(...onEdge(0)).click(...onEdge(0)).keys({});
    await full.settled();
    await clickRound(full, [1.2, 2.4, 3.6, 4.8]);
    full.key('Enter');
    expect(areaPx(shown(full)) / (sidePx * sidePx - areaPx(disc))).toBeCloseTo(1, 1);
    const left = await clickRound(inHand(), quarters);
    left.blank(sidePx, sidePx, 'product_image:b');
    await left.settled();
    expect(left.editor.marks).toEqual([]);
    expect(left.blank(sidePx, sidePx).areaPx).toBe(0);
  });

  it('goes on with straight sides when the photo cannot be had, and says so', async () => {
    const failures: unknown[] = [];
    const test = new TestEditor({ raster: createDirectRaster(() => Promise.reject(new Error('no photo'))), onToolFailure: (error) => failures.push(error) }).blank(sidePx, sidePx).tool('magnetic');
    for (const [x, y] of [[40, 40], [140, 40], [140, 120], [40, 120]] as const) {
      test.hover(x, y).click(x, y);
      await test.settled();
    }
    test.key('Enter');
    expect(areaPx(shown(test))).toBe(8000);
    expect(failures).toHaveLength(1);
  });
});
