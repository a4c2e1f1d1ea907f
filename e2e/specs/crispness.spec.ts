import { emptyBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import { expect, test } from '../electronApp.ts';
import type { DeskPage } from '../pages/deskPage.ts';
import { makePatternStore } from '../services/patternStore.ts';
import { colourAt, shotOf, type Shot } from '../services/shot.ts';

/** One-pixel lines, a checkerboard, a disc, a rectangle of its own, and pixels at every border of the picture. */
const pattern = (widthPx: number, heightPx: number): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  const unit = Math.min(widthPx, heightPx) / 12;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const [u, v] = [x / unit, y / unit];
      const disc = (u - 9) ** 2 + (v - 8.5) ** 2 < 1.44;
      const checks = u < 4 && v >= 6 && v < 9 && (x + y) % 2 === 0;
      const lines = (x === Math.round(unit * 5) && v < 11) || (y === Math.round(unit * 10) && u > 6);
      const rectangle = u >= 6.5 && u < 10 && v >= 1 && v < 5;
      const corners = (x === 0 || x === widthPx - 1) && (y === 0 || y === heightPx - 1);
      if (disc || checks || lines || rectangle || corners) mask.data[y * widthPx + x] = 255;
    }
  }
  return mask;
};

const pictures = [
  { name: 'tiny', mask: pattern(21, 17) },
  { name: 'medium', mask: pattern(300, 180) },
  { name: 'large', mask: pattern(1500, 1100) },
] as const;

/** Steps of the zoom keys from 100 %. */
const zoomStep = 4 / 3;
const zoomAfter = (steps: number): number => Math.min(32, zoomStep ** steps);

/** Cyan over grey has more blue than red; also under the lines between pixels. */
const isTinted = ([red, , blue]: readonly number[]): boolean => (blue ?? 0) - (red ?? 0) > 20;
/** The pane around the picture is darker than anything of it. */
const isPicture = ([red]: readonly number[]): boolean => (red ?? 0) > 70;

interface Origin {
  readonly x: number;
  readonly y: number;
}

/** The picture's top left corner in a shot. Its corner pixels are in the mask, so the first row and column are seen. */
const originOf = (shot: Shot): Origin => {
  const middleY = Math.floor(shot.heightPx / 2);
  const middleX = Math.floor(shot.widthPx / 2);
  let [x, y] = [middleX, middleY];
  while (x > 0 && isPicture(colourAt(shot, x - 1, middleY))) x--;
  while (y > 0 && isPicture(colourAt(shot, middleX, y - 1))) y--;
  if (x === 0 || y === 0) throw new Error('the picture is larger than its pane');
  return { x, y };
};

const canvasShot = async (desk: DeskPage): Promise<Shot> => {
  const box = await desk.canvasBox();
  await desk.page.mouse.move(box.x + box.width / 2, box.y - 30);
  // The pane's own buttons and notes lie at the bottom; as much is left out at the top, so that the middle stays the picture's.
  // In whole pixels: panes may end between two, and a shot that begins there is a blurred one.
  const clip = { x: Math.ceil(box.x), y: Math.ceil(box.y) + 46, width: Math.floor(box.width) - 1, height: Math.floor(box.height) - 93 };
  return shotOf(await desk.page.screenshot({ clip, animations: 'disabled' }));
};

const insideOf = (mask: Bitmap, x: number, y: number): boolean => mask.data[y * mask.widthPx + x] === 255;

/** A border of image pixels this near to the middle of a screen pixel may fall on either side of it. Device pixels. */
const leastApartPx = 0.1;
const isOnBorder = (place: number, zoom: number): boolean => Math.abs(place - Math.round(place)) * zoom < leastApartPx;

