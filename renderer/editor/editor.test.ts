import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPx, sameBitmap } from '../../shared/mask/bitmap.ts';
import { decodeRle, encodeRle } from '../../shared/mask/rleBinary.ts';
import { BugError } from '../../shared/errors/errors.ts';
import { History } from './history.ts';
import { HistoryStore } from './historyStore.ts';
import { TestEditor } from './testEditor.ts';
import type { EditorChange } from './types.ts';
import { imageToViewX, imageToViewY } from './viewport.ts';

const places = (count: number) =>
  fc.array(fc.tuple(fc.double({ min: -20, max: 340, noNaN: true }), fc.double({ min: -20, max: 290, noNaN: true })), { minLength: 1, maxLength: count });

describe('painting', () => {
  it('paints a disc centred on the clicked pixel, at any zoom and scale factor', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2), fc.double({ min: 0.1, max: 32, noNaN: true }), fc.nat(319), fc.nat(269), fc.integer({ min: 1, max: 9 }), (ratio, zoom, x, y, radius) => {
        const test = new TestEditor().view(801, 607, ratio).blank(320, 270).tool('brush', 2 * radius);
        test.editor.zoomTo(zoom);
        test.click(x + 0.5, y + 0.5);
        const { data } = test.bitmap;
        for (let py = Math.max(0, y - radius - 1); py < Math.min(270, y + radius + 2); py++) {
          for (let px = Math.max(0, x - radius - 1); px < Math.min(320, x + radius + 2); px++) {
            const distance = Math.hypot(px - x, py - y);
            if (Math.abs(distance - radius) < 1e-6) continue;
            if (data[py * 320 + px] !== (distance < radius ? 255 : 0)) throw new Error(`Pixel ${px}, ${py} for a click at ${x}, ${y}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('paints one pixel with a brush of one pixel, the one under the pointer', () => {
    const test = new TestEditor().view(800, 600, 2).blank(40, 30).tool('brush', 1);
    test.click(7.01, 9.99).expectPixel(7, 9, 'inside');
    expect(test.areaPx).toBe(1);
  });

  it('leaves no gap in a fast stroke, and the same mask whether places come one by one or coalesced', () => {
    fc.assert(
      fc.property(places(8), fc.constantFrom(1, 7, 40), (points, size) => {
        const single = new TestEditor().blank(320, 270).tool('brush', size).stroke(points);
        const together = new TestEditor().blank(320, 270).tool('brush', size);
        const [first = [0, 0]] = points;
        const last = points.at(-1) ?? first;
        together.pointerDown(first[0], first[1]).coalescedMove(points).pointerUp(last[0], last[1]);
        expect(sameBitmap(single.bitmap, together.bitmap)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('erases what it painted', () => {
    const test = new TestEditor().blank(300, 300).tool('brush', 30).stroke([[50, 50], [250, 180]]);
    expect(test.areaPx).toBeGreaterThan(5000);
    test.tool('eraser', 30).stroke([[50, 50], [250, 180]]);
    expect(test.areaPx).toBe(0);
  });

  it('is clipped at the image, wherever the pointer goes', () => {
    const test = new TestEditor().blank(100, 80).tool('brush', 20).stroke([[-50, -50], [150, 130]]);
    test.expectPixel(50, 40, 'inside').expectPixel(99, 0, 'outside');
    const outside = new TestEditor().blank(100, 80).tool('brush', 20).stroke([[-50, 20], [-50, 60]]);
    expect(outside.areaPx).toBe(0);
    expect(outside.editor.status.getState().canUndo).toBe(false);
  });

  it('draws a straight line with Shift from where the last stroke ended', () => {
    const test = new TestEditor().blank(300, 300).tool('brush', 3).click(20.5, 20.5).keys({ shift: true }).click(200.5, 110.5);
    for (let step = 0; step <= 180; step++) test.expectPixel(20 + step, Math.round(20 + step / 2), 'inside');
    expect(test.editor.status.getState().historyItems).toBe(2);
    test.load({ blank: { widthPx: 300, heightPx: 300 }, assetKey: 'other', revisionId: null }).click(5.5, 200.5);
    test.expectPixel(5, 200, 'inside').expectPixel(100, 155, 'outside');
  });

  it('swaps brush and eraser while Alt is down', () => {
    const test = new TestEditor().blank(100, 100).tool('eraser', 20).keys({ alt: true }).click(50, 50);
    expect(test.areaPx).toBeGreaterThan(250);
    test.tool('brush', 20).click(50, 50);
    expect(test.areaPx).toBe(0);
    test.editor.setModifiers({ shift: false, alt: true });
    expect(test.editor.cursor).toEqual({ kind: 'ring', radiusImagePx: 10, erases: true });
  });

  it('takes a pen\'s pressure as size, and its eraser end as eraser', () => {
    const light = new TestEditor().blank(100, 100).tool('brush', 40).pen().pointerDown(50, 50, { pressure: 0.25 }).pointerUp(50, 50);
    const full = new TestEditor().blank(100, 100).tool('brush', 40).pen().pointerDown(50, 50, { pressure: 1 }).pointerUp(50, 50);
    expect(light.areaPx).toBeLessThan(full.areaPx / 10);
    expect(full.areaPx).toBeGreaterThan(1200);
    full.pointerDown(50, 50, { pressure: 1, button: 5 }).pointerUp(50, 50);
    expect(full.areaPx).toBe(0);
  });

  it('grows gently with a soft brush: half the rim at once, more with the next stroke', () => {
    const test = new TestEditor().blank(200, 200).tool('brush', 100, 0.2).click(100, 100);
    const first = test.areaPx;
    expect(first).toBeGreaterThan(Math.PI * 10 ** 2);
    expect(first).toBeLessThan(Math.PI * 50 ** 2 * 0.6);
    test.click(100, 100);
    expect(test.areaPx).toBeGreaterThan(first);
    expect(test.areaPx).toBeLessThan(Math.PI * 50 ** 2);
    test.editor.undo();
    expect(test.areaPx).toBe(first);
  });

  it('does nothing without an image, and other buttons paint nothing', () => {
    const test = new TestEditor().tool('brush');
    test.editor.pointerDown({ pointerId: 1, pointerType: 'mouse', button: 0, shift: false, alt: false, samples: [{ xViewPx: 5, yViewPx: 5, pressure: 0.5 }] });
    expect(test.editor.undo()).toBe(false);
    expect(() => test.editor.toRle()).toThrow(BugError);
    test.blank(50, 50).pointerDown(20, 20, { button: 2 }).pointerUp(20, 20);
    expect(test.areaPx).toBe(0);
  });
});

describe('undo', () => {
  it('takes back stroke by stroke to the first mask, and redo brings all of them again', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(places(4), fc.boolean(), fc.integer({ min: 1, max: 120 }), fc.constantFrom(1, 0.4)), { maxLength: 6 }), (strokes) => {
        const test = new TestEditor().blank(320, 270);
        const states = [test.bitmap];
        for (const [points, erases, size, hardness] of strokes) {
          test.tool(erases ? 'eraser' : 'brush', size, hardness).stroke(points);
          const now = test.bitmap;
          const before = states.at(-1);
          if (before === undefined || !sameBitmap(before, now)) states.push(now);
        }
        expect(test.editor.status.getState().historyItems).toBe(states.length - 1);
        for (const state of states.slice(0, -1).reverse()) {
          expect(test.editor.undo()).toBe(true);
          expect(sameBitmap(test.bitmap, state)).toBe(true);
        }
        expect(test.editor.undo()).toBe(false);
        expect(test.editor.isDirty).toBe(false);
        for (const state of states.slice(1)) {
          expect(test.editor.redo()).toBe(true);
          expect(sameBitmap(test.bitmap, state)).toBe(true);
        }
        expect(test.editor.redo()).toBe(false);
      }),
      { numRuns: 25 },
    );
  });

  it('has one item for one gesture, and a new stroke ends what could be redone', () => {
    const test = new TestEditor().blank(300, 300).tool('brush', 10).stroke([[10, 10], [200, 10], [200, 200], [10, 200]]);
    expect(test.editor.status.getState().historyItems).toBe(1);
    test.editor.undo();
    test.click(50, 50);
    expect(test.editor.redo()).toBe(false);
    expect(test.editor.status.getState().historyItems).toBe(1);
  });

  it('cancels the stroke in hand, as Esc does, and nothing of it remains', () => {
    const test = new TestEditor().blank(300, 300).tool('brush', 10).click(150, 150);
    const before = test.bitmap;
    for (const take of [() => test.editor.cancel(), () => test.editor.undo()]) {
      test.pointerDown(20, 20).pointerMove(280, 280);
      expect(test.areaPx).toBeGreaterThan(areaPx(before));
      expect(take()).toBe(true);
      expect(sameBitmap(test.bitmap, before)).toBe(true);
      test.pointerMove(20, 280).pointerUp(20, 280);
      expect(sameBitmap(test.bitmap, before)).toBe(true);
    }
    expect(test.editor.status.getState()).toMatchObject({ historyItems: 1, isGestureRunning: false });
    expect(test.editor.cancel()).toBe(false);
  });

  it('keeps what was painted when the system takes the pointer away', () => {
    const test = new TestEditor().blank(300, 300).tool('brush', 10).pointerDown(20, 20).pointerMove(100, 20);
    test.editor.pointerCancel(1);
    test.expectPixel(60, 20, 'inside');
    expect(test.editor.status.getState()).toMatchObject({ historyItems: 1, isGestureRunning: false });
  });

  it('drops the oldest steps at its limit, never the pixels', () => {
    const test = new TestEditor({ historyLimitBytes: 6000 }).blank(1000, 1000).tool('brush', 30);
    for (let step = 0; step < 40; step++) test.click(30 + (step % 10) * 90, 60 + Math.floor(step / 10) * 200);
    const { historyBytes, historyItems } = test.editor.status.getState();
    expect(historyBytes).toBeLessThanOrEqual(6000);
    expect(historyItems).toBeLessThan(40);
    const area = test.areaPx;
    let undone = 0;
    while (test.editor.undo()) undone++;
    expect(undone).toBe(historyItems);
    expect(test.areaPx).toBeCloseTo((area / 40) * (40 - undone), -2);
    expect(test.editor.isDirty).toBe(true);
  });

  it('covers at least 200 strokes at 24 MP', () => {
    const test = new TestEditor().blank(6000, 4000).tool('brush', 120);
    for (let stroke = 0; stroke < 220; stroke++) {
      const y = 100 + ((stroke * 37) % 38) * 100;
      test.stroke([[100 + stroke * 3, y], [3000, y + ((stroke * 131) % 400) - 200], [5900, (stroke * 977) % 4000]]);
    }
    expect(test.editor.status.getState().historyItems).toBeGreaterThanOrEqual(200);
  });

  it('knows when the mask is the saved one again', () => {
    const test = new TestEditor().blank(200, 200).tool('brush', 20).click(50, 50).click(100, 100);
    expect(test.editor.isDirty).toBe(true);
    test.editor.markSaved('revision-1');
    expect(test.editor.isDirty).toBe(false);
    test.editor.undo();
    expect(test.editor.isDirty).toBe(true);
    test.editor.redo();
    expect(test.editor.isDirty).toBe(false);
    test.editor.undo();
    test.click(10, 10);
    test.editor.undo();
    expect(test.editor.isDirty).toBe(true);
  });

  it('takes back another mask that was put in place, as one step', () => {
    const test = new TestEditor().blank(300, 300).tool('brush', 50).click(100, 100);
    const before = test.bitmap;
    const other = new TestEditor().blank(300, 300).tool('brush', 80).click(200, 200).bitmap;
    test.editor.replaceMask({ rle: encodeRle(other) });
    expect(sameBitmap(test.bitmap, other)).toBe(true);
    test.editor.undo();
    expect(sameBitmap(test.bitmap, before)).toBe(true);
    expect(() => test.editor.replaceMask({ blank: { widthPx: 299, heightPx: 300 } })).toThrow(RangeError);
  });
});

describe('leaving and returning', () => {
  it('brings back mask and undo, never another item\'s, at the zoom that the person has by now', () => {
    const test = new TestEditor().blank(320, 270, 'a').tool('brush', 30).click(50, 50).click(100, 100);
    test.editor.zoomBy(3, 200, 200);
    const left = { scale: test.editor.viewport.scale, mask: test.bitmap };
    test.blank(500, 400, 'b');
    expect(test.areaPx).toBe(0);
    expect(test.editor.undo()).toBe(false);
    test.click(200, 200);
    expect(test.editor.load({ blank: { widthPx: 320, heightPx: 270 }, assetKey: 'a', revisionId: null })).toBe('restored');
    expect(sameBitmap(test.bitmap, left.mask)).toBe(true);
    expect(test.editor.viewport.scale).toBe(left.scale);
    expect(test.editor.isDirty).toBe(true);
    test.editor.undo();
    test.editor.undo();
    expect(test.areaPx).toBe(0);
    expect(test.editor.isDirty).toBe(false);
  });

  it('begins anew, in the same view, when the asset has another revision by now', () => {
    const test = new TestEditor().blank(320, 270, 'a', 'one').tool('brush', 30).click(50, 50);
    test.editor.zoomBy(2);
    const { viewport } = test.editor;
    test.blank(10, 10, 'b');
    expect(test.editor.load({ blank: { widthPx: 320, heightPx: 270 }, assetKey: 'a', revisionId: 'two' })).toBe('fresh');
    expect(test.areaPx).toBe(0);
    expect(test.editor.undo()).toBe(false);
    expect(test.editor.viewport.scale).toBe(viewport.scale);
  });

  it('keeps undo past an approval: the saved mask is the base of a new revision', () => {
    const test = new TestEditor().blank(320, 270, 'a', 'one').tool('brush', 30).click(50, 50);
    test.editor.markSaved('two');
    const saved = test.editor.toRle();
    test.blank(10, 10, 'b');
    expect(test.editor.load({ rle: saved, assetKey: 'a', revisionId: 'two' })).toBe('restored');
    expect(test.editor.isDirty).toBe(false);
    expect(test.editor.undo()).toBe(true);
    expect(test.areaPx).toBe(0);
  });

  it('commits the stroke in hand when the item is left', () => {
    const test = new TestEditor().blank(320, 270, 'a').tool('brush', 30).pointerDown(50, 50).pointerMove(100, 50);
    test.blank(10, 10, 'b').blank(320, 270, 'a').expectPixel(75, 50, 'inside');
    expect(test.editor.status.getState().historyItems).toBe(1);
  });

  it('works from either pane, and can be forgotten', () => {
    const histories = new HistoryStore();
    const left = new TestEditor({ histories }).blank(320, 270, 'a').tool('brush', 30).click(50, 50);
    left.editor.unload();
    const right = new TestEditor({ histories }).blank(320, 270, 'a').expectPixel(50, 50, 'inside');
    right.editor.unload();
    right.editor.forget('a');
    expect(right.blank(320, 270, 'a').areaPx).toBe(0);
  });

  it('discards unsaved work: forgotten and loaded again, the asset in hand is what was loaded', () => {
    const test = new TestEditor().blank(320, 270, 'a', 'one').tool('brush', 30).click(50, 50);
    test.editor.forget('a');
    test.expectPixel(50, 50, 'inside');
    expect(test.editor.undo()).toBe(false);
    expect(test.editor.load({ blank: { widthPx: 320, heightPx: 270 }, assetKey: 'a', revisionId: 'one' })).toBe('fresh');
    expect(test.areaPx).toBe(0);
    test.editor.forget('a');
    test.click(50, 50).blank(10, 10, 'b').blank(320, 270, 'a', 'one').expectPixel(50, 50, 'inside');
  });

  it('holds a limited number of bytes for all items, the longest unseen go first', () => {
    const histories = new HistoryStore(20_000);
    const test = new TestEditor({ histories }).tool('brush', 60);
    for (let item = 0; item < 30; item++) test.blank(320, 270, `item ${item}`).stroke([[30, 30], [200, 200], [300, 40]]);
    test.editor.unload();
    expect(histories.bytes).toBeLessThanOrEqual(20_000);
    expect(histories.take('item 0')).toBeNull();
    expect(histories.take('item 29')).not.toBeNull();
    expect(histories.bytes).toBeGreaterThan(0);
    histories.setLimit(0);
    expect(histories.bytes).toBe(0);
  });

  it('marks a draft as dirty from the start', () => {
    const test = new TestEditor().load({ blank: { widthPx: 20, heightPx: 20 }, assetKey: 'a', revisionId: 'one', isDraft: true });
    expect(test.editor.isDirty).toBe(true);
  });

  it('leaves an empty pane and keeps the work when the bytes are no mask', () => {
    const test = new TestEditor().blank(320, 270, 'a', 'one').tool('brush', 30).click(50, 50);
    expect(() => test.editor.load({ rle: Uint8Array.of(9), assetKey: 'a', revisionId: 'two' })).toThrow(RangeError);
    expect(test.editor.document).toBeNull();
    expect(test.editor.status.getState().assetKey).toBeNull();
    test.blank(320, 270, 'a', 'one').expectPixel(50, 50, 'inside');
  });
});

describe('what the canvas is told', () => {
  it('is every pixel that changes, while painting, cancelling, undoing and redoing', () => {
    fc.assert(
      fc.property(places(5), fc.constantFrom('up', 'cancel'), fc.constantFrom(1, 0.5), (points, end, hardness) => {
        const test = new TestEditor().blank(320, 270).tool('brush', 25, hardness).click(100, 100);
        const shown = Uint8Array.from(test.bitmap.data);
        test.changes.length = 0;
        const follow = (change: EditorChange): void => {
          if (change.kind !== 'pixels') return;
          const { data } = test.bitmap;
          for (const { xPx, yPx, widthPx, heightPx } of change.rects) {
            for (let y = yPx; y < yPx + heightPx; y++) shown.set(data.subarray(y * 320 + xPx, y * 320 + xPx + widthPx), y * 320 + xPx);
          }
        };
        test.editor.subscribe(follow);
        const agrees = (): boolean => Buffer.compare(shown, test.bitmap.data) === 0;
        const [first = [0, 0], ...rest] = points;
        test.pointerDown(first[0], first[1]);
        expect(agrees()).toBe(true);
        for (const point of rest) {
          test.pointerMove(point[0], point[1]);
          expect(agrees()).toBe(true);
        }
        if (end === 'up') test.pointerUp(first[0], first[1]);
        else test.editor.cancel();
        expect(agrees()).toBe(true);
        test.editor.undo();
        expect(agrees()).toBe(true);
        test.editor.redo();
        expect(agrees()).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('says that a draft is worth keeping after each stroke, undo and redo, and not before', () => {
    const test = new TestEditor().blank(320, 270).tool('brush', 25);
    const committed = (): number => test.changes.filter(({ kind }) => kind === 'committed').length;
    test.pointerDown(10, 10).pointerMove(50, 50);
    expect(committed()).toBe(0);
    test.pointerUp(50, 50);
    expect(committed()).toBe(1);
    test.editor.undo();
    test.editor.redo();
    expect(committed()).toBe(3);
    expect(sameBitmap(decodeRle(test.editor.toRle()), test.bitmap)).toBe(true);
  });

  it('never changes status while a stroke moves: panels do not render', () => {
    const test = new TestEditor().blank(320, 270).tool('brush', 25).pointerDown(10, 10);
    let changes = 0;
    test.editor.status.subscribe(() => changes++);
    for (let step = 0; step < 20; step++) test.pointerMove(10 + step * 10, 50);
    expect(changes).toBe(0);
  });
});

describe('the hand', () => {
  it('drags the image with the pointer, with the tool, the middle button or Space', () => {
    const ways = [
      (test: TestEditor) => test.tool('hand').pointerDown(100, 100),
      (test: TestEditor) => test.tool('brush').pointerDown(100, 100, { button: 1 }),
      (test: TestEditor) => {
        test.tool('brush').editor.holdHand(true);
        expect(test.editor.cursor.kind).toBe('grab');
        return test.pointerDown(100, 100);
      },
    ];
    for (const press of ways) {
      const test = new TestEditor().blank(320, 270);
      const { viewport } = test.editor;
      press(test);
      const place = { xViewPx: imageToViewX(viewport, 100) + 40, yViewPx: imageToViewY(viewport, 100) - 30, pressure: 0 };
      test.editor.pointerMove({ pointerId: 1, pointerType: 'mouse', button: -1, shift: false, alt: false, samples: [place] });
      expect(test.editor.viewport.offsetXViewPx - viewport.offsetXViewPx).toBe(40);
      expect(test.editor.viewport.offsetYViewPx - viewport.offsetYViewPx).toBe(-30);
      expect(test.editor.cursor.kind).toBe('grabbing');
      expect(test.areaPx).toBe(0);
    }
  });
});

describe('a history', () => {
  it('keeps the last step even when it alone passes the limit', () => {
    const history = new History(1, true);
    history.push({ widthPx: 1, heightPx: 1, tiles: [] });
    history.push({ widthPx: 1, heightPx: 1, tiles: [] });
    expect(history.length).toBe(1);
    expect(history.undo()).not.toBeNull();
    expect(history.undo()).toBeNull();
    expect(history.isDirty).toBe(true);
  });
});

describe('leaving an item and coming back', () => {
  it('keeps the zoom and the place, the tool with its size, and every step of the history', () => {
    const test = new TestEditor().blank(3000, 2000, 'a').tool('eraser', 33).tool('brush', 21);
    test.editor.zoomTo('actual');
    test.editor.panBy(-300, -200);
    test.click(900, 700).click(950, 720);
    const { viewport, toolSettings } = test.editor;
    const tools = toolSettings.getState();
    const { areaPx } = test;
    test.blank(3000, 2000, 'b').click(1000, 800);
    expect(test.editor.load({ blank: { widthPx: 3000, heightPx: 2000 }, assetKey: 'a', revisionId: null })).toBe('restored');
    expect(test.editor.viewport).toEqual(viewport);
    expect(toolSettings.getState()).toEqual(tools);
    expect(test.areaPx).toBe(areaPx);
    expect([test.editor.undo(), test.editor.undo(), test.editor.undo()]).toEqual([true, true, false]);
    expect(test.areaPx).toBe(0);
  });
});
