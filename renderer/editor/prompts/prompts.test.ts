import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultToolOptions } from '../../stores/toolOptions.ts';
import { TestEditor } from '../testEditor.ts';
import { GeometricPorts } from './testing/geometricDecoder.ts';

const [widthPx, heightPx] = [256, 256];

let ports: GeometricPorts;
let failures: unknown[];
let test: TestEditor;

const make = (): TestEditor =>
  new TestEditor({ prompts: ports, onToolFailure: (error) => failures.push(error) }).view(512, 512).blank(widthPx, heightPx);

beforeEach(() => {
  ports = new GeometricPorts(widthPx, heightPx);
  failures = [];
  test = make().tool('point');
});

const settle = async (): Promise<void> => {
  await test.editor.prompts.settled();
};
const click = async (x: number, y: number): Promise<void> => {
  test.click(x, y);
  await settle();
};
const rightClick = async (x: number, y: number): Promise<void> => {
  test.pointerDown(x, y, { button: 2 }).pointerUp(x, y);
  await settle();
};
const points = (): readonly (readonly [number, number, number])[] =>
  (test.editor.prompts.state?.points ?? []).map(({ xImagePx, yImagePx, label }) => [Math.round(xImagePx), Math.round(yImagePx), label]);
const status = () => test.editor.prompts.status.getState();
const steps = (): number => test.editor.status.getState().historyItems;

describe('points', () => {
  it('put the best candidate into the mask, one step a click', async () => {
    await click(60, 60);
    test.expectPixel(60, 71, 'inside').expectPixel(60, 73, 'outside');
    expect(status()).toMatchObject({ phase: 'ready', isOpen: true, keepPoints: 1, predictedIous: [0.7, 0.9, 0.8], chosen: 1, waiting: 0, backend: 'native' });
    await click(120, 60);
    test.expectPixel(60, 60, 'inside').expectPixel(120, 60, 'inside');
    await rightClick(120, 66);
    test.expectPixel(120, 66, 'outside').expectPixel(60, 60, 'inside');
    expect(points()).toEqual([[60, 60, 1], [120, 60, 1], [120, 66, 0]]);
    expect(steps()).toBe(3);
    expect(ports.prepared).toBe(1);
  });

  it('are left out with Alt as well', async () => {
    await click(60, 60);
    test.keys({ alt: true });
    await click(72, 60);
    expect(points()).toEqual([[60, 60, 1], [72, 60, 0]]);
  });

  it('are dragged, and the mask follows: as a preview in the hand, as one step when it lets go', async () => {
    await click(60, 60);
    test.pointerDown(61, 61).pointerMove(90, 90);
    await test.settled();
    expect(test.editor.preview.current).not.toBeNull();
    test.expectPixel(60, 60, 'inside');
    expect(steps()).toBe(1);
    test.pointerMove(140, 140).pointerUp(140, 140);
    await settle();
    expect(points()).toEqual([[140, 140, 1]]);
    test.expectPixel(140, 140, 'inside').expectPixel(60, 60, 'outside');
    expect([steps(), test.editor.preview.current]).toEqual([2, null]);
  });

  it('are pictured by the candidate to show as soon as it is there, the mask waits for the whole answer', async () => {
    ports.decoder.areOthersHeld = true;
    test.click(60, 60);
    await vi.waitFor(() => expect(test.editor.preview.current).not.toBeNull());
    const early = test.editor.preview.current;
    const shown: unknown[] = [];
    test.editor.preview.subscribe(() => shown.push(test.editor.preview.current));
    expect([steps(), status().waiting]).toEqual([0, 1]);
    ports.decoder.areOthersHeld = false;
    await settle();
    test.expectPixel(60, 71, 'inside');
    // Not drawn twice.
    expect(shown).toEqual([null]);
    expect(early?.candidate.predictedIou).toBe(0.9);
  });

  it('that are dragged go back with Esc', async () => {
    await click(60, 60);
    test.pointerDown(60, 60).pointerMove(90, 90);
    await test.settled();
    expect(test.editor.cancel()).toBe(true);
    expect(points()).toEqual([[60, 60, 1]]);
    expect([steps(), test.editor.preview.current]).toEqual([1, null]);
  });

  it('are removed by Delete, Alt and the right button on them', async () => {
    await click(60, 60);
    await click(120, 60);
    await click(180, 60);
    test.hover(120, 60);
    expect(test.key('Delete')).toBe(true);
    await settle();
    expect(points()).toEqual([[60, 60, 1], [180, 60, 1]]);
    test.expectPixel(120, 60, 'outside');
    await rightClick(181, 60);
    expect(points()).toEqual([[60, 60, 1]]);
    test.hover(60, 60);
    test.key('Delete');
    await settle();
    // Nothing is prompted any more: the mask from before.
    expect([test.areaPx, test.editor.prompts.state]).toEqual([0, null]);
    test.editor.undo();
    expect(points()).toEqual([[60, 60, 1]]);
  });

  it('beside the picture are none', async () => {
    await click(-20, 60);
    expect(test.editor.prompts.state).toBeNull();
  });

  it('to leave out come first only where there is a mask, and continue from it', async () => {
    await rightClick(60, 60);
    expect(test.editor.prompts.state).toBeNull();
    test.tool('brush', 40, 1).stroke([[60, 60], [200, 60]]).tool('point');
    await rightClick(100, 60);
    expect(test.editor.prompts.state?.fromMask).toBe(true);
    test.expectPixel(100, 60, 'outside').expectPixel(180, 60, 'inside').expectPixel(180, 200, 'outside');
  });
});

