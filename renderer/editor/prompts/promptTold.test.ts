import { beforeEach, describe, expect, it } from 'vitest';
import { TestEditor } from '../testEditor.ts';
import { GeometricPorts } from './testing/geometricDecoder.ts';

/** What panels are told of prompts, beside what they give. */
let ports: GeometricPorts;
let test: TestEditor;

beforeEach(() => {
  ports = new GeometricPorts(256, 256);
  test = new TestEditor({ prompts: ports }).view(512, 512).blank(256, 256).tool('point');
});

const click = async (x: number, y: number): Promise<void> => {
  test.click(x, y);
  await test.editor.prompts.settled();
};
const status = () => test.editor.prompts.status.getState();

describe('the phase', () => {
  it('is answering from the click on until the mask has the answer', async () => {
    await click(60, 60);
    expect(status()).toMatchObject({ phase: 'ready', ignoredPoints: [0, 0, 0] });
    ports.decoder.isHeld = true;
    test.click(120, 60);
    expect(status()).toMatchObject({ phase: 'answering', waiting: 1, predictedIous: [0.7, 0.9, 0.8] });
    ports.decoder.isHeld = false;
    await test.editor.prompts.settled();
    test.expectPixel(120, 60, 'inside');
    expect(status()).toMatchObject({ phase: 'ready', waiting: 0 });
  });

  it('is preparing as long as the photo is read, whatever waits', async () => {
    ports.isHeld = true;
    test.click(60, 60);
    await Promise.resolve();
    expect(status()).toMatchObject({ phase: 'preparing', waiting: 1 });
    ports.isHeld = false;
    await test.editor.prompts.settled();
    expect(status().phase).toBe('ready');
  });
});

describe('that a mask was replaced', () => {
  const painted = (): void => void test.tool('brush', 40, 1).stroke([[20, 200], [200, 200]]).tool('point');

  it('is told of the first object alone, for as long as its prompts are in hand', async () => {
    painted();
    await click(60, 60);
    expect(status().replacesMask).toBe(true);
    await click(80, 60);
    expect(status().replacesMask).toBe(true);
    test.editor.undo();
    test.editor.undo();
    expect(status().replacesMask).toBe(false);
    test.expectPixel(100, 200, 'inside');
    test.editor.redo();
    expect(status().replacesMask).toBe(true);
    test.editor.cancel();
    expect(status().replacesMask).toBe(false);
    await click(120, 120);
    expect(status().replacesMask).toBe(false);
  });

  it('is not told where there was none, nor where the answer joins it otherwise', async () => {
    await click(60, 60);
    expect(status().replacesMask).toBe(false);
    test.editor.cancel();
    painted();
    await click(60, 60);
    expect(status().replacesMask).toBe(true);
    test.editor.prompts.setJoin('add');
    await test.editor.prompts.settled();
    expect(status().replacesMask).toBe(false);
    test.expectPixel(100, 200, 'inside').expectPixel(60, 60, 'inside');
  });
});
