import { beforeEach, describe, expect, it } from 'vitest';
import { HistoryStore } from '../historyStore.ts';
import { TestEditor } from '../testEditor.ts';
import { GeometricPorts } from './testing/geometricDecoder.ts';

const [widthPx, heightPx] = [256, 256];

let ports: GeometricPorts;
let test: TestEditor;

const make = (histories = new HistoryStore()): TestEditor =>
  new TestEditor({ prompts: ports, histories }).view(512, 512).blank(widthPx, heightPx);

beforeEach(() => {
  ports = new GeometricPorts(widthPx, heightPx);
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
const steps = (): number => test.editor.status.getState().historyItems;

describe('an item that is left', () => {
  it('has its prompts again, with their undo', async () => {
    await click(60, 60);
    await click(120, 60);
    test.blank(widthPx, heightPx, 'product_image:b');
    expect(test.editor.prompts.state).toBeNull();
    test.blank(widthPx, heightPx);
    expect(points()).toHaveLength(2);
    test.pointerDown(120, 60).pointerMove(120, 120).pointerUp(120, 120);
    await settle();
    test.expectPixel(120, 120, 'inside').expectPixel(120, 60, 'outside').expectPixel(60, 60, 'inside');
    test.editor.undo();
    test.editor.undo();
    expect(points()).toEqual([[60, 60, 1]]);
  });

  it('before the answer came gets it when it is back', async () => {
    ports.decoder.isHeld = true;
    test.click(60, 60);
    await test.settled();
    test.blank(widthPx, heightPx, 'product_image:b');
    ports.decoder.isHeld = false;
    await test.settled();
    expect([test.areaPx, test.editor.prompts.status.getState().waiting]).toEqual([0, 0]);
    test.blank(widthPx, heightPx);
    await settle();
    test.expectPixel(60, 60, 'inside');
  });

  it('is apart from the other pane', async () => {
    const other = make(test.editor.histories).blank(widthPx, heightPx, 'keyframe:f').tool('point');
    await click(60, 60);
    expect(other.editor.prompts.state).toBeNull();
    other.click(100, 100);
    await other.editor.prompts.settled();
    expect([points().length, other.editor.prompts.state?.points.length]).toEqual([1, 1]);
  });
});

describe('prompts that were kept with a mask', () => {
  it('are opened again with what was painted after them', async () => {
    test.tool('brush', 20, 1).stroke([[200, 40], [220, 40]]).tool('point');
    test.keys({ shift: true });
    await click(60, 60);
    test.keys({});
    test.tool('brush', 6, 1).stroke([[180, 180], [200, 180]]);
    const { entry } = test.editor.prompts;
    if (entry?.answer == null) throw new Error('There is an answer');
    const { state, base, answer } = entry;
    const mask = test.editor.document?.state;
    if (mask === undefined) throw new Error('There is a mask');
    test = make().load({ tiles: mask, assetKey: 'product_image:a', revisionId: 'later' }).tool('point');
    const { begins: _, ...record } = { ...state, ...answer, candidate: answer.chosen, predictedIou: 0.9, baseMaskSha256: null };
    await test.editor.prompts.reopenKept(record, base);
    expect([points(), steps()]).toEqual([[[60, 60, 1]], 0]);
    test.pointerDown(60, 60).pointerMove(60, 120).pointerUp(60, 120);
    await settle();
    test.expectPixel(60, 60, 'outside').expectPixel(60, 120, 'inside').expectPixel(190, 180, 'inside').expectPixel(210, 40, 'inside');
  });
});
