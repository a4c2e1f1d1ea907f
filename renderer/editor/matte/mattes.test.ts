import { describe, expect, it } from 'vitest';
import { matteOfPixels, pixelsOfMatte, type Matte } from '../../../shared/edits/matte.ts';
import { TestEditor } from '../testEditor.ts';

const [widthPx, heightPx] = [320, 40];
const matteAt = (edge: number): Matte =>
  matteOfPixels(widthPx, heightPx, Uint8Array.from({ length: widthPx * heightPx }, (_, at) => Math.min(255, Math.max(0, 128 + (edge - (at % widthPx)) * 16))));
const start = (): TestEditor => new TestEditor().blank(widthPx, heightPx, 'product_image:a', 'one').tool('brush', 21).stroke([[20, 20], [200, 20]]);
const stored = (test: TestEditor): Uint8Array | null => (test.editor.mattes.stored === null ? null : pixelsOfMatte(test.editor.mattes.stored).data);

describe('a matte beside a mask', () => {
  it('is one step of the history, also where the mask stays as it is, and comes back with undo and redo', () => {
    const test = start();
    const [first, second] = [matteAt(100), matteAt(150)];
    test.editor.propose(null, first);
    expect(test.editor.mattes.shown).toEqual({ matte: first, made: null });
    expect(test.editor.mattes.stored).toBeNull();
    expect(test.editor.accept()).toBe(true);
    test.editor.propose(null, second);
    test.editor.accept();
    expect(test.editor.status.getState().historyItems).toBe(3);
    expect(test.editor.mattes.stored).toBe(second);
    test.changes.length = 0;
    test.editor.undo();
    expect(test.editor.mattes.stored).toBe(first);
    expect(test.changes.map(({ kind }) => kind)).toContain('matte');
    test.editor.undo();
    expect(test.editor.mattes.stored).toBeNull();
    test.editor.redo();
    expect(test.editor.mattes.stored).toBe(first);
    test.click(300, 20);
    expect(test.editor.redo()).toBe(false);
    test.editor.undo();
    expect(test.editor.mattes.stored).toBe(first);
  });

  it('vanishes with Esc, and changes nothing then', () => {
    const test = start();
    const { areaPx } = test;
    test.editor.propose(null, matteAt(100));
    expect(test.editor.isDirty).toBe(true);
    expect(test.editor.cancel()).toBe(true);
    expect([test.editor.mattes.shown, test.areaPx, test.editor.status.getState().historyItems]).toEqual([null, areaPx, 1]);
  });

  it('is unsaved work by itself, and saved with the mask', () => {
    const test = start();
    test.editor.markSaved('two');
    test.editor.propose(null, matteAt(100));
    test.editor.accept();
    expect(test.editor.isDirty).toBe(true);
    test.editor.undo();
    expect(test.editor.isDirty).toBe(false);
  });

  it('is hard where the mask was painted on afterwards', () => {
    const test = start();
    test.editor.propose(null, matteAt(100));
    test.editor.accept();
    test.tool('eraser', 1).click(102.5, 20.5);
    const pixels = stored(test);
    expect([101, 102, 103].map((x) => pixels?.[20 * widthPx + x])).toEqual([112, 0, 80]);
    test.editor.undo();
    expect(stored(test)?.[20 * widthPx + 102]).toBe(96);
  });

  it('stays with its item when that is left, and begins with a draft’s', () => {
    const test = start();
    const matte = matteAt(100);
    test.editor.propose(null, matte);
    test.blank(10, 10, 'product_image:b');
    expect(test.editor.mattes.shown).toBeNull();
    test.blank(widthPx, heightPx, 'product_image:a', 'one');
    expect(test.editor.mattes.stored).toBe(matte);
    const reopened = new TestEditor().load({ blank: { widthPx, heightPx }, assetKey: 'product_image:a', revisionId: 'one', isDraft: true, matte });
    expect(reopened.editor.mattes.stored).toBe(matte);
    reopened.editor.forget('product_image:a');
    expect(reopened.editor.mattes.stored).toBe(matte);
  });
});
