import { expect, test } from '../electronApp.ts';
import type { DeskPage, SideName } from '../pages/deskPage.ts';
import { listItems } from '../services/items.ts';
import { countPixels, type Colour } from '../services/pixelsOnScreen.ts';

/** Stripes of the difference, and the line of the onion skin (renderer/canvas). */
const added: Colour = [0x2f, 0x9b, 0xe0];
const removed: Colour = [0xe6, 0x6a, 0x1f];

const other = (side: SideName): SideName => (side === 'left' ? 'right' : 'left');
const zoomOf = async (desk: DeskPage, side: SideName): Promise<number> => Number.parseInt((await desk.pane(side).getByTestId(`zoom-${side}`).textContent()) ?? '', 10);
const picture = async (desk: DeskPage): Promise<Buffer> => {
  const box = await desk.canvasBox();
  return desk.page.screenshot({ clip: { x: box.x, y: box.y, width: box.width, height: box.height - 60 } });
};
const shows = (desk: DeskPage, colour: Colour) => expect.poll(async () => countPixels(await picture(desk), colour));

test('the pictures are seen well: views, difference, onion skin, linked zoom, loupe, one alone', async ({ segmentedStore: store, openDesk }) => {
  const keyframes = await listItems(store, '--state', 'to_review', '--kind', 'keyframes');
  const keyframe = keyframes[1];
  if (keyframe === undefined) throw new Error('the store has too few masks');
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await desk.ready();
  await desk.open(keyframe.asset_id);
  const side = await desk.activeSide();
  const notes = page.getByTestId(`notes-${side}`);

  await test.step('the key goes through all views; one without what it needs says so', async () => {
    for (const name of ['Outline', 'Cutout', 'Cutout', 'Cutout', 'Mask', 'Matte']) {
      await desk.press('v');
      await expect.poll(() => desk.currentView()).toBe(name);
    }
    await expect(notes).toContainText('No matte was kept');
    await desk.press('v');
    await expect(notes).toContainText('nothing to compare with');
    await desk.press('v');
    await desk.press('v');
    await expect.poll(() => desk.currentView()).toBe('Overlay');
    await desk.showView('Cutout');
    await desk.showView('Cutout');
    await page.getByRole('button', { name: 'On black' }).click();
    await shows(desk, [0, 0, 0]).toBeGreaterThan(2000);
    await desk.showView('Overlay');
  });

  await test.step('what was painted and erased since is hatched in two colours', async () => {
    await desk.press('b');
    await desk.drag({ x: 0.3, y: 0.5 }, { x: 0.7, y: 0.5 });
    await desk.press('e');
    await desk.drag({ x: 0.5, y: 0.2 }, { x: 0.5, y: 0.8 });
    await desk.press('b');
    await desk.showView('Diff');
    await expect(notes).toContainText('since the version before');
    const counts = async (): Promise<number> => {
      const png = await picture(desk);
      return (await countPixels(png, added, 12)) + (await countPixels(png, removed, 12));
    };
    await expect.poll(counts).toBeGreaterThan(60);
    await page.screenshot({ path: test.info().outputPath('difference.png') });
    await desk.press('Control+z');
    await desk.press('Control+z');
    await expect.poll(counts).toBeLessThan(20);
    await desk.showView('Overlay');
  });

  await test.step('the mask of the picture before lies over it as a line', async () => {
    await desk.press('o');
    await expect(notes).toContainText(/Before: |No mask before/);
    await desk.press('o');
    await expect(notes).toContainText(/After: |No mask after/);
    await page.screenshot({ path: test.info().outputPath('onion.png') });
    await desk.press('o');
    await expect(notes).toBeEmpty();
  });

  await test.step('linked, both zoom; not linked, one', async () => {
    await desk.press('f');
    await desk.press('Shift+L');
    await expect(page.getByTestId('link')).toHaveAttribute('aria-pressed', 'true');
    const before = [await zoomOf(desk, side), await zoomOf(desk, other(side))] as const;
    await desk.press('+');
    await desk.press('+');
    await expect.poll(() => zoomOf(desk, other(side))).toBeGreaterThan(before[1]);
    expect((await zoomOf(desk, other(side))) / before[1]).toBeCloseTo((await zoomOf(desk, side)) / before[0], 1);
    await page.screenshot({ path: test.info().outputPath('linked.png') });
  });

  await test.step('the loupe shows the place in both, for as long as its key is held', async () => {
    const box = await desk.canvasBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.keyboard.down('z');
    await page.mouse.move(box.x + box.width / 2 + 20, box.y + box.height / 2);
    await expect(desk.pane('left').getByTestId('loupe')).toBeVisible();
    await expect(desk.pane('right').getByTestId('loupe')).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('loupe.png') });
    await page.keyboard.up('z');
    await expect(desk.pane('left').getByTestId('loupe')).toBeHidden();
    await desk.press('Shift+L');
    const left = await zoomOf(desk, other(side));
    await desk.press('+');
    await expect.poll(() => zoomOf(desk, side)).toBeGreaterThan(left);
    expect(await zoomOf(desk, other(side))).toBe(left);
  });

  await test.step('zoom stays when moving on, and back; fitted stays fitted', async () => {
    const zoom = await zoomOf(desk, side);
    await desk.press('Control+ArrowRight');
    await desk.movedOnFrom(keyframe.asset_id);
    expect(await zoomOf(desk, side)).toBe(zoom);
    await desk.press('Control+ArrowLeft');
    await expect(desk.activePane).toHaveAttribute('data-asset-id', keyframe.asset_id);
    await desk.ready();
    expect(await zoomOf(desk, side)).toBe(zoom);
    await desk.press('f');
  });

  await test.step('what it is compared with is chosen from a list, or gone through by keys', async () => {
    const beside = desk.pane(other(side));
    const first = await beside.getAttribute('data-asset-id');
    const picker = page.getByRole('dialog', { name: 'Choose what to compare with' });
    await desk.press('Control+p');
    await expect(picker.getByRole('textbox')).toBeFocused();
    await expect(picker.getByRole('button', { name: /guess/ }).first()).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('pair.png') });
    await picker.getByRole('textbox').fill('no such thing');
    await expect(picker).toContainText('Nothing by that name');
    await desk.press('Escape');
    await expect(picker).toBeHidden();
    await desk.press('Alt+ArrowRight');
    await expect(beside).not.toHaveAttribute('data-asset-id', String(first));
    await expect(desk.activePane).toHaveAttribute('data-asset-id', keyframe.asset_id);
    await desk.press('Alt+ArrowLeft');
    await expect(beside).toHaveAttribute('data-asset-id', String(first));
  });

  await test.step('one picture has the desk for itself', async () => {
    const half = (await desk.canvasBox()).width;
    await desk.press('s');
    await expect(desk.pane(other(side))).toBeHidden();
    expect((await desk.canvasBox()).width).toBeGreaterThan(half * 1.8);
    await page.screenshot({ path: test.info().outputPath('single.png') });
    await desk.press('Tab');
    await expect(desk.pane(other(side))).toBeVisible();
    await expect(desk.pane(side)).toBeHidden();
    await desk.press('Tab');
    await desk.press('s');
    await expect(desk.pane(other(side))).toBeVisible();
  });

  await test.step('the line between the pictures is moved by drag and by arrows', async () => {
    const width = async (): Promise<number> => (await desk.pane('left').boundingBox())?.width ?? 0;
    const before = await width();
    const line = await page.getByTestId('splitter').boundingBox();
    if (line === null) throw new Error('there is no line');
    const at = [line.x + line.width / 2, line.y + line.height / 2] as const;
    await desk.dragInWindow(at, [at[0] - 100, at[1]]);
    await expect.poll(width).toBeLessThan(before - 90);
    await page.getByTestId('splitter').focus();
    await desk.press('Home');
    await expect.poll(async () => Math.abs((await width()) - before)).toBeLessThan(2);
  });
});
