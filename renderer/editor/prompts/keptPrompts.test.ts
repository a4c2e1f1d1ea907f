import { beforeEach, describe, expect, it } from 'vitest';
import { promptRecordSchema } from '../../../shared/contracts/rpc/promptRecord.ts';
import { asId } from '../../../shared/domain/ids.ts';
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

  /** What was asked for an answer, and by that what the answer is. */
  const askedFor = (from: number) => ports.decoder.answered.slice(from).map(({ points: these, box, mask }) => ({ these, box, logits: mask?.logits ?? null }));

  const recordOfMask = () => {
    const { entry } = test.editor.prompts;
    if (entry?.answer == null) throw new Error('There is an answer');
    const { begins: _, ...state } = entry.state;
    return { record: { ...state, ...entry.answer, candidate: entry.answer.chosen, predictedIou: 0.9, baseMaskSha256: null }, base: entry.base };
  };

  const openedAgain = async (record: ReturnType<typeof recordOfMask>['record'], base: ReturnType<typeof recordOfMask>['base']) => {
    const mask = test.editor.document?.state;
    if (mask === undefined) throw new Error('There is a mask');
    const { specks } = ports.decoder;
    ports = new GeometricPorts(widthPx, heightPx);
    ports.decoder.specks = specks;
    test = make().load({ tiles: mask, assetKey: 'product_image:a', revisionId: 'later' }).tool('point');
    return test.editor.prompts.reopenKept(record, base);
  };

  it('are answered to the bit as when they were clicked, whatever was chosen, taken back and done again on the way', async () => {
    await click(60, 60);
    test.editor.prompts.cycle(1);
    await settle();
    await click(120, 60);
    test.editor.undo();
    await click(120, 120);
    await click(180, 60);
    test.hover(120, 120);
    test.key('Delete');
    await settle();
    const asked = askedFor(0);
    const last = asked.at(-1);
    const { record, base } = recordOfMask();
    expect(record.chain).toBe('points');
    expect(await openedAgain(record, base)).toEqual({ hasSameWeights: true });
    const replayed = askedFor(0);
    expect(replayed.map(({ these }) => these.length)).toEqual([1, 2]);
    expect(replayed.at(-1)).toEqual(last);
    expect(test.editor.prompts.entry?.given).toEqual(test.editor.document?.state);
  });

  it('of before there were chains are answered all at once', async () => {
    await click(60, 60);
    await click(120, 60);
    const { record, base } = recordOfMask();
    await openedAgain({ ...record, chain: 'none' }, base);
    expect(askedFor(0)).toMatchObject([{ these: [{}, {}], logits: null }]);
  });

  it('of before answers were cleaned are not cleaned now, and others are once more', async () => {
    ports.decoder.specks = [[20, 20], [200, 30]];
    await click(60, 60);
    test.expectPixel(20, 20, 'outside').expectPixel(60, 60, 'inside');
    expect(test.editor.prompts.setCleanCells(0)).toBe(true);
    await settle();
    test.expectPixel(20, 20, 'inside').expectPixel(200, 30, 'inside');
    const raw = recordOfMask();
    expect(promptRecordSchema.safeParse({ ...raw.record, cleanCells: undefined }).data?.cleanCells).toBe(0);
    await openedAgain({ ...raw.record, cleanCells: 0 }, raw.base);
    expect(test.editor.prompts.entry?.given).toEqual(test.editor.document?.state);
    test.editor.prompts.setCleanCells(16);
    await settle();
    test.expectPixel(20, 20, 'outside');
    const cleaned = recordOfMask();
    expect(cleaned.record.cleanCells).toBe(16);
    await openedAgain(cleaned.record, cleaned.base);
    expect(test.editor.prompts.entry?.given).toEqual(test.editor.document?.state);
  });

  it('with other weights say so, and leave the mask as it is', async () => {
    await click(60, 60);
    const { record, base } = recordOfMask();
    const area = test.areaPx;
    expect(await openedAgain({ ...record, decoderSha256: asId('f'.repeat(64)) }, base)).toEqual({ hasSameWeights: false });
    expect([points(), test.areaPx, test.editor.prompts.entry?.given === test.editor.document?.state]).toEqual([[[60, 60, 1]], area, true]);
  });
});