/** Every screen pixel shows the image pixel under its middle: tinted where the mask is, and nowhere else. */
const wrongPixels = (shot: Shot, { x: left, y: top }: Origin, mask: Bitmap, zoom: number): number => {
  let wrong = 0;
  for (let y = top; y < Math.min(shot.heightPx, top + Math.round(mask.heightPx * zoom)); y++) {
    for (let x = left; x < left + Math.round(mask.widthPx * zoom); x++) {
      const [atX, atY] = [(x - left + 0.5) / zoom, (y - top + 0.5) / zoom];
      if (isOnBorder(atX, zoom) || isOnBorder(atY, zoom)) continue;
      const imageX = Math.min(mask.widthPx - 1, Math.floor(atX));
      const imageY = Math.min(mask.heightPx - 1, Math.floor(atY));
      if (isTinted(colourAt(shot, x, y)) !== insideOf(mask, imageX, imageY)) wrong++;
    }
  }
  return wrong;
};

/** Of the mask's tint, 35 %. */
const photoUnder = (colour: readonly number[]): number => (isTinted(colour) ? ((colour[0] ?? 0) - 0.35 * 0x22) / 0.65 : (colour[0] ?? 0));

/** Of the photo under the mask, where pixels are shown as pixels: bright exactly where the mask is. */
const wrongPhotoPixels = (shot: Shot, { x: left, y: top }: Origin, mask: Bitmap, zoom: number): number => {
  let wrong = 0;
  for (let y = top; y < Math.min(shot.heightPx, top + Math.round(mask.heightPx * zoom)); y++) {
    for (let x = left; x < left + Math.round(mask.widthPx * zoom); x++) {
      const imageX = Math.floor((x - left + 0.5) / zoom);
      const imageY = Math.floor((y - top + 0.5) / zoom);
      // Away from the lines between pixels.
      const [fx, fy] = [(x - left + 0.5) / zoom - imageX, (y - top + 0.5) / zoom - imageY];
      if (Math.min(fx, fy, 1 - fx, 1 - fy) * zoom < 1.5 || imageX >= mask.widthPx || imageY >= mask.heightPx) continue;
      if (photoUnder(colourAt(shot, x, y)) > 150 !== insideOf(mask, imageX, imageY)) wrong++;
    }
  }
  return wrong;
};

/** Where the tinted line of the outline begins and ends on a way through the middle of the rectangle. */
const outlineRuns = (shot: Shot, at: number, along: 'x' | 'y', from: number, to: number): readonly (readonly [number, number])[] => {
  const runs: [number, number][] = [];
  for (let place = from; place < to; place++) {
    const [red, green, blue] = along === 'x' ? colourAt(shot, place, at) : colourAt(shot, at, place);
    const isLine = Math.abs(red - 0x22) < 6 && Math.abs(green - 0xc7) < 6 && Math.abs(blue - 0xd6) < 6;
    const last = runs.at(-1);
    if (!isLine) continue;
    if (last?.[1] === place) last[1] = place + 1;
    else runs.push([place, place + 1]);
  }
  return runs;
};

const rectangleOf = (mask: Bitmap) => {
  const unit = Math.min(mask.widthPx, mask.heightPx) / 12;
  return { left: Math.ceil(unit * 6.5), right: Math.ceil(unit * 10), top: Math.ceil(unit), bottom: Math.ceil(unit * 5) };
};

/** Of each screen, pictures with steps of the zoom keys. */
const looks = [
  [1, [['medium', 0], ['medium', 1], ['medium', 3], ['tiny', 12]]],
  [1.5, [['medium', 0], ['medium', 2], ['tiny', 5], ['tiny', 9]]],
  [2, [['medium', 1], ['tiny', 8]]],
] as const;

