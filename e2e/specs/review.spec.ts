import { readFile, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from '../electronApp.ts';
import { headMaskPath, itemOf, listItems } from '../services/items.ts';
import { maskArea, readMaskFile, type MaskPixels } from '../services/maskFile.ts';
import { readEvents } from '../services/packagedApp.ts';
import { placeOnPhoto } from '../services/placeOnPhoto.ts';
import { hasDraft, maskedLocalPath, queryStore } from '../services/storeDatabase.ts';
import { compareWithStrokes, type Stroke } from '../services/strokes.ts';
import type { DeskPage } from '../pages/deskPage.ts';

const sha256Of = async (path: string): Promise<string> => createHash('sha256').update(await readFile(path)).digest('hex');
const isThere = (path: string): Promise<boolean> => stat(path).then(() => true, () => false);

/** The brush's first diameter, image pixels. */
const brushSizePx = 40;

interface Painted {
  /** In image pixels, by where the photo itself was on the screen. */
  readonly strokes: readonly Stroke[];
  /** The middle of the pane in the view that shows the mask alone, at 100 %, and where that is on the photo. */
  readonly shown: { readonly png: Buffer; readonly leftImagePx: number; readonly topImagePx: number };
}

/** Paints at 100 % and erases across it, with real pointer events. */
const paintAndErase = async (desk: DeskPage, photoPath: string): Promise<Painted> => {
  const showView = (label: string): Promise<void> => desk.showView(label);
  await desk.press('1');
  await showView('Photo');
  const box = await desk.canvasBox();
  const middle = [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)] as const;
  const clip = { x: middle[0] - 100, y: middle[1] - 60, width: 200, height: 120 };
  await desk.page.mouse.move(box.x + 4, box.y + 4);
  const { width = 0, height = 0 } = await sharp(photoPath).metadata();
  // The canvas shows the photo a frame or two after the click.
  let place: readonly [number, number] = [0, 0];
  await expect(async () => {
    place = await placeOnPhoto(photoPath, await desk.page.screenshot({ clip }), [Math.round(width / 2) - 100, Math.round(height / 2) - 60], 4);
  }).toPass();
  await showView('Overlay');
  const toImage = ([x, y]: readonly [number, number]): readonly [number, number] => [x - clip.x + place[0], y - clip.y + place[1]];
  const across = [[middle[0] - 90, middle[1] - 30], [middle[0] + 90, middle[1] - 30]] as const;
  const down = [[middle[0] + 40, middle[1] - 80], [middle[0] + 40, middle[1] + 60]] as const;
  await desk.press('b');
  await desk.dragInWindow(...across);
  await desk.press('e');
  await desk.dragInWindow(...down);
  // The brush's ring is not to be in the picture, nor a tooltip of the button.
  await showView('Mask');
  await desk.page.mouse.move(box.x + 4, box.y + 4);
  const png = await desk.page.screenshot({ clip });
  await showView('Overlay');
  const radiusPx = brushSizePx / 2;
  return {
    strokes: [
      { fromImagePx: toImage(across[0]), toImagePx: toImage(across[1]), radiusPx, value: 255 },
      { fromImagePx: toImage(down[0]), toImagePx: toImage(down[1]), radiusPx, value: 0 },
    ],
    shown: { png, leftImagePx: place[0], topImagePx: place[1] },
  };
};

/** How many pixels of the screen show something else than the file says. */
const shownWrongly = async ({ png, leftImagePx, topImagePx }: Painted['shown'], mask: MaskPixels): Promise<number> => {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  let wrong = 0;
  for (let index = 0; index < info.width * info.height; index++) {
    const at = (topImagePx + Math.floor(index / info.width)) * mask.widthPx + leftImagePx + (index % info.width);
    const isShown = (data[index * info.channels] ?? 0) > 127;
    if (isShown !== (mask.bytes[at] === 255)) wrong++;
  }
  return wrong;
};

