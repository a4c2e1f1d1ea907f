import { present } from '../../shared/errors/errors.ts';
import type { MarkPoint, ToolMark } from '../editor/tools/marks.ts';
import { imageToViewX, imageToViewY, type Viewport } from '../editor/viewport.ts';

type Context = CanvasRenderingContext2D;
type HandleContext = Pick<Context, 'beginPath' | 'rect' | 'arc' | 'fill' | 'stroke' | 'moveTo' | 'lineTo' | 'fillStyle' | 'strokeStyle' | 'lineWidth'>;
type Handle = Extract<ToolMark, { kind: 'handle' }>;
type Look = Pick<Handle, 'shape' | 'isActive'>;

/** viewPx. */
const handleRadius: Readonly<Record<Handle['shape'], number>> = { vertex: 4, middle: 3, positive: 6, negative: 6, corner: 4 };
const dark = 'rgb(0 0 0 / 0.8)';
const accent = '#5b9dff';
const fills: Readonly<Record<Handle['shape'], string>> = { vertex: '#fff', middle: 'rgb(255 255 255 / 0.6)', positive: '#3fb984', negative: '#ec6a6a', corner: '#fff' };

/** Of added and removed areas everywhere, see renderer/canvas/drawDifference.ts; what stays is only outlined. */
const areaFills: Readonly<Record<'add' | 'remove' | 'keep', string | null>> = { add: 'rgb(47 155 224 / 0.6)', remove: 'rgb(230 106 31 / 0.6)', keep: null };

/** White on black, so that it reads on anything; dashed where nothing is placed yet. */
const stroke = (context: Context, line: 'firm' | 'wanted', px: number): void => {
  context.setLineDash([]);
  context.lineWidth = 3 * px;
  context.strokeStyle = dark;
  context.stroke();
  if (line === 'wanted') context.setLineDash([5 * px, 4 * px]);
  context.lineWidth = px;
  context.strokeStyle = '#fff';
  context.stroke();
  context.setLineDash([]);
};

const drawHandle = (context: HandleContext, x: number, y: number, { shape, isActive }: Look, px: number): void => {
  const radius = handleRadius[shape] * px;
  context.beginPath();
  if (shape === 'corner') context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  else context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fills[shape];
  context.fill();
  context.lineWidth = (isActive ? 2 : 1) * px;
  context.strokeStyle = isActive ? accent : dark;
  context.stroke();
  if (shape !== 'positive' && shape !== 'negative') return;
  // A plus or a minus: told apart without colours.
  context.beginPath();
  context.moveTo(x - 3 * px, y);
  context.lineTo(x + 3 * px, y);
  if (shape === 'positive') {
    context.moveTo(x, y - 3 * px);
    context.lineTo(x, y + 3 * px);
  }
  context.lineWidth = 1.6 * px;
  context.strokeStyle = '#0b0c0d';
  context.stroke();
};

const stamps = new Map<string, OffscreenCanvas>();

/** Drawn once and stamped: an outline by hand has thousands of vertices, and their circles took most of a frame. */
const stampOf = (look: Look, px: number): OffscreenCanvas => {
  const key = `${look.shape} ${look.isActive} ${px}`;
  const known = stamps.get(key);
  if (known !== undefined) return known;
  // An odd side: its middle is a pixel's middle, as the sharp outline's is.
  const sidePx = 2 * Math.ceil((handleRadius[look.shape] + 1) * px) + 1;
  const stamp = new OffscreenCanvas(sidePx, sidePx);
  drawHandle(present(stamp.getContext('2d'), 'The canvas of a handle'), sidePx / 2, sidePx / 2, look, px);
  stamps.set(key, stamp);
  return stamp;
};

/** Corners of a line nearer to each other than this are one on the screen; device pixels. Of a line with thousands a frame can't draw all. */
const leastStepPx = 0.75;
const leastStepOfManyPx = 2;
const manyCorners = 1500;

/** Adds a line to the path, corner by corner as they can be told apart. */
const trace = (context: Context, count: number, x: (index: number) => number, y: (index: number) => number): void => {
  let [lastX, lastY] = [NaN, NaN];
  const leastPx = count > manyCorners ? leastStepOfManyPx : leastStepPx;
  // Round joins are made of many small pieces each.
  context.lineJoin = count > manyCorners ? 'bevel' : 'round';
  for (let index = 0; index < count; index++) {
    const [nextX, nextY] = [x(index), y(index)];
    if (Math.abs(nextX - lastX) < leastPx && Math.abs(nextY - lastY) < leastPx && index < count - 1) continue;
    if (index === 0) context.moveTo(nextX, nextY);
    else context.lineTo(nextX, nextY);
    [lastX, lastY] = [nextX, nextY];
  }
};

/** The marks of the tool in hand; the context is in device pixels. */
export const drawToolMarks = (context: Context, viewport: Viewport, marks: readonly ToolMark[]): void => {
  const px = viewport.devicePixelRatio;
  const deviceX = (x: number): number => imageToViewX(viewport, x) * px;
  const deviceY = (y: number): number => imageToViewY(viewport, y) * px;
  context.save();
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (const mark of marks) {
    if (mark.kind === 'area') {
      context.beginPath();
      for (const ring of mark.rings) {
        trace(context, ring.length >>> 1, (index) => deviceX(ring[2 * index] as number), (index) => deviceY(ring[2 * index + 1] as number));
        context.closePath();
      }
      const fill = areaFills[mark.tone];
      if (fill !== null) {
        context.fillStyle = fill;
        context.fill('evenodd');
      }
      stroke(context, 'firm', px);
    } else if (mark.kind === 'path') {
      const { points } = mark;
      context.beginPath();
      trace(context, points.length, (index) => deviceX((points[index] as MarkPoint).xImagePx), (index) => deviceY((points[index] as MarkPoint).yImagePx));
      if (mark.isClosed) context.closePath();
      stroke(context, mark.line, px);
    } else if (mark.kind === 'box') {
      const [left, top] = [deviceX(mark.x0ImagePx), deviceY(mark.y0ImagePx)];
      context.beginPath();
      context.rect(left, top, deviceX(mark.x1ImagePx) - left, deviceY(mark.y1ImagePx) - top);
      stroke(context, mark.line, px);
    } else {
      const stamp = stampOf(mark, px);
      context.drawImage(stamp, Math.round(deviceX(mark.at.xImagePx) - stamp.width / 2), Math.round(deviceY(mark.at.yImagePx) - stamp.height / 2));
    }
  }
  context.restore();
};
