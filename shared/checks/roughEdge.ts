import { boxBlur } from './boxBlur.ts';
import { densestPlace } from './densestPlace.ts';
import type { MaskCheck } from './look.ts';
import { percentOf, ramp } from './words.ts';

/** Of working size: what a hand that cuts out a product would round off. */
const blurPx = 3;
/** Mean way, in px of working size, that the edge moves when it is smoothed; cut-outs by hand move 0.1 to 0.35, corners included. */
const usualPx = 0.5;
const roughPx = 1.1;

/**
 * How much of the edge is fringe: what smoothing (three box means, then half) moves, in pixels a pixel of edge. Thin parts such as straps vanish
 * in smoothing and count as rough.
 */
export const roughEdge: MaskCheck = ({ work, edgePixels, toImage }) => {
  const { widthPx, heightPx } = work;
  if (edgePixels.length === 0) return { level: 'fine', severity: 0, value: 'smooth', sentence: 'No edge inside the picture', placeImagePx: null };
  let smooth: Float32Array = Float32Array.from(work.data);
  for (let pass = 0; pass < 3; pass++) smooth = boxBlur(smooth, widthPx, heightPx, blurPx);
  const moved: number[] = [];
  for (let at = 0; at < smooth.length; at++) if ((smooth[at] as number) >= 127.5 !== (work.data[at] === 255)) moved.push(at);
  const wayPx = moved.length / edgePixels.length;
  const severity = ramp(wayPx, usualPx, roughPx);
  if (wayPx < usualPx) return { level: 'fine', severity: 0, value: 'smooth', sentence: `Smooth edge: ${percentOf(wayPx)} of a pixel between it and its smoothed self`, placeImagePx: null };
  return {
    level: wayPx >= 2 * roughPx ? 'bad' : 'look',
    severity,
    value: `${wayPx.toFixed(1)} px`,
    sentence: `Rough edge: smoothing moves it by ${wayPx.toFixed(1)} px on average`,
    placeImagePx: toImage(densestPlace(moved, widthPx, heightPx)),
  };
};
