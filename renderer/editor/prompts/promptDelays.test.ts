import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ExpectedError } from '../../../shared/errors/errors.ts';
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
const points = (): readonly (readonly [number, number, number])[] =>
  (test.editor.prompts.state?.points ?? []).map(({ xImagePx, yImagePx, label }) => [Math.round(xImagePx), Math.round(yImagePx), label]);
const status = () => test.editor.prompts.status.getState();
const steps = (): number => test.editor.status.getState().historyItems;

describe('a photo that is not prepared yet', () => {
  it('is read while clicks wait, each a step of its own', async () => {
    ports.isHeld = true;
    test.click(60, 60).click(120, 60);
    await test.settled();
    expect(status()).toMatchObject({ phase: 'preparing', doing: 'Reading the picture', waiting: 2, keepPoints: 2 });
    expect(test.editor.status.getState().hint).toContain('being read');
    ports.isHeld = false;
    await settle();
    test.expectPixel(60, 60, 'inside').expectPixel(120, 60, 'inside');
    expect(steps()).toBe(2);
  });

  it('is given up with Esc', async () => {
    ports.isHeld = true;
    test.click(60, 60);
    await test.settled();
    expect(test.editor.cancel()).toBe(true);
    ports.isHeld = false;
    await test.settled();
    expect(status()).toMatchObject({ phase: 'idle', isOpen: false, waiting: 0 });
    expect(test.areaPx).toBe(0);
  });

  it('for want of the model says so and answers the clicks once it is there', async () => {
    ports.failure = new ExpectedError('model_missing', 'SAM 2 tiny is not on this machine.');
    test.click(60, 60);
    await settle();
    expect(status()).toMatchObject({ phase: 'missing', problem: 'SAM 2 tiny is not on this machine.', waiting: 1 });
    expect(test.editor.prompts.isAnswering).toBe(false);
    ports.failure = null;
    test.editor.prompts.prepare();
    await test.settled();
    await settle();
    test.expectPixel(60, 60, 'inside');
    expect(status().phase).toBe('ready');
  });
});

describe('the decoder', () => {
  it('that has lost the photo is given it again', async () => {
    await click(60, 60);
    ports.decoder.failure = new ExpectedError('not_found', 'Nothing of that key is held.');
    await click(120, 60);
    test.expectPixel(120, 60, 'inside');
    expect([ports.prepared, failures]).toEqual([2, []]);
  });

  it('that fails leaves the prompts as they were, and says so', async () => {
    await click(60, 60);
    ports.decoder.failure = new ExpectedError('inference_failed', 'The decoder failed.');
    await click(120, 60);
    expect(points()).toEqual([[60, 60, 1]]);
    expect(failures).toMatchObject([{ code: 'inference_failed' }]);
    await click(120, 60);
    test.expectPixel(120, 60, 'inside');
  });
});

describe('the line of what a click would do', () => {
  const outline = () => test.editor.marks.filter((mark) => mark.kind === 'path').flatMap((mark) => mark.points);

  it('is drawn where the pointer rests, while answers are quick', async () => {
    test.editor.prompts.prepare();
    await test.settled();
    test.hover(60, 60);
    await vi.waitFor(() => expect(outline().length).toBeGreaterThan(20));
    for (const { xImagePx, yImagePx } of outline()) expect(Math.abs(Math.hypot(xImagePx - 60, yImagePx - 60) - 12)).toBeLessThan(0.6);
    expect(steps()).toBe(0);
    test.editor.pointerLeave();
    expect(test.editor.marks).toEqual([]);
  });

  it('has asked for what a click at that place takes', async () => {
    test.editor.prompts.prepare();
    await test.settled();
    test.hover(60, 60);
    await vi.waitFor(() => expect(outline()).not.toEqual([]));
    await click(60, 60);
    test.expectPixel(60, 71, 'inside').hover(120, 60);
    // In the middle of its answer.
    ports.decoder.isHeld = true;
    await vi.waitFor(() => expect(ports.decoder.asked).toBe(2));
    test.click(120, 60);
    ports.decoder.isHeld = false;
    await settle();
    test.expectPixel(60, 60, 'inside').expectPixel(120, 60, 'inside');
    test.keys({ alt: true }).hover(120, 75);
    await vi.waitFor(() => expect(outline()).not.toEqual([]));
    await click(120, 75);
    test.expectPixel(120, 75, 'outside');
    expect([ports.decoder.asked, ports.decoder.answered.length]).toEqual([3, 3]);
  });

  it('is not asked for under a pointer that moves: a click elsewhere is asked first', async () => {
    test.editor.prompts.prepare();
    await test.settled();
    test.hover(60, 60).hover(70, 60).hover(80, 60);
    await click(120, 60);
    expect(ports.decoder.answered.map((prompt) => Math.round(prompt.points[0]?.xImagePx ?? -1))).toEqual([120]);
  });

  it('is not asked for when they are slow', async () => {
    ports.decoder.decodeMs = 200;
    await click(60, 60);
    await click(120, 60);
    const asked = ports.decoder.answered.length;
    test.hover(200, 200);
    await test.settled();
    expect(ports.decoder.answered).toHaveLength(asked);
  });
});
