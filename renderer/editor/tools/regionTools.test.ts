import { describe, expect, it } from 'vitest';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import type { RgbaImage } from '../../../shared/picture/rgbaImage.ts';
import { createDirectRaster } from '../raster/directRaster.ts';
import { defaultToolOptions, type WandOptions } from '../../stores/toolOptions.ts';
import { withOptions } from '../../stores/toolSettings.ts';
import { TestEditor } from '../testEditor.ts';
import type { ToolId } from '../types.ts';

const [widthPx, heightPx] = [300, 280];
type Box = readonly [left: number, top: number, right: number, bottom: number];
const isIn = (x: number, y: number, [left, top, right, bottom]: Box): boolean => x >= left && y >= top && x < right && y < bottom;

/** A mask of boxes; a later box cuts a hole where it is marked so. */
const maskOf = (boxes: readonly { readonly box: Box; readonly isHole?: boolean }[]): Bitmap => {
  const data = new Uint8Array(widthPx * heightPx);
  for (const { box, isHole } of boxes) {
    for (let y = box[1]; y < box[3]; y++) data.fill(isHole === true ? 0 : 255, y * widthPx + box[0], y * widthPx + box[2]);
  }
  return { widthPx, heightPx, data };
};

/** White with two red patches, a darker red one beside the first, and a blue frame round that. */
const photo: RgbaImage = (() => {
  const data = new Uint8ClampedArray(widthPx * heightPx * 4).fill(255);
  const paint = (box: Box, colour: readonly [number, number, number]): void => {
    for (let y = 0; y < heightPx; y++) for (let x = 0; x < widthPx; x++) if (isIn(x, y, box)) data.set(colour, (y * widthPx + x) * 4);
  };
  paint([20, 20, 100, 100], [200, 40, 40]);
  paint([100, 20, 140, 100], [170, 40, 40]);
  paint([200, 200, 240, 240], [200, 40, 40]);
  return { widthPx, heightPx, data };
})();

const failures: unknown[] = [];
const open = (toolId: ToolId, mask: Bitmap | null = null, photoOf: () => Promise<RgbaImage> = () => Promise.resolve(photo)): TestEditor => {
  failures.length = 0;
  const test = new TestEditor({ raster: createDirectRaster(photoOf), onToolFailure: (error) => failures.push(error) });
  test.load(mask === null ? { blank: { widthPx, heightPx }, assetKey: 'product_image:a', revisionId: null } : { bitmap: mask, assetKey: 'product_image:a', revisionId: null });
  test.editor.toolSettings.setState((settings) => ({ ...withOptions(settings, 'adjust', { fillHoles: 500, dropIslands: 500 }) }));
  return test.tool(toolId);
};
const wandWith = (options: Partial<WandOptions>, mask: Bitmap | null = null): TestEditor => {
  const test = open('wand', mask);
  test.editor.toolSettings.setState({ options: { ...defaultToolOptions, wand: { ...defaultToolOptions.wand, isSmooth: false, ...options } } });
  return test;
};
const items = (test: TestEditor): number => test.editor.status.getState().historyItems;

const first = 80 * 80;
const darker = 40 * 80;
const second = 40 * 40;

