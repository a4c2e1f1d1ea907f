import { afterEach, describe, expect, it, vi } from 'vitest';
import { endCopying, stepCopySize, unmoved, useCopying } from '../../stores/copying.ts';
import { tipInHand } from '../../stores/toolSettings.ts';
import { TestEditor } from '../testEditor.ts';
import { imageToViewX, imageToViewY } from '../viewport.ts';

const start = (): TestEditor => {
  const test = new TestEditor().blank(400, 300, 'keyframe:here').tool('place');
  useCopying.setState({ sourceKey: 'keyframe:there', targetKey: 'keyframe:here', placement: unmoved, box: { xPx: 100, yPx: 50, widthPx: 80, heightPx: 60 } });
  return test;
};
const toolSize = (test: TestEditor): number => tipInHand(test.editor.toolSettings.getState()).sizePx;
const placement = () => useCopying.getState().placement;

afterEach(endCopying);

describe('putting a copied mask in place', () => {
  it('follows a drag and arrow keys, ten pixels with Shift', () => {
    const test = start();
    test.stroke([
      [140, 80],
      [150, 90],
      [165, 78],
    ]);
    expect([placement().dxImagePx, placement().dyImagePx]).toEqual([expect.closeTo(25), expect.closeTo(-2)]);
    expect(test.key('ArrowLeft')).toBe(true);
    test.keys({ shift: true });
    expect(test.key('ArrowDown')).toBe(true);
    expect([placement().dxImagePx, placement().dyImagePx, placement().scale]).toEqual([expect.closeTo(24), expect.closeTo(8), 1]);
  });

  it('is scaled by a corner, and the opposite one stays', () => {
    const test = start();
    test.stroke([
      [180, 110],
      [260, 170],
    ]);
    const { scale, dxImagePx, dyImagePx } = placement();
    expect(scale).toBeCloseTo(2);
    expect([100 * scale + dxImagePx, 50 * scale + dyImagePx]).toEqual([expect.closeTo(100), expect.closeTo(50)]);
  });

  it('grows and shrinks with Alt and the wheel about the pointer, and by keys about its middle', () => {
    const test = start();
    const { viewport } = test.editor;
    const sizePx = toolSize(test);
    test.editor.stepSizeAt(1, imageToViewX(viewport, 120), imageToViewY(viewport, 60));
    const { scale, dxImagePx, dyImagePx } = placement();
    expect(scale).toBeGreaterThan(1);
    expect([120 * scale + dxImagePx, 60 * scale + dyImagePx]).toEqual([expect.closeTo(120), expect.closeTo(60)]);
    test.editor.stepSizeAt(-1, imageToViewX(viewport, 120), imageToViewY(viewport, 60));
    expect(placement()).toEqual({ scale: expect.closeTo(1) as number, dxImagePx: expect.closeTo(0) as number, dyImagePx: expect.closeTo(0) as number });
    stepCopySize(-1);
    expect(placement().scale).toBeLessThan(1);
    expect([140 * placement().scale + placement().dxImagePx, 80 * placement().scale + placement().dyImagePx]).toEqual([expect.closeTo(140), expect.closeTo(80)]);
    expect(toolSize(test)).toBe(sizePx);
    test.tool('brush').editor.stepSizeAt(1, 0, 0);
    expect(toolSize(test)).toBeGreaterThan(sizePx);
  });

  it('is not held on to by the editors that are gone', () => {
    const listening = vi.spyOn(useCopying, 'subscribe');
    new TestEditor().blank(40, 30).tool('place');
    expect(listening).not.toHaveBeenCalled();
    listening.mockRestore();
  });

  it('leaves the mask, the other pane and keys that are not its own alone', () => {
    const test = start();
    expect(test.editor.marks).toHaveLength(5);
    expect([test.key('Enter'), test.key('Escape')]).toEqual([false, false]);
    const other = new TestEditor().blank(400, 300, 'keyframe:other').tool('place');
    other.stroke([
      [140, 80],
      [150, 90],
    ]);
    expect([other.editor.marks, other.key('ArrowLeft'), placement(), other.areaPx]).toEqual([[], false, unmoved, 0]);
  });
});
