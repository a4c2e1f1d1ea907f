import { describe, expect, it } from 'vitest';
import { present } from '../../../shared/errors/errors.ts';
import { followMask, matteOfPixels, pixelsOfMatte, type Matte } from '../../../shared/edits/matte.ts';
import { MemoryArchive } from '../memoryArchive.ts';
import { TestEditor } from '../testEditor.ts';
import type { KeptMatte } from './matteTrail.ts';

const [widthPx, heightPx] = [320, 40];
const matteAt = (edge: number): Matte =>
  matteOfPixels(widthPx, heightPx, Uint8Array.from({ length: widthPx * heightPx }, (_, at) => Math.min(255, Math.max(0, 128 + (edge - (at % widthPx)) * 16))));
const start = (): TestEditor => new TestEditor().blank(widthPx, heightPx, 'product_image:a', 'one').tool('brush', 21).stroke([[20, 20], [200, 20]]);
/** What is kept beside the mask: what is shown, and no proposal. */
const stored = ({ editor: { mattes, document } }: TestEditor): Matte | null => {
  const { shown } = mattes;
  return shown === null || mattes.isProposed || document === null ? null : shown.made === null ? shown.matte : followMask(shown.matte, shown.made, document.state);
};
const pixelsOf = (test: TestEditor): Uint8Array | null => {
  const matte = stored(test);
  return matte === null ? null : pixelsOfMatte(matte).data;
};
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('a matte beside a mask', () => {
  it('is one step of the history, also where the mask stays as it is, and comes back with undo and redo', () => {
    const test = start();
    const [first, second] = [matteAt(100), matteAt(150)];
    test.editor.propose(null, first);
    expect(test.editor.mattes.shown).toEqual({ matte: first, made: null });
    expect(stored(test)).toBeNull();
    expect(test.editor.accept()).toBe(true);
    test.editor.propose(null, second);
    test.editor.accept();
    expect(test.editor.status.getState().historyItems).toBe(3);
    expect(stored(test)).toBe(second);
    test.changes.length = 0;
    test.editor.undo();
    expect(stored(test)).toBe(first);
    expect(test.changes.map(({ kind }) => kind)).toContain('matte');
    test.editor.undo();
    expect(stored(test)).toBeNull();
    test.editor.redo();
    expect(stored(test)).toBe(first);
    test.click(300, 20);
    expect(test.editor.redo()).toBe(false);
    test.editor.undo();
    expect(stored(test)).toBe(first);
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
    const pixels = pixelsOf(test);
    expect([101, 102, 103].map((x) => pixels?.[20 * widthPx + x])).toEqual([112, 0, 80]);
    test.editor.undo();
    expect(pixelsOf(test)?.[20 * widthPx + 102]).toBe(96);
  });

  it('stays with its item when that is left', () => {
    const test = start();
    const matte = matteAt(100);
    test.editor.propose(null, matte);
    test.blank(10, 10, 'product_image:b');
    expect(test.editor.mattes.shown).toBeNull();
    test.blank(widthPx, heightPx, 'product_image:a', 'one');
    expect(stored(test)).toBe(matte);
  });

  it('begins with what the revision has, whenever that comes, and goes on hard where it was painted', async () => {
    const from = start().editor.document;
    if (from === null) throw new Error('no mask');
    const made = from.state;
    const { promise, resolve } = Promise.withResolvers<KeptMatte | null>();
    const test = new TestEditor().load({ tiles: made, assetKey: 'product_image:a', revisionId: 'one', mattes: () => ({ applied: 0, mattes: [{ step: -1, coming: promise }] }) });
    expect(test.editor.status.getState()).toMatchObject({ hasMatte: false, isMatteComing: true });
    test.tool('eraser', 1).click(102.5, 20.5);
    test.changes.length = 0;
    resolve({ matte: matteAt(100), made });
    await turn();
    expect(test.changes.map(({ kind }) => kind)).toContain('matte');
    expect(test.editor.status.getState()).toMatchObject({ hasMatte: true, isMatteComing: false });
    expect([101, 102, 103].map((x) => test.editor.mattes.valueAt(x, 20))).toEqual([112, 0, 80]);
    expect([101, 102, 103].map((x) => pixelsOf(test)?.[20 * widthPx + x])).toEqual([112, 0, 80]);
    test.editor.undo();
    expect(test.editor.mattes.valueAt(102, 20)).toBe(96);
    expect(test.editor.mattes.valueAt(-1, 20)).toBeNull();
    test.editor.forget('product_image:a');
    expect(test.editor.mattes.valueAt(102, 20)).toBe(96);
  });

  it('comes back in another session with the undo steps: on either side of each, and as each was made', async () => {
    const archive = new MemoryArchive();
    const first = new TestEditor({ archive }).blank(widthPx, heightPx).tool('brush', 21).stroke([[20, 20], [200, 20]]);
    first.editor.propose(null, matteAt(100));
    first.editor.accept();
    first.tool('eraser', 1).click(102.5, 20.5);
    first.editor.propose(null, matteAt(150));
    first.editor.accept();
    for (const undone of [0, 1, 2, 3]) {
      if (undone > 0) first.editor.undo();
      await first.editor.flushHistory();
      const trail = present(first.editor.mattes.taken(), 'a mask');
      const next = new TestEditor({ archive }).load({ rle: first.editor.toRle(), assetKey: 'product_image:a', revisionId: null, isDraft: true, kept: archive.kept('product_image:a', 9), mattes: () => trail });
      await turn();
      for (let back = undone; back > 0; back--) next.editor.redo();
      expect(pixelsOf(next)).toEqual(pixelsOfMatte(matteAt(150)).data);
      next.editor.undo();
      expect([102, 103].map((x) => next.editor.mattes.valueAt(x, 20))).toEqual([0, 80]);
      next.editor.undo();
      expect([102, 103].map((x) => next.editor.mattes.valueAt(x, 20))).toEqual([96, 80]);
      next.editor.undo();
      expect(next.editor.mattes.shown).toBeNull();
      expect(next.areaPx).toBeGreaterThan(0);
    }
  });

  it('is the one of the mask where the undo steps are lost', async () => {
    const [first, second] = [matteAt(100), matteAt(150)];
    const { document } = start().editor;
    if (document === null) throw new Error('no mask');
    const made = document.state;
    const step = (matte: Matte, at: number) => ({ step: at, coming: Promise.resolve({ matte, made }) });
    const test = new TestEditor().load({ tiles: made, assetKey: 'product_image:a', revisionId: 'one', isDraft: true, mattes: () => ({ applied: 7, mattes: [step(first, 5), step(second, 9)] }) });
    await turn();
    expect(stored(test)).toBe(first);
  });
});