describe('the wand', () => {
  it('takes what hangs together and looks alike, as one step that can be undone and redone', async () => {
    const test = await wandWith({ tolerance: 2 }).click(50, 50).settled();
    expect(test.areaPx).toBe(first);
    expect(items(test)).toBe(1);
    test.editor.undo();
    expect(test.areaPx).toBe(0);
    test.editor.redo();
    expect(test.areaPx).toBe(first);
  });

  it('takes it everywhere when it need not hang together', async () => {
    const test = await wandWith({ tolerance: 2, isContiguous: false }).click(50, 50).settled();
    expect(test.areaPx).toBe(first + second);
  });

  it('takes more while it is dragged up, less again on the way back, and one step at the end', async () => {
    const test = wandWith({ tolerance: 2 });
    test.editor.zoomTo(1);
    await test.pointerDown(50, 80).settled();
    expect(test.editor.document?.isInside(50, 50)).toBe(true);
    expect(test.editor.document?.isInside(120, 50)).toBe(false);
    expect(items(test)).toBe(0);
    await test.pointerMove(50, 30).settled();
    expect(test.editor.status.getState().hint).toMatch(/^Tolerance 1\d/);
    expect(test.editor.isProposing).toBe(true);
    expect(test.editor.document?.isInside(120, 50)).toBe(true);
    await test.pointerMove(50, 78).settled();
    expect(test.editor.document?.isInside(120, 50)).toBe(false);
    await test.pointerMove(50, 30).pointerUp(50, 30).settled();
    expect(test.areaPx).toBe(first + darker);
    expect(items(test)).toBe(1);
  });

  it('joins as the keys and the right button say', async () => {
    const square = maskOf([{ box: [0, 0, 60, 60] }]);
    const overlap = 40 * 40;
    expect((await wandWith({ tolerance: 2 }, square).keys({ alt: true }).click(50, 50).settled()).areaPx).toBe(3600 - overlap);
    expect((await wandWith({ tolerance: 2 }, square).keys({ shift: true, alt: true }).click(50, 50).settled()).areaPx).toBe(overlap);
    expect((await wandWith({ tolerance: 2, join: 'replace' }, square).click(50, 50).settled()).areaPx).toBe(first);
    expect((await wandWith({ tolerance: 2, join: 'replace' }, square).keys({ shift: true }).click(50, 50).settled()).areaPx).toBe(3600 + first - overlap);
    const right = wandWith({ tolerance: 2 }, square).pointerDown(50, 50, { button: 2 });
    expect((await right.pointerUp(50, 50).settled()).areaPx).toBe(3600 - overlap);
  });

  it('leaves nothing behind when it is cancelled, before or after the pointer went up', async () => {
    const test = await wandWith({ tolerance: 2 }).pointerDown(50, 50).settled();
    expect(test.editor.cancel()).toBe(true);
    await test.settled();
    expect(test.areaPx).toBe(0);
    test.click(50, 50);
    await Promise.resolve();
    expect(test.editor.undo()).toBe(true);
    await test.settled();
    expect(test.areaPx).toBe(0);
    expect(items(test)).toBe(0);
  });

  it('does clicks in order, each on what the one before has left', async () => {
    const test = await wandWith({ tolerance: 2 }).click(50, 50).click(220, 220).settled();
    expect(test.areaPx).toBe(first + second);
    expect(items(test)).toBe(2);
  });

  it('calms the border: a spike of a pixel goes', async () => {
    const spiky: RgbaImage = { ...photo, data: photo.data.slice() };
    spiky.data.set([200, 40, 40], (19 * widthPx + 60) * 4);
    const clickOn = async (isSmooth: boolean): Promise<TestEditor> => {
      const test = open('wand', null, () => Promise.resolve(spiky));
      test.editor.toolSettings.setState({ options: { ...defaultToolOptions, wand: { ...defaultToolOptions.wand, tolerance: 2, isSmooth } } });
      return test.click(50, 50).settled();
    };
    (await clickOn(false)).expectPixel(60, 19, 'inside');
    (await clickOn(true)).expectPixel(60, 19, 'outside').expectPixel(60, 20, 'inside');
  });

  it('says that the photo could not be had, and changes nothing', async () => {
    const missing = new Error('gone');
    const test = await open('wand', null, () => Promise.reject(missing)).click(50, 50).settled();
    expect(failures).toEqual([missing]);
    expect(test.areaPx).toBe(0);
    expect(test.editor.isProposing).toBe(false);
  });

  it('does nothing beside the picture', async () => {
    const test = await wandWith({}).click(-5, 20).settled();
    expect(items(test)).toBe(0);
    expect(failures).toEqual([]);
  });

  it('is left with the item: nothing comes over to the next', async () => {
    const test = wandWith({ tolerance: 2 }).click(50, 50);
    test.load({ blank: { widthPx, heightPx }, assetKey: 'product_image:b', revisionId: null });
    await test.settled();
    expect(test.areaPx).toBe(0);
  });
});