test('brush, undo, redo, approve, take back, reject: what is stored is what was seen', async ({ segmentedStore: store, openDesk }) => {
  const [product, other] = await listItems(store, '--state', 'to_review', '--kind', 'products');
  const [keyframe] = await listItems(store, '--state', 'to_review', '--kind', 'keyframes');
  if (product === undefined || other === undefined || keyframe === undefined) throw new Error('the store has too few masks');
  const { desk } = await openDesk({ storeDir: store });
  await desk.ready();
  const id = product.asset_id;
  let painted: Painted | null = null;

  await test.step('strokes are drawn and kept as a draft; undo and redo move the draft with them', async () => {
    await desk.open(id);
    painted = await paintAndErase(desk, join(store, product.local_path));
    await expect(desk.draftStatus).toHaveText('Draft saved');
    await desk.page.screenshot({ path: test.info().outputPath('painted.png') });
    expect(hasDraft(store, id)).toBe(true);
    await desk.press('Control+z');
    await desk.press('Control+z');
    await expect(desk.draftMark('left')).toBeHidden();
    await expect.poll(() => hasDraft(store, id)).toBe(false);
    await desk.press('Control+Shift+z');
    await desk.press('Control+y');
    await expect(desk.draftStatus).toHaveText('Draft saved');
    expect(hasDraft(store, id)).toBe(true);
    expect(maskedLocalPath(store, id)).toBeNull();
  });

  const stablePath = join(store, 'data', 'masks', 'products', `${id}.png`);

  await test.step('approved: the PNG is the old mask with both strokes and nothing else', async () => {
    await desk.press('Enter');
    await expect(desk.notices).toContainText(`Approved ${id}`);
    await desk.movedOnFrom(id);
    await expect.poll(async () => (await readEvents(store)).length).toBe(1);
    const [before, after] = await Promise.all([readMaskFile(headMaskPath(store, product)), readMaskFile(stablePath)]);
    expect([after.widthPx, after.heightPx]).toEqual([product.width, product.height]);
    if (painted === null) throw new Error('nothing was painted');
    const { wrong, changed } = compareWithStrokes(before, painted.strokes, after, 0.01);
    expect(wrong).toBe(0);
    expect(changed).toBeGreaterThan(500);
    expect(await shownWrongly(painted.shown, after)).toBe(0);
    expect(hasDraft(store, id)).toBe(false);
  });

  await test.step('its path is in the database, its event says the same, its bytes are those of the version', async () => {
    expect(maskedLocalPath(store, id)).toBe(`data/masks/products/${id}.png`);
    const [event] = await readEvents(store);
    expect(event).toMatchObject({ image_id: id, job_id: product.job_ids[0], mask_path: maskedLocalPath(store, id) });
    const approved = await itemOf(store, id);
    expect(approved.state).toBe('approved');
    expect(await sha256Of(stablePath)).toBe(approved.revision_sha256);
    expect(queryStore(store, 'SELECT reviewer, verdict FROM maskdesk_verdicts')).toEqual([{ reviewer: 'Mara', verdict: 'approve' }]);
  });

  await test.step('Ctrl+Z right after it takes the approval back: no path, no file, the item on the desk again', async () => {
    await desk.press('Control+z');
    await expect(desk.activePane).toHaveAttribute('data-asset-id', id);
    await desk.ready();
    await expect(desk.state('left')).toHaveText('To review');
    await expect.poll(() => maskedLocalPath(store, id)).toBeNull();
    await expect.poll(() => isThere(stablePath)).toBe(false);
  });

  await test.step('approved again it is announced under another event id', async () => {
    await desk.press('Enter');
    await desk.movedOnFrom(id);
    await expect.poll(async () => (await readEvents(store)).filter((event) => event['image_id'] === id).length).toBe(2);
    const ids = (await readEvents(store)).map((event) => event['event_id']);
    expect(new Set(ids).size).toBe(ids.length);
    const mask = await readMaskFile(stablePath);
    expect(maskArea(mask)).toBeGreaterThan(0);
  });

  await test.step('a keyframe is announced with its video and time', async () => {
    await desk.open(keyframe.asset_id);
    await expect(desk.pane('right')).toHaveAttribute('data-active', 'true');
    await desk.press('Enter');
    await expect.poll(async () => (await readEvents(store)).length).toBe(3);
    const path = `data/masks/frames/${keyframe.asset_id}.png`;
    expect((await readEvents(store)).at(-1)).toMatchObject({ frames: [{ frame_id: keyframe.asset_id, mask_path: path }] });
    expect(maskedLocalPath(store, keyframe.asset_id)).toBe(path);
    const mask = await readMaskFile(join(store, path));
    expect([mask.widthPx, mask.heightPx]).toEqual([keyframe.width, keyframe.height]);
  });

  await test.step('rejected with a reason by two keys: nothing is published, the reason is kept and shown', async () => {
    await desk.open(other.asset_id);
    await desk.press('Backspace');
    await expect(desk.page.getByText('Part of the product missing')).toBeVisible();
    await desk.page.screenshot({ path: test.info().outputPath('reject.png'), animations: 'disabled' });
    await desk.press('3');
    await expect(desk.notices).toContainText(`Rejected ${other.asset_id}`);
    await desk.movedOnFrom(other.asset_id);
    await expect.poll(async () => (await itemOf(store, other.asset_id)).reason).toBe('part_missing');
    expect((await itemOf(store, other.asset_id)).state).toBe('rejected');
    expect(maskedLocalPath(store, other.asset_id)).toBeNull();
    expect(await readEvents(store)).toHaveLength(3);
    await desk.filter('Rejected').click();
    await expect(desk.row(other.asset_id)).toContainText('Part of the product missing');
    await desk.page.screenshot({ path: test.info().outputPath('rejected.png') });
  });

  await test.step('rejecting what was approved withdraws it', async () => {
    await desk.filter('Approved').click();
    await desk.open(id);
    await desk.press('Backspace');
    await desk.press('5');
    await expect.poll(() => maskedLocalPath(store, id)).toBeNull();
    await expect.poll(() => isThere(stablePath)).toBe(false);
  });
});
