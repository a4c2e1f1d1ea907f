import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import { TestEditor } from './testEditor.ts';

const withRect = (widthPx: number, heightPx: number, [x0, y0, x1, y1]: readonly [number, number, number, number]): Bitmap => {
  const bitmap = emptyBitmap(widthPx, heightPx);
  for (let y = y0; y < y1; y++) bitmap.data.fill(255, y * widthPx + x0, y * widthPx + x1);
  return bitmap;
};

/** Pixels as they are shown, without asking for the mask: that would accept the proposal. */
const shown = (test: TestEditor, xPx: number, yPx: number): boolean => test.isInside(xPx, yPx);

describe('a proposal', () => {
  it('is shown at once, is no history, and is one item when it is accepted', () => {
    const test = new TestEditor().blank(600, 400);
    test.editor.propose({ bitmap: withRect(600, 400, [10, 10, 500, 20]) });
    test.editor.propose({ bitmap: withRect(600, 400, [10, 10, 30, 300]) });
    expect([shown(test, 400, 15), shown(test, 15, 250)]).toEqual([false, true]);
    expect(test.editor.status.getState()).toMatchObject({ isProposing: true, canUndo: false, isDirty: true, historyItems: 0 });
    expect(test.editor.accept()).toBe(true);
    expect(test.areaPx).toBe(20 * 290);
    expect(test.editor.status.getState()).toMatchObject({ isProposing: false, canUndo: true, historyItems: 1 });
    test.editor.undo();
    expect(test.areaPx).toBe(0);
  });

  it('vanishes with Esc and with undo, which then takes nothing else back', () => {
    const test = new TestEditor().blank(300, 300).tool('brush', 20).click(100, 100);
    const { areaPx } = test;
    for (const end of [() => test.editor.cancel(), () => test.editor.undo()]) {
      test.editor.propose({ bitmap: withRect(300, 300, [0, 0, 300, 300]) });
      expect(end()).toBe(true);
      expect(test.editor.isProposing).toBe(false);
      expect(test.areaPx).toBe(areaPx);
    }
    expect(test.editor.cancel()).toBe(false);
  });

  it('counts as soon as somebody paints on it, takes another tool, leaves it or reads the mask', () => {
    const test = new TestEditor().blank(300, 300).tool('brush', 20);
    const propose = (size: number): void => test.editor.propose({ bitmap: withRect(300, 300, [0, 0, size, size]) });
    propose(50);
    test.click(200, 200).expectPixel(5, 5, 'inside').expectPixel(200, 200, 'inside');
    expect(test.editor.status.getState().historyItems).toBe(2);
    propose(60);
    test.tool('eraser');
    expect(test.editor.isProposing).toBe(false);
    propose(70);
    const { areaPx } = test;
    expect(areaPx).toBe(70 * 70);
    propose(80);
    test.blank(300, 300, 'product_image:b').blank(300, 300);
    expect(test.areaPx).toBe(80 * 80);
  });

  it('tells of every pixel that looks different, whatever was proposed before', () => {
    const rect = fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300), fc.nat(300)).map(([a, b, c, d]) => [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)] as const);
    fc.assert(
      fc.property(fc.array(rect, { minLength: 1, maxLength: 4 }), (proposals) => {
        const test = new TestEditor().blank(300, 300);
        let before = new Uint8Array(300 * 300);
        for (const proposed of proposals) {
          test.changes.length = 0;
          const mask = withRect(300, 300, proposed);
          test.editor.propose({ bitmap: mask });
          const told = new Uint8Array(300 * 300);
          for (const change of test.changes) {
            if (change.kind !== 'pixels') continue;
            for (const { xPx, yPx, widthPx, heightPx } of change.rects) for (let y = yPx; y < yPx + heightPx; y++) told.fill(1, y * 300 + xPx, y * 300 + xPx + widthPx);
          }
          for (let index = 0; index < told.length; index++) if (mask.data[index] !== before[index] && told[index] === 0) throw new Error(`pixel ${index} changed untold`);
          before = new Uint8Array(mask.data);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('refuses a mask of another size and keeps the one that is there', () => {
    const test = new TestEditor().blank(30, 30).tool('brush', 4).click(10, 10);
    const { areaPx } = test;
    expect(() => test.editor.propose({ bitmap: emptyBitmap(31, 30) })).toThrow(RangeError);
    expect(test.areaPx).toBe(areaPx);
  });
});
