import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../shared/errors/errors.ts';
import { emptyBitmap } from '../../shared/mask/bitmap.ts';
import type { RgbaImage } from '../../shared/picture/rgbaImage.ts';
import { defaultToolOptions } from '../stores/toolOptions.ts';
import { createAdjustSession } from './tools/adjust/adjustSession.ts';
import { GeometricPorts } from './prompts/testing/geometricDecoder.ts';
import { createDirectRaster } from './raster/directRaster.ts';
import { TestEditor } from './testEditor.ts';
import type { EditorOptions } from './types.ts';

const [widthPx, heightPx] = [256, 256];
/** White with a red square of 80 x 80. */
const photo: RgbaImage = (() => {
  const data = new Uint8ClampedArray(widthPx * heightPx * 4).fill(255);
  for (let y = 20; y < 100; y++) for (let x = 20; x < 100; x++) data.set([200, 40, 40], (y * widthPx + x) * 4);
  return { widthPx, heightPx, data };
})();
const squarePx = 80 * 80;

const raster = createDirectRaster(() => Promise.resolve(photo));
const open = (options: EditorOptions = {}): TestEditor => {
  const test = new TestEditor({ raster, ...options }).blank(widthPx, heightPx);
  test.editor.toolSettings.setState({ options: { ...defaultToolOptions, wand: { ...defaultToolOptions.wand, tolerance: 2, isSmooth: false } } });
  return test;
};
const items = (test: TestEditor): number => test.editor.status.getState().historyItems;

describe('a click whose result is being worked out', () => {
  it('is awaited by whoever wants the mask that was asked for', async () => {
    const test = open().tool('wand').click(50, 50);
    expect(test.editor.isPending).toBe(true);
    await test.editor.settled();
    expect([test.editor.isPending, test.areaPx, items(test)]).toEqual([false, squarePx, 1]);
  });

  it.each(['wand', 'keepComponent'] as const)('of the tool %s is not lost when another tool is taken', async (toolId) => {
    const test = open().tool('brush', 20, 1).click(50, 50).click(200, 200).tool(toolId).click(50, 50).tool('brush');
    await test.editor.settled();
    expect(items(test)).toBe(3);
    expect(test.isInside(200, 200)).toBe(toolId === 'wand');
    expect(test.isInside(22, 22)).toBe(toolId === 'wand');
  });

  it('goes under what was painted meanwhile: neither takes anything from the other', async () => {
    const test = open().tool('brush', 30, 1).click(60, 60).tool('wand').click(50, 50);
    await Promise.resolve();
    test.tool('eraser', 20, 1).click(60, 60).tool('brush', 20, 1).click(200, 200);
    await test.editor.settled();
    test.expectPixel(60, 60, 'outside').expectPixel(30, 30, 'inside').expectPixel(200, 200, 'inside');
    test.editor.undo();
    test.expectPixel(30, 30, 'outside').expectPixel(200, 200, 'inside').expectPixel(60, 60, 'outside');
  });

  it('waits for the end of a stroke', async () => {
    const test = open().tool('wand').click(50, 50).tool('brush', 20, 1).pointerDown(200, 200);
    await test.settled();
    expect(items(test)).toBe(0);
    test.pointerUp(220, 200);
    await test.editor.settled();
    test.expectPixel(220, 200, 'inside').expectPixel(30, 30, 'inside');
    expect(items(test)).toBe(2);
  });

  it.each(['undo', 'cancel'] as const)('is taken back by %s whatever tool is in hand, before anything older', async (how) => {
    const test = open().tool('brush', 20, 1).click(200, 200).tool('wand').click(50, 50).tool('brush');
    expect(test.editor[how]()).toBe(true);
    await test.settled();
    test.expectPixel(200, 200, 'inside').expectPixel(50, 50, 'outside');
    expect(test.editor.isPending).toBe(false);
  });

  it('says whether it came: not when it was taken back, nor when it failed', async () => {
    expect(await open().tool('wand').click(50, 50).editor.settled()).toBe(true);
    for (const end of ['undo', 'cancel'] as const) {
      const test = open().tool('wand').click(50, 50).tool('brush');
      const settled = test.editor.settled();
      test.editor[end]();
      expect(await settled).toBe(false);
    }
    const byKey = open().tool('wand').click(50, 50);
    const settled = byKey.editor.settled();
    byKey.key('Escape');
    expect(await settled).toBe(false);
    const failing = open({ raster: createDirectRaster(() => Promise.reject(new Error('gone'))) }).tool('wand').click(50, 50);
    expect(await failing.editor.settled()).toBe(false);
  });

  it('has no say over a mask that was put in place meanwhile', async () => {
    const test = open().tool('wand').click(50, 50);
    test.editor.replaceMask({ bitmap: { ...emptyBitmap(widthPx, heightPx), data: new Uint8Array(widthPx * heightPx).fill(255) } });
    test.editor.undo();
    await test.settled();
    expect(test.areaPx).toBe(0);
  });
});

