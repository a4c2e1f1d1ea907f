import type { CDPSession } from '@playwright/test';
import { expect, test } from '../electronApp.ts';
import type { DeskPage } from '../pages/deskPage.ts';
import { differingPixels, draftMask } from '../services/drafts.ts';
import { listItems } from '../services/items.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';

interface Opened {
  readonly desk: DeskPage;
  readonly cdp: CDPSession;
  /** A place in the window, by shares of the canvas. */
  readonly at: (x: number, y: number) => { readonly x: number; readonly y: number };
  /** What is kept once everything done so far is. */
  readonly mask: () => Promise<Bitmap>;
}

const inside = (mask: Bitmap): number => mask.data.reduce((count, value) => count + (value >>> 7), 0);

test('every way to paint and to look: right drag, Alt, Shift, pen, wheel, touchpad, two fingers', async ({ segmentedStore: store, openDesk }) => {
  const [item] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (item === undefined) throw new Error('the store has no masks');
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await desk.ready();
  await desk.open(item.asset_id);
  await desk.press('b');
  const box = await desk.canvasBox();
  const cdp = await page.context().newCDPSession(page);
  const opened: Opened = {
    desk,
    cdp,
    at: (x, y) => ({ x: box.x + x * box.width, y: box.y + y * box.height }),
    mask: async () => {
      await desk.draftSaved();
      return draftMask(store, item.asset_id);
    },
  };
  await paints(opened);
  await paintsWithAPen(opened);
  await moves(opened);
});

const paints = async ({ desk, at, mask }: Opened): Promise<void> => {
  const { page } = desk;
  const drag = async (y: number, button: 'left' | 'right'): Promise<void> => {
    await page.mouse.move(at(0.3, y).x, at(0.3, y).y);
    await page.mouse.down({ button });
    await page.mouse.move(at(0.7, y).x, at(0.7, y).y, { steps: 4 });
    await page.mouse.up({ button });
  };
  // Something that stays: without any change no draft is kept.
  await drag(0.4, 'left');
  await test.step('the left button adds, the right one and Alt take away', async () => {
    await drag(0.34, 'left');
    const added = inside(await mask());
    await drag(0.34, 'right');
    const erased = inside(await mask());
    expect(added - erased).toBeGreaterThan(1000);
    await drag(0.34, 'left');
    await mask();
    await page.keyboard.down('Alt');
    await expect(page.locator('.deskCanvas-ring-erases').first()).toBeVisible();
    await drag(0.34, 'left');
    await page.keyboard.up('Alt');
    expect(inside(await mask())).toBe(erased);
  });
  await test.step('Shift shows the line and a click draws it', async () => {
    await page.mouse.click(at(0.3, 0.34).x, at(0.3, 0.34).y);
    const before = await mask();
    await page.keyboard.down('Shift');
    await page.mouse.move(at(0.7, 0.33).x, at(0.7, 0.33).y);
    await expect(page.locator('.deskCanvas-line').first()).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('straight-line.png') });
    await page.mouse.click(at(0.7, 0.33).x, at(0.7, 0.33).y);
    await page.keyboard.up('Shift');
    await expect(page.locator('.deskCanvas-line').first()).toBeHidden();
    expect(inside(await mask()) - inside(before)).toBeGreaterThan(1000);
  });
};

const paintsWithAPen = async ({ desk, cdp, at, mask }: Opened): Promise<void> => {
  const stroke = async (y: number, force: number): Promise<void> => {
    const event = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', x: number) =>
      cdp.send('Input.dispatchMouseEvent', { type, ...at(x, y), button: 'left', buttons: type === 'mouseReleased' ? 0 : 1, clickCount: 1, pointerType: 'pen', force });
    await event('mousePressed', 0.35);
    await event('mouseMoved', 0.5);
    await event('mouseMoved', 0.65);
    await event('mouseReleased', 0.65);
  };
  /** Pixels that a stroke and its undo differ in. */
  const costOf = async (force: number): Promise<number> => {
    await stroke(0.65, force);
    const painted = await mask();
    await desk.press('Control+z');
    return differingPixels(painted, await mask());
  };
  await test.step('a pen paints as wide as it is pressed, unless pressure is off', async () => {
    const light = await costOf(0.2);
    const firm = await costOf(1);
    expect(firm).toBeGreaterThan(2 * light);
    await desk.page.getByRole('switch', { name: 'Pen pressure sets the size' }).click();
    expect(await costOf(0.2)).toBe(firm);
  });
};

const moves = async ({ desk, cdp, at }: Opened): Promise<void> => {
  const { page } = desk;
  const zoom = async (): Promise<number> => Number.parseInt((await desk.activePane.getByTestId(/^zoom-/).textContent()) ?? '', 10);
  const size = page.getByRole('slider', { name: 'Size' });
  const centre = at(0.5, 0.4);
  const wheel = (deltaX: number, deltaY: number, modifiers = 0) => cdp.send('Input.dispatchMouseEvent', { type: 'mouseWheel', ...centre, deltaX, deltaY, modifiers });
  await test.step('a mouse’s wheel zooms, with Alt it sizes the brush', async () => {
    const before = await zoom();
    await wheel(0, -120);
    await expect.poll(zoom).toBeGreaterThan(before);
    const shown = await size.getAttribute('aria-valuetext');
    await wheel(0, -120, 1);
    await expect(size).not.toHaveAttribute('aria-valuetext', shown ?? '');
  });
  await test.step('on a touchpad a pinch zooms and two fingers pan', async () => {
    const before = await zoom();
    await wheel(0, -8, 2);
    await expect.poll(zoom).toBeGreaterThan(before);
    const zoomed = await zoom();
    await wheel(7, 13);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect(await zoom()).toBe(zoomed);
  });
  await test.step('on a touch screen two fingers zoom and paint nothing', async () => {
    const before = await zoom();
    await desk.draftSaved();
    const undo = page.getByRole('button', { name: /^Redo/ });
    const wasRedo = await undo.isEnabled();
    const fingers = (spread: number) => [
      { x: centre.x - spread, y: centre.y, id: 0 },
      { x: centre.x + spread, y: centre.y, id: 1 },
    ];
    const first = fingers(30)[0];
    if (first === undefined) throw new Error('no finger');
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [first] });
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(30) });
    for (const spread of [40, 55, 70]) await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(spread) });
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(zoom).toBeGreaterThan(before);
    // A stroke would have ended what could be redone.
    expect(await undo.isEnabled()).toBe(wasRedo);
  });
};