describe('answers', () => {
  const asked = (): readonly (readonly [number, boolean])[] => ports.decoder.answered.map(({ points: these, mask }) => [these.length, mask !== null]);

  it('continue from the one before: a click is one ask, and so is each move of the last point', async () => {
    await click(60, 60);
    await click(120, 60);
    await click(180, 60);
    expect(asked()).toEqual([[1, false], [2, true], [3, true]]);
    test.pointerDown(180, 60).pointerMove(180, 120);
    await test.settled();
    test.pointerUp(180, 120);
    await settle();
    expect(asked().slice(3)).toEqual([[3, true]]);
  });

  it('shown while an earlier point is in the hand are those that land', async () => {
    await click(60, 60);
    await click(120, 60);
    await click(180, 60);
    test.pointerDown(60, 60).pointerMove(60, 140);
    await test.settled();
    expect(asked().slice(3)).toEqual([[1, false], [2, true], [3, true]]);
    const shown = test.editor.preview.current?.candidate;
    test.pointerUp(60, 140);
    await settle();
    expect(asked()).toHaveLength(6);
    test.editor.prompts.cycle(1);
    test.editor.prompts.cycle(-1);
    await settle();
    expect(shown).toBeDefined();
    test.expectPixel(60, 140, 'inside').expectPixel(60, 60, 'outside').expectPixel(120, 60, 'inside');
    expect(asked()).toHaveLength(6);
  });

  it('of a point less are known where its clicks are not long ago', async () => {
    await click(60, 60);
    await click(120, 60);
    test.hover(120, 60);
    const before = asked().length;
    test.key('Delete');
    await settle();
    test.expectPixel(120, 60, 'outside').expectPixel(60, 60, 'inside');
    expect(asked()).toHaveLength(before);
  });
});

describe('undo', () => {
  it('takes prompts and handles back together, and redo brings both', async () => {
    await click(60, 60);
    await click(120, 60);
    test.editor.undo();
    expect(points()).toEqual([[60, 60, 1]]);
    test.expectPixel(120, 60, 'outside').expectPixel(60, 60, 'inside');
    test.editor.undo();
    expect([points(), test.areaPx]).toEqual([[], 0]);
    test.editor.redo();
    expect(points()).toEqual([[60, 60, 1]]);
    test.editor.redo();
    expect(points()).toEqual([[60, 60, 1], [120, 60, 1]]);
    test.expectPixel(120, 60, 'inside');
  });

  it('then another click goes on from there', async () => {
    await click(60, 60);
    await click(120, 60);
    test.editor.undo();
    await click(60, 120);
    expect(points()).toEqual([[60, 60, 1], [60, 120, 1]]);
    test.expectPixel(120, 60, 'outside');
    expect(test.editor.redo()).toBe(false);
  });

  it('takes a click back that is not answered yet', async () => {
    await click(60, 60);
    ports.decoder.isHeld = true;
    test.click(120, 60);
    expect(points()).toHaveLength(2);
    test.editor.undo();
    expect(points()).toEqual([[60, 60, 1]]);
    ports.decoder.isHeld = false;
    await settle();
    await test.settled();
    test.expectPixel(60, 60, 'inside').expectPixel(120, 60, 'outside');
    test.editor.redo();
    await settle();
    test.expectPixel(120, 60, 'inside');
  });
});