for (const [scaleFactor, near] of looks) {
  test(`masks, photos and outlines lie on the same pixels, sharp, at ${scaleFactor} device pixels a CSS pixel`, async ({ workFolder, openDesk }) => {
    const storeDir = await makePatternStore(workFolder, pictures);
    const { desk, app } = await openDesk({ storeDir, scaleFactor });
    // Smaller than any screen that this runs on: a window as large as its screen is pictured scaled.
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1560, 960));
    await desk.ready();
    await desk.press('s');
    await desk.press('h');
    const ids = await desk.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-asset-id') ?? ''));
    const open = async (name: string, steps: number): Promise<number> => {
      await desk.open(ids.find((id) => id.includes(name)) ?? '');
      await desk.press('f');
      await desk.press('1');
      for (let step = 0; step < Math.abs(steps); step++) await desk.press(steps > 0 ? '+' : '-');
      const zoom = zoomAfter(steps);
      await expect(desk.page.getByTestId('zoom-left')).toHaveText(`${Math.round(zoom * 100)} %`);
      return zoom;
    };
    for (const [name, steps] of near) {
      const { mask } = pictures.find((picture) => picture.name === name) ?? pictures[0];
      const zoom = await open(name, steps);
      let origin: Origin = { x: 0, y: 0 };
      // The canvas follows a frame or two after the key.
      await expect(async () => {
        const shot = await canvasShot(desk);
        origin = originOf(shot);
        expect(wrongPixels(shot, origin, mask, zoom), `${name} at ${Math.round(zoom * 100)} %`).toBe(0);
        if (zoom >= 4) expect(wrongPhotoPixels(shot, origin, mask, zoom), `photo of ${name} at ${Math.round(zoom * 100)} %`).toBe(0);
      }).toPass({ timeout: 5000 });

      await desk.showView('Outline');
      const { left, right, top, bottom } = rectangleOf(mask);
      const widthPx = Math.round(2 * scaleFactor);
      const lineAt = (edge: number): readonly [number, number] => [Math.round(edge * zoom) - Math.floor(widthPx / 2), Math.round(edge * zoom) - Math.floor(widthPx / 2) + widthPx];
      const middleY = origin.y + Math.round(((top + bottom) / 2) * zoom);
      const middleX = origin.x + Math.round(((left + right) / 2) * zoom);
      const reach = Math.max(3 * scaleFactor, zoom / 2);
      const relative = (runs: readonly (readonly [number, number])[], start: number) => runs.map(([from, to]) => [from - start, to - start]);
      await expect(async () => {
        const outlined = await canvasShot(desk);
        const across = outlineRuns(outlined, middleY, 'x', Math.round(origin.x + left * zoom - reach), Math.round(origin.x + right * zoom + reach));
        const down = outlineRuns(outlined, middleX, 'y', Math.round(origin.y + top * zoom - reach), Math.round(origin.y + bottom * zoom + reach));
        expect(relative(across, origin.x), `outline of ${name} across at ${zoom}`).toEqual([lineAt(left), lineAt(right)]);
        expect(relative(down, origin.y), `outline of ${name} down at ${zoom}`).toEqual([lineAt(top), lineAt(bottom)]);
      }).toPass({ timeout: 5000 });
      await desk.showView('Overlay');
    }

    // Smaller than life: what shows is the share of the mask, and it lies where the mask does.
    for (const steps of scaleFactor === 2 ? [-2] : [-2, -4]) {
      const { mask } = pictures[2];
      const zoom = await open('large', steps);
      await expect(async () => {
        const shot = await canvasShot(desk);
        const origin = originOf(shot);
        // The disc alone: one-pixel patterns come and go with the sampling.
        const unit = Math.min(mask.widthPx, mask.heightPx) / 12;
        let [shown, shownX, shownY] = [0, 0, 0];
        for (let y = Math.floor(unit * 6.3 * zoom); y < unit * 9.8 * zoom; y++) {
          for (let x = Math.floor(unit * 6.8 * zoom); x < unit * 11.2 * zoom; x++) {
            const [red, , blue] = colourAt(shot, x + origin.x, y + origin.y);
            const share = Math.max(0, blue - red);
            [shown, shownX, shownY] = [shown + share, shownX + share * (x + 0.5), shownY + share * (y + 0.5)];
          }
        }
        expect(Math.abs(shownX / shown - (9 * unit + 0.5) * zoom), `middle across at ${zoom}`).toBeLessThan(0.3);
        expect(Math.abs(shownY / shown - (8.5 * unit + 0.5) * zoom), `middle down at ${zoom}`).toBeLessThan(0.3);
      }).toPass({ timeout: 5000 });
    }
  });
}