describe('a gesture in hand', () => {
  it('of a brush, a wand and a lasso counts when it is ended from outside', async () => {
    const brush = open().tool('brush', 20, 1).pointerDown(50, 50);
    brush.editor.finishGesture();
    expect(items(brush)).toBe(1);
    const wand = open().tool('wand').pointerDown(50, 50);
    wand.editor.finishGesture();
    await wand.editor.settled();
    expect(wand.areaPx).toBe(squarePx);
    const lasso = open().tool('lasso').pointerDown(50, 50).pointerMove(150, 50).pointerMove(150, 150);
    lasso.editor.finishGesture();
    expect(lasso.areaPx).toBeGreaterThan(4000);
  });

  it('on a point is asked for', async () => {
    const test = open({ prompts: new GeometricPorts(widthPx, heightPx) }).tool('point').pointerDown(60, 60);
    test.editor.finishGesture();
    expect(test.editor.isPending).toBe(true);
    await test.editor.settled();
    test.expectPixel(60, 60, 'inside');
  });

  it('on a vertex stays where it was dragged', () => {
    const test = open().tool('polygon').click(40, 40).click(140, 40).click(140, 140);
    test.key('Enter');
    test.pointerDown(140, 140).pointerMove(60, 200);
    test.editor.finishGesture();
    test.editor.accept();
    test.expectPixel(60, 190, 'inside').expectPixel(120, 110, 'outside');
  });
});

describe('the newest value of a slider', () => {
  it('is awaited, and counts', async () => {
    const test = open().tool('brush', 40, 1).click(128, 128);
    const before = test.areaPx;
    const session = createAdjustSession(test.editor, raster, 'grow', { onShown: () => undefined, onEnded: () => undefined, onFailed: () => undefined });
    session.set(2);
    session.set(30);
    expect(test.editor.isPending).toBe(true);
    await test.editor.settled();
    expect(test.editor.isPending).toBe(false);
    expect(test.areaPx).toBeGreaterThan(3 * before);
    expect(session.isOpen).toBe(false);
  });
});

describe('a click that waits for its photo or its model', () => {
  const withPorts = (): { readonly test: TestEditor; readonly ports: GeometricPorts } => {
    const ports = new GeometricPorts(widthPx, heightPx);
    ports.isHeld = true;
    const test = open({ prompts: ports }).tool('brush', 20, 1).click(200, 200).tool('point').click(60, 60).tool('brush');
    return { test, ports };
  };

  it('is taken back first, and comes again, with another tool in hand', async () => {
    const { test, ports } = withPorts();
    expect(test.editor.undo()).toBe(true);
    test.expectPixel(200, 200, 'inside');
    expect(test.editor.prompts.status.getState().waiting).toBe(0);
    expect(test.editor.redo()).toBe(true);
    expect(test.editor.prompts.status.getState().waiting).toBe(1);
    ports.isHeld = false;
    await test.editor.settled();
    test.expectPixel(60, 60, 'inside');
  });

  it('is cancelled by Esc', async () => {
    const { test, ports } = withPorts();
    expect(test.editor.cancel()).toBe(true);
    ports.isHeld = false;
    await test.editor.settled();
    test.expectPixel(60, 60, 'outside').expectPixel(200, 200, 'inside');
    expect(test.editor.cancel()).toBe(false);
  });

  it('is not awaited by whoever leaves it with the item', async () => {
    const { test, ports } = withPorts();
    await test.editor.settled({ leavesReading: true });
    expect(test.editor.prompts.status.getState()).toMatchObject({ waiting: 1, phase: 'preparing' });
    ports.isHeld = false;
    await test.editor.settled();
  });

  it('is told of where the item is left, until it is back', async () => {
    const { test, ports } = withPorts();
    const { histories } = test.editor;
    test.blank(widthPx, heightPx, 'product_image:b');
    expect(histories.unfinished.get('product_image:a')).toEqual({ waitingClicks: 1, openOutlines: [] });
    // However much else is left, this stays.
    histories.setLimit(0);
    test.blank(widthPx, heightPx);
    expect(histories.unfinished.size).toBe(0);
    ports.isHeld = false;
    await test.editor.settled();
    test.expectPixel(60, 60, 'inside');
  });

  it('waits without an end where the model is missing: nobody awaits that', async () => {
    const { test, ports } = withPorts();
    ports.failure = new ExpectedError('model_missing', 'There is no model');
    ports.isHeld = false;
    await test.editor.settled();
    expect([test.editor.isPending, test.editor.unfinished]).toEqual([false, { waitingClicks: 1, openOutlines: [] }]);
  });
});
