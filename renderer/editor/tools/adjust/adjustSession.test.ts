import { describe, expect, it } from 'vitest';
import { emptyBitmap, type Bitmap } from '../../../../shared/mask/bitmap.ts';
import { adjusts, type Adjusted, type AdjustKind } from '../../../../shared/raster/adjustMask.ts';
import { bitmapOfTiles } from '../../../../shared/edits/bitmapOfTiles.ts';
import { tilesOfBitmap } from '../../../../shared/edits/tilesOfBitmap.ts';
import { createDirectRaster } from '../../raster/directRaster.ts';
import { TestEditor } from '../../testEditor.ts';
import { adjustments, clampAmount } from './index.ts';
import { createAdjustSession } from './adjustSession.ts';

const [widthPx, heightPx] = [320, 280];

/** A block with a hole, a spike, a notch and an island, over more than one tile. */
const sample = (): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  const fill = (x0: number, y0: number, x1: number, y1: number, value: number): void => {
    for (let y = y0; y < y1; y++) mask.data.fill(value, y * widthPx + x0, y * widthPx + x1);
  };
  fill(60, 60, 270, 200, 255);
  fill(100, 100, 106, 106, 0);
  fill(150, 40, 152, 60, 255);
  fill(200, 190, 202, 200, 0);
  fill(10, 10, 15, 15, 255);
  return mask;
};

const raster = createDirectRaster(() => Promise.reject(new Error('no photo is needed')));

const begin = (kind: AdjustKind) => {
  const test = new TestEditor().load({ bitmap: sample(), assetKey: 'product_image:a', revisionId: 'one' });
  const heard = { shown: [] as (Adjusted | null)[], ended: 0, failed: [] as unknown[] };
  const session = createAdjustSession(test.editor, raster, kind, {
    onShown: (result) => heard.shown.push(result),
    onEnded: () => heard.ended++,
    onFailed: (error) => heard.failed.push(error),
  });
  return { test, session, heard };
};

/** Without asking the editor for its mask, which would accept what is shown. */
const onScreen = ({ editor }: TestEditor): Bitmap => editor.document?.toBitmap() ?? emptyBitmap(1, 1);
const expected = (kind: AdjustKind, amount: number): Bitmap => bitmapOfTiles(adjusts[kind](tilesOfBitmap(sample()), amount));

const amounts: Readonly<Record<AdjustKind, readonly [number, number]>> = {
  grow: [9, 2.5],
  shrink: [4, 1],
  smooth: [8, 3],
  close: [6, 2],
  open: [6, 2],
  fillHoles: [10, 50],
  dropIslands: [10, 50],
  invert: [0, 0],
};

describe.each(Object.values(adjustments))('$name', ({ kind }) => {
  const [first, last] = amounts[kind];

  it('is shown live, is one item when applied, and can be undone and redone', async () => {
    const { test, session, heard } = begin(kind);
    session.set(first);
    await test.settled();
    expect(onScreen(test)).toEqual(expected(kind, first));
    session.set(last);
    await test.settled();
    expect(onScreen(test)).toEqual(expected(kind, last));
    expect(onScreen(test)).not.toEqual(sample());
    expect(test.editor.status.getState().historyItems).toBe(0);
    const { beforePx, afterPx, addedPx, removedPx } = heard.shown.at(-1)?.change ?? { beforePx: 0, afterPx: 0, addedPx: 0, removedPx: 0 };
    expect(beforePx + addedPx - removedPx).toBe(afterPx);
    expect(await session.apply()).toBe(true);
    expect(test.editor.status.getState().historyItems).toBe(1);
    expect(test.areaPx).toBe(afterPx);
    test.editor.undo();
    expect(test.bitmap).toEqual(sample());
    test.editor.redo();
    expect(test.bitmap).toEqual(expected(kind, last));
    expect(heard).toMatchObject({ ended: 1, failed: [] });
  });

  it('is taken back by cancel, Esc and undo, also while it is being computed', async () => {
    for (const end of ['cancel', 'Escape', 'undo'] as const) {
      for (const isShown of kind === 'grow' ? [true, false] : [end !== 'undo']) {
        const { test, session, heard } = begin(kind);
        session.set(last);
        if (isShown) await test.settled();
        if (end === 'cancel') session.cancel();
        else if (end === 'Escape') expect(test.editor.cancel()).toBe(true);
        else expect(test.editor.undo()).toBe(true);
        await test.settled();
        expect(test.bitmap).toEqual(sample());
        expect(test.editor.status.getState()).toMatchObject({ isProposing: false, historyItems: 0, isDirty: false });
        expect([session.isOpen, heard.ended]).toEqual([false, 1]);
      }
    }
  });
});

describe('an adjustment on screen', () => {
  it('waits for the newest amount when it is applied at once', async () => {
    const { test, session } = begin('grow');
    for (const amount of [1, 5, 30, 2]) session.set(amount);
    await session.apply();
    expect(test.bitmap).toEqual(expected('grow', 2));
    expect(test.editor.status.getState().historyItems).toBe(1);
  });

  it('is kept when somebody paints on it or leaves, and changes nothing afterwards', async () => {
    const { test, session, heard } = begin('grow');
    session.set(3);
    await test.settled();
    session.set(9);
    test.tool('brush', 3).click(20, 250);
    await test.settled();
    expect([session.isOpen, heard.ended, test.editor.status.getState().historyItems]).toEqual([false, 1, 2]);
    test.editor.undo();
    expect(test.bitmap).toEqual(expected('grow', 3));

    const left = begin('shrink');
    left.session.set(2);
    await left.test.settled();
    left.test.blank(widthPx, heightPx, 'product_image:b');
    left.session.set(8);
    await left.test.settled();
    expect(left.test.areaPx).toBe(0);
    left.test.load({ bitmap: sample(), assetKey: 'product_image:a', revisionId: 'one' });
    expect(left.test.bitmap).toEqual(expected('shrink', 2));
  });

  it('says what failed and keeps what was on screen', async () => {
    const { test, session, heard } = begin('grow');
    session.set(2);
    await test.settled();
    session.set(999);
    await test.settled();
    expect(heard.failed).toHaveLength(1);
    expect(onScreen(test)).toEqual(expected('grow', 2));
    session.set(4);
    await test.settled();
    expect(onScreen(test)).toEqual(expected('grow', 4));
  });

  it('has amounts in half pixels within its limits', () => {
    expect([0, 0.7, 12.26, 999].map((value) => clampAmount(adjustments.grow, value))).toEqual([0.5, 0.5, 12.5, 200]);
    expect([0, 12.4].map((value) => clampAmount(adjustments.fillHoles, value))).toEqual([2, 12]);
  });
});