describe('painting after a prompt', () => {
  it('stays when the prompts change', async () => {
    await click(60, 60);
    test.tool('brush', 6, 1).stroke([[180, 180], [200, 180]]);
    test.tool('eraser', 6, 1).stroke([[60, 60], [64, 60]]);
    test.tool('point');
    expect(points()).toEqual([[60, 60, 1]]);
    await click(120, 60);
    test.expectPixel(190, 180, 'inside').expectPixel(62, 60, 'outside').expectPixel(120, 60, 'inside').expectPixel(60, 68, 'inside');
    test.pointerDown(120, 60).pointerMove(120, 120).pointerUp(120, 120);
    await settle();
    test.expectPixel(190, 180, 'inside').expectPixel(62, 60, 'outside').expectPixel(120, 60, 'outside').expectPixel(120, 120, 'inside');
  });

  it('while an answer is on its way is kept, and the answer waits for the stroke', async () => {
    ports.decoder.isHeld = true;
    test.click(60, 60).tool('brush', 6, 1).pointerDown(180, 180).pointerMove(190, 180);
    ports.decoder.isHeld = false;
    await test.settled();
    test.expectPixel(60, 60, 'outside').pointerMove(200, 180).pointerUp(200, 180);
    await settle();
    test.expectPixel(60, 60, 'inside').expectPixel(195, 180, 'inside');
    expect(steps()).toBe(2);
  });
});

describe('boxes', () => {
  it('are dragged, stay, and have edges and corners to drag', async () => {
    test.tool('box').stroke([[40, 40], [70, 60], [100, 90]]);
    await settle();
    test.expectPixel(70, 70, 'inside').expectPixel(30, 70, 'outside');
    expect(status().hasBox).toBe(true);
    test.stroke([[100, 65], [120, 65], [150, 60]]);
    await settle();
    expect(test.editor.prompts.state?.box).toEqual({ x0ImagePx: 40, y0ImagePx: 40, x1ImagePx: 150, y1ImagePx: 90 });
    test.expectPixel(140, 70, 'inside');
    // Over its opposite corner: it turns round.
    test.stroke([[40, 40], [160, 100], [170, 120]]);
    await settle();
    expect(test.editor.prompts.state?.box).toEqual({ x0ImagePx: 150, y0ImagePx: 90, x1ImagePx: 170, y1ImagePx: 120 });
    expect(steps()).toBe(3);
    test.key('Delete');
    await settle();
    expect([test.editor.prompts.state, test.areaPx]).toEqual([null, 0]);
  });

  it('continue from the mask that is there where that is wanted', async () => {
    test.tool('brush', 20, 1).stroke([[200, 200], [210, 200]]);
    test.tool('box');
    test.editor.toolSettings.setState({ options: { ...defaultToolOptions, point: { ...defaultToolOptions.point, fromMask: true } } });
    expect(test.editor.status.getState().hint).toContain('goes on from the mask');
    test.stroke([[40, 40], [100, 90]]);
    await settle();
    expect(ports.decoder.answered.at(-1)?.mask).not.toBeNull();
    test.expectPixel(205, 200, 'inside').expectPixel(70, 70, 'inside');
  });

  it('take points of the same prompt', async () => {
    test.tool('box').stroke([[40, 40], [100, 90]]);
    await settle();
    test.tool('point');
    await rightClick(70, 60);
    expect(test.editor.prompts.state).toMatchObject({ box: { x0ImagePx: 40 }, points: [{ label: 0 }] });
    test.expectPixel(70, 60, 'outside').expectPixel(45, 80, 'inside');
  });

  it('of a click are none, and what is beyond the picture is cut off', async () => {
    test.tool('box').click(50, 50);
    await settle();
    expect(test.editor.prompts.state).toBeNull();
    test.stroke([[200, 200], [300, 300]]);
    await settle();
    expect(test.editor.prompts.state?.box).toEqual({ x0ImagePx: 200, y0ImagePx: 200, x1ImagePx: 256, y1ImagePx: 256 });
  });
});

