import type { Rect } from '../../shared/mask/rect.ts';
import { LogitRows, type GridAxis } from '../../shared/prompts/logitRows.ts';
import type { ModelFrame } from '../../shared/prompts/modelFrame.ts';
import type { Candidate } from '../../shared/prompts/prompt.ts';
import type { DeviceView } from './deviceView.ts';

/** How device pixels from `firstPx` on lie on the logits: their centres, as image pixels' centres do (shared/prompts/logitsToMask.ts). */
const axisOf = (firstPx: number, count: number, offsetPx: number, zoom: number, logitsScale: number, cells: number): GridAxis => ({
  start: ((firstPx + 0.5 - offsetPx) / zoom) * logitsScale - 0.5,
  step: logitsScale / zoom,
  count,
  last: cells - 1,
});

/**
 * A decoder's answer at the screen's own resolution: thresholded after interpolation, so its edge is sharp at any zoom, and only what is seen is done
 * (700 x 700: well under a millisecond).
 * @param area device pixels, inside the picture, not empty
 * @param words one RGBA word a pixel of the area, row-major; those inside become `colour`, the others are left
 */
export const answerPixels = (words: Uint32Array, area: Rect, view: DeviceView, frame: ModelFrame, candidate: Candidate, colour: number): void => {
  const columns = axisOf(area.xPx, area.widthPx, view.offsetX, view.zoom, frame.logitsScaleX, candidate.widthPx);
  const lines = axisOf(area.yPx, area.heightPx, view.offsetY, view.zoom, frame.logitsScaleY, candidate.heightPx);
  const rows = new LogitRows(candidate, columns, lines);
  for (let row = 0; row < area.heightPx; row++) {
    const runs = rows.runsOf(row);
    const start = row * area.widthPx;
    for (let run = 0; run < runs.length; run += 2) words.fill(colour, start + (runs[run] as number), start + (runs[run + 1] as number));
  }
};
