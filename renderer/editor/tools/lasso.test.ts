import { describe, expect, it } from 'vitest';
import { areaPx, sameBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { subtract, unite } from '../../../shared/mask/compositing.ts';
import { fillPolygon } from '../../../shared/mask/fillPolygon.ts';
import { withOptions } from '../../stores/toolSettings.ts';
import { TestEditor } from '../testEditor.ts';

const [widthPx, heightPx] = [320, 240];
type Place = readonly [number, number];
/** A box as a hand would draw it: many places. */
const box = (left: number, top: number, right: number, bottom: number): readonly Place[] => {
  const corners: readonly Place[] = [[left, top], [right, top], [right, bottom], [left, bottom]];
  return corners.flatMap(([x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % 4] as Place;
    return Array.from({ length: 10 }, (_, step): Place => [x + ((nextX - x) * step) / 10, y + ((nextY - y) * step) / 10]);
  });
};
const mask = (left: number, top: number, right: number, bottom: number): Bitmap => fillPolygon([[left, top, right, top, right, bottom, left, bottom]], widthPx, heightPx);
const inHand = (): TestEditor => {
  const test = new TestEditor().blank(widthPx, heightPx).tool('lasso');
  test.editor.toolSettings.setState((settings) => withOptions(settings, 'lasso', { smoothing: 0 }));
  return test;
};

describe('the lasso', () => {
  it('takes in what it encloses, as one step', () => {
    const test = inHand().stroke(box(40, 40, 140, 120));
    expect(sameBitmap(test.bitmap, mask(40, 40, 140, 120))).toBe(true);
    expect(test.editor.status.getState().historyItems).toBe(1);
    test.editor.undo();
    expect(test.areaPx).toBe(0);
    test.editor.redo();
    expect(sameBitmap(test.bitmap, mask(40, 40, 140, 120))).toBe(true);
  });

  it('adds with Shift, takes away with Alt and the right button, and else does what is chosen', () => {
    const test = inHand().stroke(box(40, 40, 140, 120));
    test.keys({ alt: true }).stroke(box(60, 60, 100, 100)).keys({});
    const holed = subtract(mask(40, 40, 140, 120), mask(60, 60, 100, 100));
    expect(sameBitmap(test.bitmap, holed)).toBe(true);
    test.editor.toolSettings.setState((settings) => withOptions(settings, 'lasso', { join: 'subtract' }));
    test.keys({ shift: true }).stroke(box(200, 40, 240, 80)).keys({});
    const both = unite(holed, mask(200, 40, 240, 80));
    expect(sameBitmap(test.bitmap, both)).toBe(true);
    test.stroke(box(200, 40, 220, 80));
    expect(sameBitmap(test.bitmap, subtract(both, mask(200, 40, 220, 80)))).toBe(true);
  });

  it('is taken back by Escape, and a click is nothing', () => {
    const test = inHand().pointerDown(40, 40).pointerMove(100, 40).pointerMove(100, 100);
    expect(test.editor.marks).not.toEqual([]);
    test.editor.cancel();
    test.pointerUp(100, 100);
    expect(test.click(50, 50).areaPx).toBe(0);
    expect(test.editor.status.getState().historyItems).toBe(0);
    expect(test.editor.marks).toEqual([]);
  });

  it('takes the whole of a line that crosses itself', () => {
    const test = inHand().stroke([...box(40, 40, 140, 120), ...box(40, 40, 140, 120)]);
    expect(sameBitmap(test.bitmap, mask(40, 40, 140, 120))).toBe(true);
  });

  it('takes what lies in the image of a line that leaves it', () => {
    expect(sameBitmap(inHand().stroke(box(-20, -20, 100, 100)).bitmap, mask(0, 0, 100, 100))).toBe(true);
  });

  it('rounds what a hand drew as much as is chosen, and keeps its area', () => {
    const drawn = (smoothing: number): Bitmap => {
      const test = inHand();
      test.editor.toolSettings.setState((settings) => withOptions(settings, 'lasso', { smoothing }));
      return test.stroke(box(40, 40, 140, 120)).bitmap;
    };
    const changedPx = (smoothing: number): number => areaPx(subtract(drawn(0), drawn(smoothing)));
    expect(changedPx(12)).toBeGreaterThan(changedPx(2));
    expect(changedPx(12)).toBeGreaterThan(0);
    expect(areaPx(drawn(12)) / areaPx(drawn(0))).toBeCloseTo(1, 2);
  });

  it('counts as far as it was drawn when the item is left in the middle of it, and nothing of it comes over', () => {
    const test = inHand().pointerDown(40, 40).pointerMove(100, 40).pointerMove(100, 100).blank(widthPx, heightPx, 'product_image:b');
    expect(test.areaPx).toBe(0);
    expect(test.editor.marks).toEqual([]);
    expect(test.blank(widthPx, heightPx).areaPx).toBeGreaterThan(1500);
    test.editor.undo();
    expect(test.areaPx).toBe(0);
  });
});
