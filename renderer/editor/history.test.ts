import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameBitmap } from '../../shared/mask/bitmap.ts';
import { digestOfState } from '../../shared/edits/stateDigest.ts';
import { HistoryStore } from './historyStore.ts';
import { MemoryArchive } from './memoryArchive.ts';
import { TestEditor } from './testEditor.ts';

/** Everything is written, and what waited for the archive is done: it answers within a few turns. */
const settled = async (test: TestEditor): Promise<void> => {
  await test.editor.flushHistory();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await test.editor.flushHistory();
};

type Step = { readonly kind: 'stroke'; readonly x: number; readonly y: number; readonly size: number } | { readonly kind: 'undo' | 'redo'; readonly times: number };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('stroke' as const), x: fc.nat(319), y: fc.nat(269), size: fc.integer({ min: 3, max: 60 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const), times: fc.integer({ min: 1, max: 40 }) }) },
  ),
  { minLength: 30, maxLength: 120 },
);

const doStep = (test: TestEditor, step: Step): void => {
  if (step.kind === 'stroke') test.tool('brush', step.size).click(step.x, step.y);
  else for (let time = 0; time < step.times; time++) test.editor[step.kind]();
};

/** Less than a stroke: everything that may leave memory does. */
const noMemory = { historyMemoryBytes: 1 };
const image = { blank: { widthPx: 320, heightPx: 270 }, assetKey: 'product_image:a', revisionId: null };

const digestOf = ({ editor: { document } }: TestEditor) => (document === null ? null : digestOfState(document.state));
const draftOf = (rle: Uint8Array) => ({ rle, assetKey: image.assetKey, revisionId: null, isDraft: true });

describe('history on disk', () => {
  it('undoes and redoes as the one in memory does, whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const plain = new TestEditor().load(image);
        const onDisk = new TestEditor({ archive: new MemoryArchive(), ...noMemory }).load(image);
        for (const step of all) {
          doStep(plain, step);
          doStep(onDisk, step);
          await settled(onDisk);
          expect(digestOf(onDisk)).toEqual(digestOf(plain));
        }
        const [a, b] = [plain.editor.status.getState(), onDisk.editor.status.getState()];
        expect([b.canUndo, b.canRedo, b.isDirty, b.historyItems]).toEqual([a.canUndo, a.canRedo, a.isDirty, a.historyItems]);
      }),
      { numRuns: 12 },
    );
  });

  it('holds few steps in memory, and as many to undo as there are strokes', async () => {
    const test = new TestEditor({ archive: new MemoryArchive(), ...noMemory }).load(image);
    for (let stroke = 0; stroke < 100; stroke++) test.tool('brush', 9).click(3 * stroke, 100);
    await settled(test);
    expect(test.editor.status.getState().historyItems).toBe(100);
    test.click(10, 10);
    const { historyItems, historyItemsOnDisk } = test.editor.status.getState();
    expect([historyItems, historyItemsOnDisk]).toEqual([101, 85]);
    for (let step = 0; step < 101; step++) {
      test.editor.undo();
      await settled(test);
    }
    expect(test.areaPx).toBe(0);
    expect(test.editor.isDirty).toBe(false);
  });

  it('goes on in another session where it ended, whatever was undone', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 50 }), async (all, count) => {
        const archive = new MemoryArchive();
        const first = new TestEditor({ archive, ...noMemory }).load(image);
        for (const step of all) doStep(first, step);
        await settled(first);
        const { canUndo, canRedo } = first.editor.status.getState();
        const rle = first.editor.toRle();
        const next = new TestEditor({ archive, ...noMemory }).load({ ...draftOf(rle), kept: archive.kept(image.assetKey, count) });
        expect(next.editor.status.getState()).toMatchObject({ canUndo, canRedo, isDirty: true });
        for (let time = 0; time < 150 && next.editor.undo(); time++) await settled(next);
        expect(next.areaPx).toBe(0);
      }),
      { numRuns: 12 },
    );
  });

  it('has the strokes after the last draft, as after a crash, and tells of them', async () => {
    const archive = new MemoryArchive();
    const first = new TestEditor({ archive }).load(image).tool('brush', 20).click(50, 50);
    const rle = first.editor.toRle();
    first.click(100, 100).click(150, 150);
    await settled(first);
    const next = new TestEditor({ archive }).load({ ...draftOf(rle), kept: archive.kept(image.assetKey, 9) });
    expect(sameBitmap(next.bitmap, first.bitmap)).toBe(true);
    expect(next.changes.some(({ kind }) => kind === 'committed')).toBe(true);
  });

  it('is left out where it does not lead to the mask', async () => {
    const archive = new MemoryArchive();
    await settled(new TestEditor({ archive }).load(image).tool('brush', 20).click(50, 50));
    const other = new TestEditor().load(image).tool('brush', 20).click(200, 200).editor.toRle();
    const next = new TestEditor({ archive }).load({ ...draftOf(other), kept: archive.kept(image.assetKey, 9) });
    expect(next.editor.undo()).toBe(false);
    expect(next.areaPx).toBeGreaterThan(0);
  });

  it('stays in memory while the archive fails, tells it once, and catches up', async () => {
    const archive = new MemoryArchive();
    const failures: unknown[] = [];
    const test = new TestEditor({ archive, ...noMemory, onArchiveFailure: (error) => failures.push(error) }).load(image).tool('brush', 9);
    archive.isDown = true;
    for (let stroke = 0; stroke < 40; stroke++) {
      test.click(7 * stroke, 50);
      await settled(test);
    }
    expect(failures).toHaveLength(1);
    expect(test.editor.status.getState()).toMatchObject({ historyItems: 40, historyItemsOnDisk: 0 });
    archive.isDown = false;
    test.click(200, 200);
    await settled(test);
    expect(archive.logs.get(image.assetKey)?.steps).toHaveLength(41);
  });

  it('ends where the archive has lost it, and not before', async () => {
    const archive = new MemoryArchive();
    const test = new TestEditor({ archive, ...noMemory }).load(image).tool('brush', 9);
    for (let stroke = 0; stroke < 60; stroke++) test.click(5 * stroke, 50);
    await settled(test);
    test.click(5, 200);
    archive.logs.clear();
    let undone = 0;
    for (; undone < 100 && test.editor.undo(); undone++) await settled(test);
    expect(undone).toBeGreaterThanOrEqual(8);
    expect(undone).toBeLessThan(60);
    expect(test.editor.status.getState()).toMatchObject({ canUndo: false, isDirty: true });
  });

  it('is given up with what was forgotten, also of an item that was left', async () => {
    const archive = new MemoryArchive();
    const histories = new HistoryStore();
    const test = new TestEditor({ archive, histories }).load(image).tool('brush', 20).click(50, 50);
    await settled(test);
    test.load({ ...image, assetKey: 'product_image:b' });
    test.editor.forget(image.assetKey);
    await settled(test);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(archive.logs.has(image.assetKey)).toBe(false);
  });
});

describe('a mask’s digest', () => {
  it('is the same for the same pixels, however they came about, and another for others', () => {
    const one = new TestEditor().load(image).tool('brush', 30).click(100, 100).click(200, 90);
    const other = new TestEditor().load(image).tool('brush', 30).click(200, 90).click(100, 100);
    expect(digestOf(other)).toEqual(digestOf(one));
    other.tool('brush', 1).click(5, 5);
    expect(digestOf(other)).not.toEqual(digestOf(one));
  });
});
