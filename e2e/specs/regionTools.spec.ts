import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from '../electronApp.ts';
import { runCli } from '../services/cli.ts';
import { draftMask } from '../services/drafts.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';

const [widthPx, heightPx, radiusPx] = [1200, 900, 250];
/** A blue disc on grey, exactly in the middle: at fit it is in the middle of the canvas. */
const writeDisc = async (path: string): Promise<void> => {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}"><rect width="100%" height="100%" fill="#b8b4ae"/><circle cx="${widthPx / 2}" cy="${heightPx / 2}" r="${radiusPx}" fill="#2459a8"/></svg>`;
  await sharp(Buffer.from(picture)).png().toFile(path);
};
const isInDisc = (at: number, margin: number): boolean => Math.hypot((at % widthPx) + 0.5 - widthPx / 2, Math.floor(at / widthPx) + 0.5 - heightPx / 2) <= radiusPx + margin;
const count = ({ data }: Bitmap, counts: (at: number) => boolean = () => true): number => data.reduce((sum, value, at) => sum + (value === 255 && counts(at) ? 1 : 0), 0);
const discPx = Math.PI * radiusPx ** 2;

test('a disc is taken with the wand, its hole filled, what is beside it dropped, and painted with a brush that keeps to it', async ({ workFolder, openDesk }) => {
  const photos = join(workFolder, 'photos');
  const store = join(workFolder, 'store');
  await mkdir(photos, { recursive: true });
  await writeDisc(join(photos, 'disc.png'));
  await runCli('init', '--store', store);
  await runCli('import', photos, '--kind', 'products', '--store', store);
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await page.getByRole('button', { name: /^No mask/ }).first().click();
  await desk.open('disc');
  const box = await desk.canvasBox();
  const moveTo = (x: number, y: number): Promise<void> => page.mouse.move(box.x + x * box.width, box.y + y * box.height);
  const click = async (x: number, y: number): Promise<void> => {
    await moveTo(x, y);
    await page.mouse.down();
    await page.mouse.up();
  };
  const hint = page.locator('.status-hint');
  const mask = async (): Promise<Bitmap> => {
    await desk.draftSaved();
    return draftMask(store, 'disc');
  };
  const canUndo = page.getByRole('button', { name: /^Undo/ });
  let disc = 0;

  await test.step('the wand takes the disc, as one step', async () => {
    await desk.press('g');
    await click(0.5, 0.5);
    await expect(hint).toHaveText(/^Wand: /);
    await expect(canUndo).toBeEnabled();
    const taken = await mask();
    disc = count(taken);
    expect(Math.abs(disc - discPx)).toBeLessThan(discPx * 0.01);
    expect(count(taken, (at) => !isInDisc(at, 2))).toBe(0);
  });

  await test.step('a hole that was erased is shown, named and filled', async () => {
    await desk.press('e');
    await click(0.5, 0.5);
    const erased = count(await mask());
    expect(erased).toBeLessThan(disc);
    await desk.press('u');
    await moveTo(0.5, 0.501);
    await expect(hint).toHaveText(`A click fills this hole: ${(disc - erased).toLocaleString('en')} px, the only one`);
    await page.screenshot({ path: test.info().outputPath('fill-hole.png') });
    await click(0.5, 0.5);
    await expect(hint).toHaveText(/^Fill hole: click in a hole/);
    expect(count(await mask())).toBe(disc);
  });

  await test.step('pieces beside it go with a click or a drag, and come back', async () => {
    await desk.press('b');
    await click(0.42, 0.33);
    await click(0.58, 0.33);
    const three = count(await mask());
    await desk.press('Shift+U');
    await moveTo(0.42, 0.33);
    await expect(hint).toHaveText(/^A click drops this piece: .* in 3 pieces$/);
    await click(0.42, 0.33);
    await expect(hint).not.toHaveText(/3 pieces$/);
    expect(count(await mask())).toBeLessThan(three);
    await desk.press('Control+z');
    expect(count(await mask())).toBe(three);
    await desk.press('Shift+E');
    await moveTo(0.4, 0.33);
    await page.mouse.down();
    await moveTo(0.6, 0.33);
    await expect(hint).toHaveText(/^Takes 2 pieces: /);
    await page.screenshot({ path: test.info().outputPath('erase-pieces.png') });
    await page.mouse.up();
    await expect(hint).toHaveText(/^Erase pieces: /);
    expect(count(await mask())).toBe(disc);
    await desk.press('Control+z');
    await desk.press('j');
    await moveTo(0.5, 0.5);
    await expect(hint).toHaveText(/drops 2 others/);
    await click(0.5, 0.5);
    await expect(hint).toHaveText(/^This is the only piece/);
    expect(count(await mask())).toBe(disc);
  });

  await test.step('a brush that snaps keeps to the disc', async () => {
    await desk.press('g');
    await page.keyboard.down('Alt');
    await click(0.5, 0.5);
    await page.keyboard.up('Alt');
    await desk.press('b');
    await desk.press('Shift+B');
    await moveTo(0.5, 0.5);
    await expect(hint).toHaveText(/stops at edges/);
    await expect(page.getByRole('switch', { name: 'Snap to edges' })).toBeChecked();
    // From the middle to the disc's rim: a plain brush of this size would reach far beyond.
    const rim = await page.evaluate(() => document.querySelector('[data-testid="zoom-left"]')?.textContent ?? '');
    for (let step = 0; step < 12; step++) await desk.press(']');
    await page.mouse.down();
    const scale = (Number.parseFloat(rim) || 100) / 100;
    await page.mouse.move(box.x + box.width / 2 + radiusPx * scale * 0.9, box.y + box.height / 2, { steps: 6 });
    await page.screenshot({ path: test.info().outputPath('snap-brush.png') });
    await page.mouse.up();
    const painted = await mask();
    expect(count(painted)).toBeGreaterThan(5000);
    expect(count(painted, (at) => !isInDisc(at, 2))).toBe(0);
  });
});