describe('candidates', () => {
  it('are cycled by what the model thinks of them, each a step', async () => {
    await click(60, 60);
    const areas = [test.areaPx];
    for (let press = 0; press < 3; press++) {
      expect(test.editor.prompts.cycle(1)).toBe(true);
      await settle();
      areas.push(test.areaPx);
    }
    const [best, second, third, again] = areas as [number, number, number, number];
    expect(second).toBeGreaterThan(best);
    expect(third).toBeLessThan(best);
    expect(again).toBe(best);
    expect(ports.decoder.answered).toHaveLength(1);
    test.editor.prompts.cycle(-1);
    await settle();
    expect([test.areaPx, status().chosen]).toEqual([third, 0]);
    test.editor.undo();
    expect([test.areaPx, status().chosen]).toEqual([best, 1]);
  });

  it('are the best one again after another click', async () => {
    await click(60, 60);
    test.editor.prompts.cycle(1);
    await settle();
    await click(120, 60);
    expect(status().chosen).toBe(1);
  });
});

describe('joins', () => {
  it('put the answer into what was there', async () => {
    test.tool('brush', 40, 1).stroke([[40, 60], [200, 60]]).tool('point');
    const painted = test.areaPx;
    await click(60, 90);
    test.expectPixel(150, 60, 'outside').expectPixel(60, 90, 'inside');
    test.editor.prompts.setJoin('add');
    await settle();
    test.expectPixel(150, 60, 'inside').expectPixel(60, 95, 'inside');
    test.editor.prompts.setJoin('subtract');
    await settle();
    test.expectPixel(60, 79, 'outside').expectPixel(60, 95, 'outside').expectPixel(150, 60, 'inside');
    expect(test.areaPx).toBeLessThan(painted);
    test.editor.prompts.setJoin('intersect');
    await settle();
    test.expectPixel(60, 79, 'inside').expectPixel(60, 95, 'outside').expectPixel(150, 60, 'outside');
    expect(ports.decoder.answered).toHaveLength(1);
  });

  it('with Shift begin another object beside the first', async () => {
    await click(60, 60);
    test.keys({ shift: true });
    await click(180, 180);
    test.keys({});
    expect(points()).toEqual([[180, 180, 1]]);
    test.expectPixel(60, 60, 'inside').expectPixel(180, 180, 'inside');
    test.keys({ shift: true, alt: true });
    await click(60, 68);
    test.expectPixel(60, 68, 'outside').expectPixel(60, 50, 'inside').expectPixel(180, 180, 'inside');
    test.editor.undo();
    expect(points()).toEqual([[180, 180, 1]]);
    test.editor.undo();
    expect(points()).toEqual([[60, 60, 1]]);
  });
});

describe('another mask in place of what the prompts gave', () => {
  it('has no prompts; undo brings them back', async () => {
    await click(60, 60);
    test.editor.replaceMask({ blank: { widthPx, heightPx } });
    expect([test.editor.prompts.state, test.editor.prompts.entry?.answer, test.editor.prompts.reopen()]).toEqual([null, null, false]);
    test.editor.undo();
    expect([points(), test.editor.prompts.entry?.answer?.chosen]).toEqual([[[60, 60, 1]], 1]);
    test.editor.redo();
    expect(test.editor.prompts.state).toBeNull();
  });
});

describe('Esc', () => {
  it('puts the handles away and leaves the mask; the next click is another object', async () => {
    await click(60, 60);
    expect(test.editor.cancel()).toBe(true);
    expect([points(), test.editor.prompts.entry?.answer?.chosen]).toEqual([[], 1]);
    test.expectPixel(60, 60, 'inside');
    expect(test.editor.cancel()).toBe(false);
    expect(test.editor.prompts.reopen()).toBe(true);
    expect(points()).toEqual([[60, 60, 1]]);
    test.editor.cancel();
    await click(150, 60);
    expect(points()).toEqual([[150, 60, 1]]);
    test.editor.undo();
    expect(test.editor.prompts.entry?.state.points).toHaveLength(1);
  });
});
