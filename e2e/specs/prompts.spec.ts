import { expect, test } from '../electronApp.ts';
import { Prompts } from '../pages/prompts.ts';
import { differingPixels, draftMask } from '../services/drafts.ts';
import { listItems } from '../services/items.ts';
import { queryStore } from '../services/storeDatabase.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import type { PromptRecord } from '../../shared/domain/promptRecord.ts';

const inside = (mask: Bitmap): number => mask.data.reduce((count, value) => count + (value >>> 7), 0);

const pictures = process.env['MASKDESK_SHOTS'];

/** What the latest version of an item's mask was prompted with. */
const recordOf = (storeDir: string, assetId: string): PromptRecord | null => {
  const [row] = queryStore(storeDir, 'SELECT prompts FROM maskdesk_revisions WHERE asset_id = ? ORDER BY sequence DESC LIMIT 1', assetId);
  const prompts = row?.['prompts'];
  return typeof prompts === 'string' ? (JSON.parse(prompts) as PromptRecord) : null;
};

test('a whole correction with prompts: points, a drag, candidates, the brush, approve, and the prompts opened again', async ({ segmentedStore: store, openDesk }) => {
  test.setTimeout(90_000);
  const [item] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  if (item === undefined) throw new Error('the store has no masks');
  const { desk } = await openDesk({ storeDir: store });
  const { page } = desk;
  const prompts = new Prompts(desk);
  const shot = async (name: string): Promise<void> => {
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/${name}.png` });
  };
  const mask = async (): Promise<Bitmap> => {
    await desk.draftSaved();
    return draftMask(store, item.asset_id);
  };
  await desk.ready();
  await desk.open(item.asset_id);

  await test.step('a click is answered as soon as the picture is read', async () => {
    await desk.press('q');
    await prompts.click({ x: 0.5, y: 0.5 });
    await shot('1-preparing');
    await prompts.answered();
    expect(inside(await mask())).toBeGreaterThan(500);
    await shot('2-first');
  });
  const first = await mask();
  let painting: readonly number[] = [];
  let approved = first;

  await test.step('more points change the mask, undo takes one back with its handle', async () => {
    await prompts.click({ x: 0.5, y: 0.3 }, 'right');
    await desk.draftSaved();
    await expect.poll(async () => differingPixels(await mask(), first)).toBeGreaterThan(0);
    await shot('3-second');
    await desk.press('Control+z');
    await expect.poll(async () => differingPixels(await mask(), first)).toBe(0);
    await desk.press('Control+Shift+z');
    await expect.poll(async () => differingPixels(await mask(), first)).toBeGreaterThan(0);
  });

  await test.step('a point is dragged, and candidates are cycled', async () => {
    const before = await mask();
    await prompts.drag({ x: 0.5, y: 0.3 }, { x: 0.52, y: 0.36 });
    await prompts.answered();
    await expect.poll(async () => differingPixels(await mask(), before)).toBeGreaterThan(0);
    await expect(prompts.candidates.first()).toHaveAttribute('aria-pressed', 'true');
    await desk.press('c');
    await expect(prompts.candidates.nth(1)).toHaveAttribute('aria-pressed', 'true');
    await shot('4-candidate');
    await desk.press('Alt+Shift+C');
    await expect(prompts.candidates.first()).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('the brush goes over it, and stays when a point moves', async () => {
    const unpainted = await mask();
    await desk.press('b');
    await prompts.drag({ x: 0.1, y: 0.36 }, { x: 0.2, y: 0.36 });
    const painted = await mask();
    painting = [...painted.data.keys()].filter((at) => painted.data[at] === 255 && unpainted.data[at] === 0);
    expect(painting.length).toBeGreaterThan(100);
    await desk.press('q');
    await prompts.drag({ x: 0.5, y: 0.5 }, { x: 0.53, y: 0.52 });
    await prompts.answered();
    await expect.poll(async () => differingPixels(await mask(), painted)).toBeGreaterThan(0);
    await shot('5-brushed');
    approved = await mask();
  });

  await test.step('approved at once, with its prompts', async () => {
    await desk.press('Enter');
    await desk.movedOnFrom(item.asset_id);
    await expect.poll(() => recordOf(store, item.asset_id)).toMatchObject({ modelId: 'sam2-tiny', points: [{ label: 1 }, { label: 0 }], join: 'replace', fromMask: false });
  });

  await test.step('which are opened again and changed, the brush work still there', async () => {
    await desk.press('b');
    await desk.filter('Approved').click();
    await desk.open(item.asset_id);
    await page.getByRole('button', { name: 'Edit prompts' }).click();
    await prompts.answered();
    await shot('6-reopened');
    await expect(page.getByRole('button', { name: 'Edit prompts' })).toBeHidden();
    await prompts.click({ x: 0.45, y: 0.6 }, 'right');
    await expect(desk.draftMark(await desk.activeSide())).toBeVisible();
    await expect.poll(() => queryStore(store, 'SELECT 1 FROM maskdesk_drafts WHERE asset_id = ?', item.asset_id)).toHaveLength(1);
    const changed = await mask();
    expect(differingPixels(changed, approved)).toBeGreaterThan(0);
    expect(painting.filter((at) => changed.data[at] === 255)).toHaveLength(painting.length);
    const [draft] = queryStore(store, 'SELECT prompts FROM maskdesk_drafts WHERE asset_id = ?', item.asset_id);
    expect((JSON.parse(String(draft?.['prompts'])) as PromptRecord).points).toHaveLength(3);
  });
});
