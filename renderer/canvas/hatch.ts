/** One colour's stripes: which way they lean tells it from the other for those who can't tell the colours. */
export interface HatchStyle {
  /** CSS, `rgb(...)` without alpha. */
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly leans: 'right' | 'left' | 'level' | 'upright';
}

export const addedHatch: HatchStyle = { red: 0x2f, green: 0x9b, blue: 0xe0, leans: 'right' };
export const removedHatch: HatchStyle = { red: 0xe6, green: 0x6a, blue: 0x1f, leans: 'left' };

const periodViewPx = 8;
const stripeViewPx = 2;
/** Between the stripes the photo still shows. */
const groundAlpha = 0.5;

const patternOf = (context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, canvas: OffscreenCanvas, originPx: readonly [number, number]): CanvasPattern | null => {
  const pattern = context.createPattern(canvas, 'repeat');
  pattern?.setTransform(new DOMMatrix().translate(...originPx));
  return pattern;
};

/**
 * Stripes on a lighter ground of the same colour, for `fillStyle`.
 * @param originPx the image's top left in device pixels: stripes move with the picture
 */
export const hatchPattern = (context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, style: HatchStyle, devicePixelRatio: number, originPx: readonly [number, number]): CanvasPattern | null => {
  const period = Math.max(4, Math.round(periodViewPx * devicePixelRatio));
  const canvas = new OffscreenCanvas(period, period);
  const tile = canvas.getContext('2d');
  if (tile === null) return null;
  const colour = `${style.red} ${style.green} ${style.blue}`;
  tile.fillStyle = `rgb(${colour} / ${groundAlpha})`;
  tile.fillRect(0, 0, period, period);
  tile.strokeStyle = `rgb(${colour})`;
  tile.lineWidth = stripeViewPx * devicePixelRatio;
  tile.beginPath();
  const middle = period / 2;
  if (style.leans === 'level' || style.leans === 'upright') {
    tile.moveTo(style.leans === 'level' ? 0 : middle, style.leans === 'level' ? middle : 0);
    tile.lineTo(style.leans === 'level' ? period : middle, style.leans === 'level' ? middle : period);
    tile.stroke();
    return patternOf(context, canvas, originPx);
  }
  // Three lines, so that the stripes meet across the tile's edges.
  for (const shift of [-period, 0, period]) {
    tile.moveTo(shift - 1, style.leans === 'right' ? period + 1 : -1);
    tile.lineTo(shift + period + 1, style.leans === 'right' ? -1 : period + 1);
  }
  tile.stroke();
  return patternOf(context, canvas, originPx);
};
