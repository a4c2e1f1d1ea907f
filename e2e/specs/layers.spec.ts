import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { areaPx, sameBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import { combineParts } from '../../shared/mask/combineParts.ts';
import { grow } from '../../shared/mask/morphology.ts';
import { expect, test } from '../electronApp.ts';
import { draftMask } from '../services/drafts.ts';
import { headMaskPath, itemOf } from '../services/items.ts';
import { readMaskFile } from '../services/maskFile.ts';
import { makePatternStore, type PicturePart } from '../services/patternStore.ts';
import { inTheme } from '../pages/theme.ts';

const size = { widthPx: 400, heightPx: 300 };

const rectangle = (left: number, top: number, right: number, bottom: number): Bitmap => {
  const data = new Uint8Array(size.widthPx * size.heightPx);
  for (let y = top; y < bottom; y++) data.fill(255, y * size.widthPx + left, y * size.widthPx + right);
  return { ...size, data };
};

/** A product, and a hand over its right side. */
const product = rectangle(60, 60, 300, 240);
const hand = rectangle(240, 100, 380, 200);
const joined = (isPeopleOn: boolean, people = hand): Bitmap =>
  combineParts(
    [
      { operation: 'add', mask: product, isOn: true },
      { operation: 'subtract', mask: people, isOn: isPeopleOn },
    ],
    size,
  );
const parts: readonly PicturePart[] = [
  { role: 'foreground', operation: 'add', isApplied: true, note: null, mask: product },
  { role: 'people', operation: 'subtract', isApplied: true, note: null, mask: hand },
];
const tooLittleSkin = 'Too little skin to be a person.';

const changedPixels = (a: Bitmap, b: Bitmap): number => a.data.reduce((count, value, at) => count + (value === b.data[at] ? 0 : 1), 0);

test('the parts of a recipe’s mask are layers: seen, left out, grown, joined in another way, approved', async ({ workFolder, openDesk }) => {
  const store = await makePatternStore(workFolder, [
    { name: 'held', mask: joined(true), parts },
    { name: 'mannequin', mask: joined(false), parts: parts.map((part) => (part.role === 'people' ? { ...part, isApplied: false, note: tooLittleSkin } : part)) },
    { name: 'plain', mask: rectangle(100, 80, 200, 200) },
  ]);
  const { desk, app } = await openDesk({ storeDir: store });
  const { page } = desk;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await desk.ready();
  const ids = new Map<string, string>();
  for (const row of await desk.rows.all()) {
    const id = await row.getAttribute('data-asset-id');
    for (const name of ['held', 'mannequin', 'plain']) if (id?.includes(name) === true) ids.set(name, id);
  }
  const idOf = (name: string): string => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`${name} is not in the queue`);
    return id;
  };
  const layers = page.getByRole('region', { name: 'Layers' });
  const layer = (role: 'foreground' | 'people'): Locator => layers.locator(`[data-testid="layer"][data-role="${role}"]`);
  const counts = (role: 'foreground' | 'people'): Locator => layer(role).getByRole('switch');
  const panel = layers.getByTestId('change-panel');
  const draft = (): Bitmap => draftMask(store, idOf('held'));

  await test.step('one model’s mask has none; what a recipe left out says why', async () => {
    await desk.open(idOf('plain'));
    await expect(layers).toHaveCount(0);
    await desk.open(idOf('mannequin'));
    await expect(layer('people')).toContainText(tooLittleSkin);
    await expect(counts('people')).not.toBeChecked();
    await expect(counts('foreground')).toBeChecked();
  });

  const sizeTo = (width: number, height: number): Promise<void> => app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), [width, height] as const);

  await test.step('eyes show them on the picture', async () => {
    await desk.open(idOf('held'));
    await expect(layer('foreground')).toContainText('36.0 %');
    const picture = page.getByTestId('pane-left').getByRole('img').first();
    const before = await picture.screenshot();
    await desk.press('Alt+l');
    await expect(layer('people').getByRole('button', { name: 'Hide People' })).toBeVisible();
    await expect.poll(async () => before.equals(await picture.screenshot())).toBe(false);
    for (const [colorScheme, width, height] of [['dark', 1280, 720], ['light', 1280, 720], ['dark', 2560, 1440], ['light', 2560, 1440]] as const) {
      await sizeTo(width, height);
      await inTheme(page, colorScheme);
      await page.screenshot({ path: test.info().outputPath(`seen-${colorScheme}-${width}.png`), animations: 'disabled' });
    }
    await inTheme(page, 'dark');
    await sizeTo(1280, 720);
    await desk.press('Alt+l');
    await expect(layer('people').getByRole('button', { name: 'Show People' })).toBeVisible();
  });

  await test.step('left out: shown at once, taken back by Esc, one step by Enter', async () => {
    await desk.press('Alt+p');
    await expect(counts('people')).not.toBeChecked();
    await expect(panel).toContainText(`+${(areaPx(joined(false)) - areaPx(joined(true))).toLocaleString('en')}`);
    await expect(panel).not.toContainText('painted');
    await desk.press('Escape');
    await expect(panel).toBeHidden();
    await expect(counts('people')).toBeChecked();
    await counts('people').click();
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    await desk.press('Enter');
    await expect(panel).toBeHidden();
    await desk.draftSaved();
    expect(sameBitmap(draft(), joined(false))).toBe(true);
    await desk.press('Control+z');
    await expect(counts('people')).toBeChecked();
    await desk.press('Control+Shift+z');
    await expect(counts('people')).not.toBeChecked();
  });

  await test.step('what was painted stays, or goes when that is asked for', async () => {
    const before = draft();
    await desk.press('b');
    await desk.drag({ x: 0.25, y: 0.31 }, { x: 0.35, y: 0.31 });
    await expect.poll(() => changedPixels(draft(), before)).toBeGreaterThan(100);
    const painted = draft();
    const strokePx = changedPixels(painted, before);
    await counts('people').click();
    await expect(panel).toContainText(`${strokePx.toLocaleString('en')} px were changed by hand; they stay`);
    const faults = await new AxeBuilder({ page }).setLegacyMode(true).include('[aria-label="Inspector"]').analyze();
    expect(faults.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('painted.png') });
    await inTheme(page, 'light');
    await page.screenshot({ path: test.info().outputPath('painted-light.png') });
    await inTheme(page, 'dark');
    await desk.press('Enter');
    await expect(panel).toBeHidden();
    await expect.poll(() => changedPixels(draft(), joined(true))).toBe(strokePx);
    await counts('people').click();
    await panel.getByRole('switch', { name: 'Keep what was painted' }).click();
    await expect(panel).toContainText('are replaced. Undo brings them back.');
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    await desk.press('Enter');
    await expect(panel).toBeHidden();
    await expect.poll(() => changedPixels(draft(), joined(false))).toBe(0);
    await desk.press('Control+z');
    await desk.press('Control+z');
    await expect.poll(() => sameBitmap(draft(), painted)).toBe(true);
    await desk.press('Control+z');
    await expect.poll(() => sameBitmap(draft(), joined(false))).toBe(true);
  });

  await test.step('grown before it is taken away, joined otherwise, and back as the recipe has it', async () => {
    await expect(counts('people')).not.toBeChecked();
    await counts('people').click();
    const slider = layer('people').getByRole('slider');
    await slider.focus();
    for (let press = 0; press < 4; press++) await slider.press('ArrowRight');
    await expect(slider).toHaveAttribute('aria-valuetext', '+4 px');
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    await page.screenshot({ path: test.info().outputPath('grown.png') });
    await panel.getByRole('button', { name: 'Apply' }).click();
    await expect(panel).toBeHidden();
    await expect.poll(() => changedPixels(draft(), joined(true, grow(hand, 4)))).toBe(0);
    await desk.press('Alt+l');
    await page.screenshot({ path: test.info().outputPath('grownSeen.png') });
    await desk.press('Alt+l');
    await layer('people').getByRole('combobox').click();
    await page.getByRole('option', { name: 'Keeps the overlap' }).click();
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    await layer('people').getByRole('button', { name: 'People earlier' }).click();
    await expect(layer('people')).toContainText('changes nothing here');
    await desk.press('Alt+Shift+L');
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    await desk.press('Enter');
    await expect(panel).toBeHidden();
    await expect(layers.getByRole('button', { name: /As the recipe/ })).toHaveCount(0);
  });

  await test.step('approved as any edit: a person’s version, whose layers are those it was made from', async () => {
    await desk.press('Alt+p');
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    await desk.press('Enter');
    await expect(panel).toBeHidden();
    await desk.approveButton.click();
    await desk.movedOnFrom(idOf('held'));
    await expect.poll(async () => (await itemOf(store, idOf('held'))).state).toBe('approved');
    const stored = await readMaskFile(headMaskPath(store, await itemOf(store, idOf('held'))));
    expect(Buffer.from(stored.bytes).equals(Buffer.from(joined(false).data))).toBe(true);
    await desk.press('Alt+ArrowLeft');
  });
});
