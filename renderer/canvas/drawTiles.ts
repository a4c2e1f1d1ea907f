import { isEmptyRect, rectOfEdges, type Rect } from '../../shared/mask/rect.ts';
import { toDevice, toImage, type DeviceView } from './deviceView.ts';
import { canvasTilePx, type MaskTiles } from './maskTiles.ts';
import { levelFor } from './sampleMask.ts';
import type { TileStyle } from './tileColours.ts';
import type { Tint } from './viewOptions.ts';

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/**
 * Draws the tiles that show in a part of the screen.
 * @param part device pixels
 * @param image the image's rectangle, imagePx
 */
export const drawTiles = (context: Context, view: DeviceView, tiles: MaskTiles, tint: Tint, style: TileStyle, part: Rect, image: Rect): void => {
  // An outline needs pixels of 1 to 2 device pixels: it is one of them wide, and thinner ones could not be seen.
  const level = levelFor(style === 'edge' ? view.zoom / 2 : view.zoom);
  const sidePx = canvasTilePx << level;
  const seen = toImage(view, part, image);
  if (isEmptyRect(seen)) return;
  context.imageSmoothingEnabled = view.zoom < 1;
  context.fillStyle = `rgb(${tint.red} ${tint.green} ${tint.blue})`;
  let count = 0;
  for (let row = Math.floor(seen.yPx / sidePx); row * sidePx < seen.yPx + seen.heightPx; row++) {
    for (let column = Math.floor(seen.xPx / sidePx); column * sidePx < seen.xPx + seen.widthPx; column++) {
      const tile = tiles.image(level, column, row);
      count++;
      if (tile === 'empty') continue;
      const place = toDevice(view, rectOfEdges(column * sidePx, row * sidePx, (column + 1) * sidePx, (row + 1) * sidePx));
      if (tile === 'full') context.fillRect(place.xPx, place.yPx, place.widthPx, place.heightPx);
      // From 100 % on each device pixel takes the image pixel under its middle, as the photo and the outline do. Stretched to whole device pixels
      // a tile's pixels would stray by up to one.
      else if (view.zoom >= 1) context.drawImage(tile, column * sidePx * view.zoom + view.offsetX, row * sidePx * view.zoom + view.offsetY, sidePx * view.zoom, sidePx * view.zoom);
      else context.drawImage(tile, place.xPx, place.yPx, place.widthPx, place.heightPx);
    }
  }
  tiles.trim(count);
};
