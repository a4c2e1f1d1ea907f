import type { MarkPoint, ToolMark } from '../editor/tools/marks.ts';
import { imageToViewX, imageToViewY, type Viewport } from '../editor/viewport.ts';

type Context = CanvasRenderingContext2D;
type Handle = Extract<ToolMark, { kind: 'handle' }>;

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

const drawHandle = (context: Context, x: number, y: number, { shape, isActive }: Handle, px: number): void => {
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

/** The marks of the tool in hand; the context is in device pixels. */
export const drawToolMarks = (context: Context, viewport: Viewport, marks: readonly ToolMark[]): void => {
  const px = viewport.devicePixelRatio;
  const deviceX = (x: number): number => imageToViewX(viewport, x) * px;
  const deviceY = (y: number): number => imageToViewY(viewport, y) * px;
  const follow = (points: readonly MarkPoint[], isClosed: boolean): void => {
    context.beginPath();
    for (const { xImagePx, yImagePx } of points) context.lineTo(deviceX(xImagePx), deviceY(yImagePx));
    if (isClosed) context.closePath();
  };
  context.save();
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (const mark of marks) {
    if (mark.kind === 'area') {
      context.beginPath();
      for (const ring of mark.rings) {
        context.moveTo(deviceX(ring[0] as number), deviceY(ring[1] as number));
        for (let at = 2; at < ring.length; at += 2) context.lineTo(deviceX(ring[at] as number), deviceY(ring[at + 1] as number));
        context.closePath();
      }
      const fill = areaFills[mark.tone];
      if (fill !== null) {
        context.fillStyle = fill;
        context.fill('evenodd');
      }
      stroke(context, 'firm', px);
    } else if (mark.kind === 'path') {
      follow(mark.points, mark.isClosed);
      stroke(context, mark.line, px);
    } else if (mark.kind === 'box') {
      const [left, top] = [deviceX(mark.x0ImagePx), deviceY(mark.y0ImagePx)];
      context.beginPath();
      context.rect(left, top, deviceX(mark.x1ImagePx) - left, deviceY(mark.y1ImagePx) - top);
      stroke(context, mark.line, px);
    } else drawHandle(context, deviceX(mark.at.xImagePx), deviceY(mark.at.yImagePx), mark, px);
  }
  context.restore();
};
