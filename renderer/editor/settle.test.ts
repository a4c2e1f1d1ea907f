import { describe, expect, it } from 'vitest';
import { TestEditor } from './testEditor.ts';

describe('a mask that was sent to be stored', () => {
  it('counts what was painted while a mask was on its way as unsaved work on the new revision', () => {
    const test = new TestEditor().blank(320, 270, 'a', 'one').tool('brush', 9).click(20, 20);
    const mark = test.editor.mark();
    test.click(60, 60);
    expect(test.editor.settle(mark, 'two')).toBe(true);
    expect([test.editor.isDirty, test.editor.revisionId]).toEqual([true, 'two']);
    test.editor.undo();
    expect(test.editor.isDirty).toBe(false);
  });

  it('has no unsaved work when nothing was painted after the mark, and some when the marked state was undone and painted over', () => {
    const test = new TestEditor().blank(320, 270, 'a', 'one').tool('brush', 9).click(20, 20);
    expect(test.editor.settle(test.editor.mark(), 'two')).toBe(false);
    test.click(60, 60);
    const mark = test.editor.mark();
    test.editor.undo();
    test.click(90, 90);
    expect(test.editor.settle(mark, 'three')).toBe(true);
    test.editor.undo();
    expect(test.editor.isDirty).toBe(true);
  });

  it('keeps what was painted on an item that was left before the answer', () => {
    const test = new TestEditor().blank(320, 270, 'a', 'one').tool('brush', 9).click(20, 20);
    const mark = test.editor.mark();
    test.click(60, 60).blank(10, 10, 'b');
    expect(test.editor.settle(mark, 'two')).toBe(true);
    expect(test.editor.load({ blank: { widthPx: 320, heightPx: 270 }, assetKey: 'a', revisionId: 'two' })).toBe('restored');
    test.expectPixel(60, 60, 'inside');
    expect(test.editor.isDirty).toBe(true);
  });
});
