import { expect, test } from '../electronApp.ts';
import { differingPixels, draftMask } from '../services/drafts.ts';
import { listItems } from '../services/items.ts';

type Share = readonly [x: number, y: number];

test('an outline in seconds: polygon with vertices that stay editable, lasso, magnetic edge', async ({ segmentedStore: store, openDesk }) => {
  const [item] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (item === undefined) throw new Error('the store has no masks');
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  await desk.ready();
  await desk.open(item.asset_id);
  const box = await desk.canvasBox();
  // Shares of the photo, which is fitted with a margin of 16.
  const scale = Math.min((box.width - 32) / item.width, (box.height - 32) / item.height);
  const at = ([x, y]: Share): [number, number] => [box.x + box.width / 2 + (x - 0.5) * item.width * scale, box.y + box.height / 2 + (y - 0.5) * item.height * scale];
  const click = async (place: Share): Promise<void> => {
    await page.mouse.move(...at(place));
    await page.mouse.click(...at(place));
  };
  const mask = async () => {
    await desk.draftSaved();
    return draftMask(store, item.asset_id);
  };
  const hint = page.locator('.status-hint');

  const lasso = async (places: readonly Share[]): Promise<void> => {
    await page.mouse.move(...at(places[0] as Share));
    await page.mouse.down();
    for (const place of places.slice(1)) await page.mouse.move(...at(place), { steps: 5 });
    await page.mouse.up();
  };

  // Something that stays: without any change no draft is kept.
  await desk.press('l');
  await lasso([[0.7, 0.75], [0.8, 0.75], [0.8, 0.85], [0.7, 0.85]]);
  const base = await mask();

  await test.step('a polygon shows its mask once it is closed, follows a dragged vertex, and is one step', async () => {
    await desk.press('p');
    await expect(hint).toContainText('first vertex');
    for (const place of [[0.1, 0.3], [0.3, 0.3], [0.3, 0.5], [0.1, 0.5]] as const) await click(place);
    await desk.press('Enter');
    await expect(hint).toContainText('Enter keeps the outline');
    await desk.dragInWindow(at([0.3, 0.5]), at([0.4, 0.6]));
    await desk.press('Control+z');
    await desk.press('Control+Shift+z');
    await desk.press('Enter');
    await expect(hint).toContainText('first vertex');
  });
  const first = await mask();

  await test.step('undo takes all of it, redo brings it back', async () => {
    await desk.press('Control+z');
    expect(differingPixels(await mask(), base)).toBe(0);
    expect(differingPixels(base, first)).toBeGreaterThan(1000);
    await desk.press('Control+Shift+z');
    expect(differingPixels(await mask(), first)).toBe(0);
  });

  await test.step('the lasso takes away with Alt', async () => {
    await desk.press('l');
    await page.keyboard.down('Alt');
    await lasso([[0.15, 0.35], [0.25, 0.35], [0.25, 0.45], [0.15, 0.45]]);
    await page.keyboard.up('Alt');
    expect(differingPixels(await mask(), first)).toBeGreaterThan(500);
    await desk.press('Control+z');
    expect(differingPixels(await mask(), first)).toBe(0);
  });

  await test.step('the magnetic edge follows the photo: its wire is longer than a line', async () => {
    await desk.press('Shift+M');
    await click([0.35, 0.3]);
    await expect(hint).toContainText('Move along the edge');
    for (const place of [[0.65, 0.3], [0.65, 0.7], [0.35, 0.7]] as const) {
      await click(place);
      await page.mouse.move(...at([place[0] - 0.02, place[1] - 0.01]));
      await expect(hint).toContainText('Move along the edge');
    }
    await desk.press('Enter');
    await expect(hint).toContainText('Enter keeps the outline');
    await desk.press('Escape');
    expect(differingPixels(await mask(), first)).toBe(0);
  });
});