/** A large piece with a large and a small hole, and two specks. */
const pieces = maskOf([
  { box: [10, 10, 200, 200] },
  { box: [40, 40, 80, 80], isHole: true },
  { box: [100, 100, 103, 104], isHole: true },
  { box: [250, 20, 254, 24] },
  { box: [250, 260, 280, 270] },
]);
const area = 190 * 190 - 1600 - 12 + 16 + 300;

describe('filling holes', () => {
  it('says and shows what a click would fill, and fills it as one step', async () => {
    const test = await open('fillHole', pieces).hover(60, 60).settled();
    expect(test.editor.status.getState().hint).toBe('A click fills this hole: 1,600 px of 1,612 px in 2 holes');
    expect(test.editor.marks).toMatchObject([{ kind: 'area', tone: 'add' }]);
    expect(test.editor.cursor.kind).toBe('pointer');
    await test.click(60, 60).settled();
    expect(test.areaPx).toBe(area + 1600);
    expect(items(test)).toBe(1);
    expect(test.editor.marks).toEqual([]);
    await test.hover(150, 150).settled();
    expect(test.editor.status.getState().hint).toMatch(/^Fill hole: click in a hole/);
    test.editor.undo();
    expect(test.areaPx).toBe(area);
  });

  it('fills all small ones with Alt or the right button', async () => {
    const test = await open('fillHole', pieces).keys({ alt: true }).hover(60, 60).settled();
    expect(test.editor.status.getState().hint).toBe('A click fills all holes smaller than 500 px');
    await test.click(150, 150).settled();
    expect(test.areaPx).toBe(area + 12);
    expect(items(test)).toBe(1);
  });

  it('leaves the surroundings alone', async () => {
    const test = await open('fillHole', pieces).click(230, 150).settled();
    expect(test.areaPx).toBe(area);
    expect(items(test)).toBe(0);
  });

  it('does nothing when it is undone before it has happened', async () => {
    const test = open('fillHole', pieces).click(60, 60);
    test.editor.undo();
    await test.settled();
    expect(test.areaPx).toBe(area);
  });
});

describe('islands', () => {
  it('are dropped with a click, small ones all at once with Alt', async () => {
    const test = await open('dropIsland', pieces).hover(252, 22).settled();
    expect(test.editor.status.getState().hint).toMatch(/^A click drops this piece: 16 px of /);
    await test.click(252, 22).settled();
    expect(test.areaPx).toBe(area - 16);
    await test.keys({ alt: true }).click(150, 150).settled();
    expect(test.areaPx).toBe(area - 16 - 300);
    expect(items(test)).toBe(2);
  });

  it('are kept with a click: all others go', async () => {
    const test = await open('keepComponent', pieces).hover(20, 20).settled();
    expect(test.editor.status.getState().hint).toBe('A click keeps this piece of 34,488 px and drops 2 others: 316 px');
    await test.click(20, 20).settled();
    expect(test.areaPx).toBe(area - 316);
    test.editor.undo();
    expect(test.areaPx).toBe(area);
    test.editor.redo();
    expect(test.areaPx).toBe(area - 316);
  });
});

describe('erasing pieces', () => {
  it('takes all that a drag touches as one step; Shift brings back', async () => {
    const test = await open('eraseComponent', pieces).pointerDown(252, 22).settled();
    expect(test.editor.status.getState().hint).toMatch(/^Takes 1 piece: 16 px/);
    await test.pointerMove(265, 265).settled();
    expect(test.editor.document?.isInside(265, 265)).toBe(false);
    test.keys({ shift: true });
    await test.pointerMove(252, 22).settled();
    await test.pointerUp(252, 22).settled();
    expect(test.areaPx).toBe(area);
    await test.keys({}).stroke([[252, 22], [265, 265]]).settled();
    expect(test.areaPx).toBe(area - 316);
    expect(items(test)).toBe(1);
    test.editor.undo();
    expect(test.areaPx).toBe(area);
  });

  it('is taken back by Esc in the middle', async () => {
    const test = await open('eraseComponent', pieces).pointerDown(20, 20).settled();
    expect(test.editor.document?.isInside(20, 20)).toBe(false);
    test.editor.cancel();
    await test.settled();
    expect(test.areaPx).toBe(area);
    expect(items(test)).toBe(0);
  });
});
