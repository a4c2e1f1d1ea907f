import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { fillPolygon } from '../../../shared/mask/fillPolygon.ts';
import { PackFault, unpackMask } from './rlePack.ts';

/** What a region that can't be read says; the caller adds where it is. */
export class ShapeFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ShapeFault';
  }
}

type Value = Readonly<Record<string, unknown>>;

/** Far more than a shape can stick out of its picture, and little enough for exact numbers. */
const farthest = 100_000;

const numberIn = (value: Value, name: string): number => {
  const found = value[name];
  if (typeof found !== 'number' || !Number.isFinite(found) || Math.abs(found) > farthest) throw new ShapeFault(`"${name}" must be a number of percent`);
  return found;
};

const brush = (value: Value, widthPx: number, heightPx: number): Bitmap => {
  if (value.format !== 'rle') throw new ShapeFault('a brush has its pixels as "format": "rle"');
  const { rle } = value;
  if (!Array.isArray(rle) || rle.some((byte) => !Number.isInteger(byte) || (byte as number) < 0 || (byte as number) > 255)) throw new ShapeFault('"rle" must be a list of bytes, 0 to 255');
  try {
    return unpackMask(Uint8Array.from(rle as readonly number[]), widthPx, heightPx);
  } catch (error) {
    if (error instanceof PackFault) throw new ShapeFault(`at rle[${error.byte}]: ${error.message}`, error);
    throw error;
  }
};

const polygon = ({ points }: Value, widthPx: number, heightPx: number): Bitmap => {
  if (!Array.isArray(points) || points.length < 3) throw new ShapeFault('a polygon has at least three "points"');
  const ring = new Float64Array(points.length * 2);
  for (const [index, point] of (points as readonly unknown[]).entries()) {
    if (!Array.isArray(point) || point.length !== 2 || point.some((part) => typeof part !== 'number' || !Number.isFinite(part) || Math.abs(part) > farthest)) throw new ShapeFault(`points[${index}] must be x and y in percent`);
    ring[index * 2] = ((point[0] as number) / 100) * widthPx;
    ring[index * 2 + 1] = ((point[1] as number) / 100) * heightPx;
  }
  return fillPolygon([ring], widthPx, heightPx);
};

/** Boxes and ellipses turn about their top left corner and their centre; percent of the picture's sides, degrees clockwise. */
const turned = (xPx: number, yPx: number, aboutX: number, aboutY: number, degrees: number): readonly [number, number] => {
  const angle = (degrees * Math.PI) / 180;
  const [dx, dy] = [xPx - aboutX, yPx - aboutY];
  return [aboutX + dx * Math.cos(angle) - dy * Math.sin(angle), aboutY + dx * Math.sin(angle) + dy * Math.cos(angle)];
};

const rectangle = (value: Value, widthPx: number, heightPx: number): Bitmap => {
  const [left, top] = [(numberIn(value, 'x') / 100) * widthPx, (numberIn(value, 'y') / 100) * heightPx];
  const [right, bottom] = [left + (numberIn(value, 'width') / 100) * widthPx, top + (numberIn(value, 'height') / 100) * heightPx];
  const degrees = value.rotation === undefined ? 0 : numberIn(value, 'rotation');
  const corners = [[left, top], [right, top], [right, bottom], [left, bottom]] as const;
  return fillPolygon([corners.flatMap(([x, y]) => turned(x, y, left, top, degrees))], widthPx, heightPx);
};

const ellipse = (value: Value, widthPx: number, heightPx: number): Bitmap => {
  const [centreX, centreY] = [(numberIn(value, 'x') / 100) * widthPx, (numberIn(value, 'y') / 100) * heightPx];
  const [radiusX, radiusY] = [Math.abs((numberIn(value, 'radiusX') / 100) * widthPx), Math.abs((numberIn(value, 'radiusY') / 100) * heightPx)];
  const degrees = value.rotation === undefined ? 0 : numberIn(value, 'rotation');
  const mask = emptyBitmap(widthPx, heightPx);
  if (radiusX === 0 || radiusY === 0) return mask;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const [backX, backY] = turned(x + 0.5, y + 0.5, centreX, centreY, -degrees);
      if (((backX - centreX) / radiusX) ** 2 + ((backY - centreY) / radiusY) ** 2 <= 1) mask.data[y * widthPx + x] = 255;
    }
  }
  return mask;
};

interface Shape {
  /** @throws ShapeFault */
  readonly draw: (value: Value, widthPx: number, heightPx: number) => Bitmap;
  readonly remarks: readonly string[];
}

const plain = (draw: Shape['draw'], ...remarks: readonly string[]): Shape => ({ draw, remarks });
const brushShape = plain(brush);
const polygonShape = plain(polygon);
const boxShape = plain(rectangle, 'A box without a shape: all of it is taken.');
const ellipseShape = plain(ellipse, 'An ellipse: all of it is taken.');

/** By a result's type. Others (choices, text, key points, relations) are no areas. */
export const shapes: ReadonlyMap<string, Shape> = new Map([
  ['brushlabels', brushShape],
  ['brush', brushShape],
  ['polygonlabels', polygonShape],
  ['polygon', polygonShape],
  ['rectanglelabels', boxShape],
  ['rectangle', boxShape],
  ['ellipselabels', ellipseShape],
  ['ellipse', ellipseShape],
]);
