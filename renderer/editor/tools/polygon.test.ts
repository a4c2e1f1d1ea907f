import { describe, expect, it, test } from 'vitest';
import { fillPolygon } from '../../../shared/mask/fillPolygon.ts';
import { areaPx, sameBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { subtract, unite } from '../../../shared/mask/compositing.ts';
import { withOptions } from '../../stores/toolSettings.ts';
import { TestEditor } from '../testEditor.ts';

const [widthPx, heightPx] = [320, 240];
const square: readonly (readonly [number, number])[] = [[40, 40], [140, 40], [140, 120], [40, 120]];
const filled = (...places: readonly (readonly [number, number])[]): Bitmap => fillPolygon([places.flat()], widthPx, heightPx);
const squareMask = filled(...square);

const inHand = (): TestEditor => new TestEditor().blank(widthPx, heightPx).tool('polygon');
const placed = (test: TestEditor = inHand(), places = square): TestEditor => {
  for (const place of places) test.click(...place);
  return test;
};
const closed = (test?: TestEditor): TestEditor => {
  const drawn = placed(test);
  drawn.key('Enter');
  return drawn;
};
const items = (test: TestEditor): number => test.editor.status.getState().historyItems;
const shows = (test: TestEditor, mask: Bitmap): void => expect(sameBitmap(shown(test), mask)).toBe(true);
/** As the pane shows it: reading the mask through the editor would accept what is proposed. */
const shown = (test: TestEditor): Bitmap => test.editor.document?.toBitmap() as Bitmap;
const handles = (test: TestEditor): readonly unknown[] => test.editor.marks.filter(({ kind }) => kind === 'handle');
const option = (test: TestEditor, change: Parameters<typeof withOptions<'polygon'>>[2]): void => test.editor.toolSettings.setState((settings) => withOptions(settings, 'polygon', change));

describe('placing vertices', () => {
  it('changes nothing until the outline is closed; then the mask shows it, and Enter makes one step of it', () => {
    const test = placed();
    expect(areaPx(shown(test))).toBe(0);
    expect(test.key('Enter')).toBe(true);
    shows(test, squareMask);
    expect(items(test)).toBe(0);
    expect(test.key('Enter')).toBe(true);
    expect(items(test)).toBe(1);
    shows(test, squareMask);
    expect(test.editor.marks).toEqual([]);
    expect(test.key('Enter')).toBe(false);
    test.editor.undo();
    expect(areaPx(shown(test))).toBe(0);
    test.editor.redo();
    shows(test, squareMask);
  });

  it('closes by a click on the first vertex and by a double click', () => {
    shows(placed().click(41, 41), squareMask);
    const last = square.at(-1) as readonly [number, number];
    shows(placed(inHand(), square.slice(0, -1)).doubleClick(...last), squareMask);
  });

  it('does not close with two vertices, and Enter does not approve meanwhile', () => {
    const test = placed(inHand(), square.slice(0, 2));
    expect(test.key('Enter')).toBe(true);
    expect(test.click(40, 40).editor.isProposing).toBe(false);
  });

  it('keeps to eighths of a turn with Shift', () => {
    const test = inHand().click(40, 40).keys({ shift: true }).click(140, 44).click(136, 120).keys({}).click(40, 120);
    test.key('Enter');
    shows(test, squareMask);
  });

  it('takes the last vertex back by Backspace and by undo, and places it again by redo', () => {
    const test = placed(inHand(), [...square, [300, 200]]);
    test.key('Backspace');
    test.click(200, 10).editor.undo();
    test.editor.undo();
    test.editor.redo();
    test.key('Enter');
    shows(test, squareMask);
  });

  it('is taken back whole by Escape', () => {
    const test = placed();
    expect(test.key('Escape')).toBe(true);
    expect(test.editor.marks).toEqual([]);
    expect(test.key('Escape')).toBe(false);
  });

  it('draws by hand where it is dragged', () => {
    const test = inHand().click(40, 40).click(140, 40);
    test.stroke([[140, 120], [120, 122], [100, 119], [70, 121], [40, 120]]);
    test.key('Enter');
    const expected = filled([40, 40], [140, 40], [140, 120], [120, 122], [100, 119], [70, 121], [40, 120]);
    expect(areaPx(subtract(shown(test), expected)) + areaPx(subtract(expected, shown(test)))).toBeLessThan(areaPx(expected) * 0.01);
    // The whole of the line by hand is one step.
    test.editor.undo();
    test.editor.undo();
    expect(handles(test)).toHaveLength(2);
  });

  it('takes away with Alt and with the right button; joins as the options say', () => {
    const base = placed();
    base.key('Enter');
    base.key('Enter');
    const inner = [[60, 60], [100, 60], [100, 100], [60, 100]] as const;
    placed(base.keys({ alt: true }), inner).keys({});
    base.key('Enter');
    shows(base, subtract(squareMask, filled(...inner)));
    base.key('Escape');
    shows(base, squareMask);
    base.pointerDown(60, 60, { button: 2 }).pointerUp(60, 60);
    placed(base, inner.slice(1));
    base.key('Enter');
    shows(base, subtract(squareMask, filled(...inner)));
    base.key('Escape');
    const half = [[90, 20], [200, 20], [200, 200], [90, 200]] as const;
    placed(base, half);
    base.key('Enter');
    shows(base, unite(squareMask, filled(...half)));
    option(base, { join: 'intersect' });
    shows(base, filled([90, 40], [140, 40], [140, 120], [90, 120]));
    option(base, { join: 'replace' });
    base.key('Enter');
    shows(base, filled(...half));
    expect(items(base)).toBe(2);
  });
});

describe('a closed outline', () => {
  it('follows a dragged vertex, each drag a step of its own, all of it one item of history', () => {
    const test = closed();
    const moved = filled([40, 40], [180, 20], [140, 120], [40, 120]);
    test.pointerDown(140, 40).pointerMove(160, 30).pointerMove(180, 20);
    shows(test, moved);
    test.pointerUp(180, 20);
    test.stroke([[40, 120], [20, 200]]);
    test.editor.undo();
    shows(test, moved);
    test.editor.undo();
    shows(test, squareMask);
    test.editor.redo();
    shows(test, moved);
    test.key('Enter');
    expect(items(test)).toBe(1);
    test.editor.undo();
    expect(areaPx(shown(test))).toBe(0);
  });

  it('opens again when its closing is undone, and is gone when everything is', () => {
    const test = closed();
    test.editor.undo();
    expect(areaPx(shown(test))).toBe(0);
    expect(handles(test)).toHaveLength(4);
    for (let step = 0; step < 4; step++) test.editor.undo();
    expect(test.editor.marks).toEqual([]);
    expect(test.editor.undo()).toBe(false);
    for (let step = 0; step < 5; step++) test.editor.redo();
    shows(test, squareMask);
  });

  it('takes a dragged vertex back by Escape in the middle of the drag, the whole outline by the next', () => {
    const test = closed();
    test.pointerDown(140, 40).pointerMove(200, 20).editor.cancel();
    shows(test, squareMask);
    test.pointerUp(200, 20);
    expect(test.editor.cancel()).toBe(true);
    expect(areaPx(shown(test))).toBe(0);
    expect(items(test)).toBe(0);
  });

  it('gains a vertex in the middle of a side, and loses one by Alt+click or Delete, down to three', () => {
    const test = closed().hover(90, 42);
    test.stroke([[90, 40], [90, 10]]);
    const five = filled([40, 40], [90, 10], [140, 40], [140, 120], [40, 120]);
    shows(test, five);
    test.keys({ alt: true }).click(90, 10).keys({});
    shows(test, squareMask);
    test.click(140, 120);
    expect(test.key('Delete')).toBe(true);
    shows(test, filled([40, 40], [140, 40], [40, 120]));
    test.click(140, 40);
    test.key('Delete');
    shows(test, filled([40, 40], [140, 40], [40, 120]));
  });

  it('nudges the chosen vertex by the arrow keys, ten pixels with Shift; without one they are not its', () => {
    const test = closed();
    expect(test.key('ArrowRight')).toBe(false);
    test.click(140, 40);
    expect(test.key('ArrowRight')).toBe(true);
    test.keys({ shift: true }).key('ArrowUp');
    shows(test, filled([40, 40], [141, 30], [140, 120], [40, 120]));
  });

  it('counts when another tool is taken, another outline is begun, or the item is left; an open one does not', () => {
    const other = closed();
    other.tool('brush');
    expect(items(other)).toBe(1);
    const another = closed().click(250, 200);
    expect(items(another)).toBe(1);
    expect(handles(another)).toHaveLength(1);
    another.tool('brush');
    expect(items(another)).toBe(1);
    const left = closed().blank(widthPx, heightPx, 'product_image:b');
    expect(left.editor.marks).toEqual([]);
    expect(areaPx(shown(left))).toBe(0);
    left.blank(widthPx, heightPx);
    shows(left, squareMask);
    left.editor.undo();
    expect(areaPx(shown(left))).toBe(0);
  });

  it('ends when somebody reads the mask, as a save does', () => {
    const test = closed();
    test.editor.toRle();
    expect(items(test)).toBe(1);
    expect(test.editor.marks).toEqual([]);
    test.editor.undo();
    expect(areaPx(shown(test))).toBe(0);
  });
});

describe('an outline that is not closed', () => {
  const five: readonly (readonly [number, number])[] = [[40, 40], [140, 40], [140, 120], [90, 150], [40, 120]];

  it.each(['polygon', 'magnetic'] as const)('of the tool %s is there again with its tool, every step of it can be undone', (toolId) => {
    const test = placed(new TestEditor().blank(widthPx, heightPx).tool(toolId), square);
    const before = handles(test).length;
    test.tool('brush', 20, 1);
    expect(test.editor.marks).toEqual([]);
    test.click(250, 200).tool(toolId);
    expect(handles(test)).toHaveLength(before);
    test.editor.undo();
    expect(test.isInside(250, 200)).toBe(true);
    if (toolId === 'polygon') expect(handles(test)).toHaveLength(3);
  });

  it('joins the mask as it is when it is closed', () => {
    const test = placed().tool('brush', 20, 1).click(250, 200).tool('polygon');
    test.key('Enter');
    expect(test.isInside(250, 200) && test.isInside(60, 60)).toBe(true);
    test.key('Enter');
    test.editor.undo();
    expect([test.isInside(250, 200), test.isInside(60, 60)]).toEqual([true, false]);
  });

  it('is not taken back by undo while another tool is in hand', () => {
    const test = placed().tool('brush', 20, 1).click(250, 200);
    test.editor.undo();
    expect(test.isInside(250, 200)).toBe(false);
    test.tool('polygon');
    expect(handles(test)).toHaveLength(4);
  });

  it('stays with its item, whatever is begun on others, and is named there', () => {
    const test = placed(inHand(), five).blank(widthPx, heightPx, 'product_image:b');
    expect(test.editor.histories.unfinished.get('product_image:a')).toEqual({ waitingClicks: 0, openOutlines: ['polygon'] });
    expect(test.editor.marks).toEqual([]);
    expect(test.editor.undo()).toBe(false);
    placed(test, [[10, 10], [20, 10]]);
    test.editor.histories.setLimit(0);
    test.tool('brush').blank(widthPx, heightPx).tool('polygon');
    expect(handles(test)).toHaveLength(5);
    expect(test.editor.unfinished).toEqual({ waitingClicks: 0, openOutlines: ['polygon'] });
    expect(test.editor.undo()).toBe(true);
    expect(handles(test)).toHaveLength(4);
    test.editor.redo();
    test.key('Enter');
    shows(test, filled(...five));
  });

  it('comes back with another revision of its item as well', () => {
    const test = placed(inHand(), five).blank(widthPx, heightPx, 'product_image:b');
    test.blank(widthPx, heightPx, 'product_image:a', 'revision:2');
    expect(handles(test)).toHaveLength(5);
  });

  it('stays where the edit of its item is discarded, and brings nothing of that back', () => {
    const test = placed().tool('brush', 20, 1).click(250, 200);
    test.editor.forget('product_image:a');
    test.blank(widthPx, heightPx);
    expect(test.areaPx).toBe(0);
    test.tool('polygon');
    expect(handles(test)).toHaveLength(4);
  });

  it('is dropped by Esc, and only by it', () => {
    const test = placed();
    expect(test.editor.cancel()).toBe(true);
    test.blank(widthPx, heightPx, 'product_image:b');
    expect(test.editor.histories.unfinished.size).toBe(0);
  });
});

test('an outline beside the photo says that it has no effect', () => {
  const said: string[] = [];
  const test = new TestEditor({ onToolNote: (message) => said.push(message) }).blank(200, 100).tool('polygon');
  test.click(300, 10).click(340, 10).click(340, 60).key('Enter');
  expect(test.editor.status.getState().hint).toMatch(/^Nothing of the outline is on the photo/);
  test.key('Enter');
  expect(said).toEqual(['Nothing of the outline is on the photo.']);
  expect(test.editor.isDirty).toBe(false);
  test.click(150, 10).click(340, 10).click(340, 60).key('Enter');
  test.key('Enter');
  expect(said).toHaveLength(1);
  expect(test.editor.isDirty).toBe(true);
});

describe('a piece of the mask', () => {
  const withHole = subtract(squareMask, filled([80, 60], [100, 60], [100, 80], [80, 80]));
  const loaded = (): TestEditor => new TestEditor().load({ bitmap: unite(withHole, filled([200, 200], [210, 200], [210, 210], [200, 210])), assetKey: 'product_image:a', revisionId: null }).tool('polygon');

  it('is edited by its outline after a double click; its hole and the other pieces stay', async () => {
    const test = await loaded().doubleClick(60, 100).settled();
    expect(handles(test)).toHaveLength(4);
    test.stroke([[140, 120], [180, 160]]);
    const reshaped = filled([40, 40], [140, 40], [180, 160], [40, 120]);
    shows(test, unite(subtract(reshaped, filled([80, 60], [100, 60], [100, 80], [80, 80])), filled([200, 200], [210, 200], [210, 210], [200, 210])));
    test.key('Enter');
    expect(items(test)).toBe(1);
  });

  it('is given up by Esc, by undo and by the next press', async () => {
    for (const stop of [(test: TestEditor) => test.key('Escape'), (test: TestEditor) => test.editor.undo(), (test: TestEditor) => test.click(20, 20)]) {
      const test = loaded().doubleClick(60, 100);
      expect(test.editor.cursor.kind).toBe('progress');
      stop(test);
      await test.settled();
      expect(test.editor.isProposing).toBe(false);
      expect(items(test)).toBe(0);
    }
  });

  it('is not there where there is no mask', async () => {
    const test = await loaded().doubleClick(90, 70).settled();
    expect(handles(test)).toHaveLength(1);
    expect(test.editor.isProposing).toBe(false);
  });

  it('follows another tolerance as long as its vertices are as they came', async () => {
    const disc: Bitmap = { widthPx, heightPx, data: Uint8Array.from({ length: widthPx * heightPx }, (_, at) => (Math.hypot((at % widthPx) - 150, Math.floor(at / widthPx) - 120) < 90 ? 255 : 0)) };
    const test = new TestEditor().load({ bitmap: disc, assetKey: 'product_image:a', revisionId: null }).tool('polygon');
    await test.doubleClick(150, 120).settled();
    const fine = handles(test).length;
    option(test, { tolerancePx: 20 });
    const coarse = handles(test).length;
    expect(coarse).toBeLessThan(fine / 2);
    test.stroke([[150, 120], [150, 120]]);
    expect(items(test)).toBe(1);
  });
});

it('stays in sight while Space is held to move the picture', () => {
  const test = placed();
  const before = test.editor.marks.length;
  test.editor.holdHand(true);
  test.stroke([[100, 100], [120, 110]]);
  expect(handles(test)).toHaveLength(4);
  test.editor.holdHand(false);
  expect(test.editor.marks.length).toBeGreaterThanOrEqual(before - 1);
  test.key('Enter');
  shows(test, squareMask);
});

it('says what a click does', () => {
  const test = inHand();
  const hint = (): string => test.editor.status.getState().hint;
  test.hover(10, 10);
  expect(hint()).toContain('places the first vertex');
  placed(test).hover(41, 41);
  expect(hint()).toContain('closes');
  test.click(41, 41).hover(140, 40);
  expect(hint()).toContain('Drag moves this vertex');
  test.keys({ alt: true });
  expect(hint()).toContain('removes');
});
