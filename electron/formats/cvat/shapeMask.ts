import type { ExpectedError } from '../../../shared/errors/errors.ts';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { brokenAt } from '../broken.ts';
import type { ImageSize } from '../photoHeader.ts';
import { drawEllipse } from '../polygons/drawEllipse.ts';
import { drawRing, farthestImagePx, ringRemark } from '../polygons/drawRing.ts';
import type { CvatShape } from './readImages.ts';
import { drawRowRle } from './rowRle.ts';

const faultOf = (path: string, { at }: CvatShape) => (sentence: string): ExpectedError => brokenAt(path, at, sentence);

const numberIn = (path: string, shape: CvatShape, name: string, initial?: number): number => {
  const text = shape.attributes[name];
  if (text === undefined && initial !== undefined) return initial;
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  if (!(Math.abs(value) <= farthestImagePx)) throw faultOf(path, shape)(text === undefined ? `A <${shape.kind}> has no ${name}.` : `${name} is “${text.slice(0, 40)}” where a number was expected.`);
  return value;
};

const wholeIn = (path: string, shape: CvatShape, name: string): number => {
  const value = numberIn(path, shape, name);
  if (!Number.isInteger(value)) throw faultOf(path, shape)(`${name} is ${value} where a whole number was expected.`);
  return value;
};

const ringIn = (path: string, shape: CvatShape): Float64Array => {
  const points = shape.attributes['points'] ?? '';
  const fault = faultOf(path, shape);
  const ring = points.split(';').flatMap((point) => {
    const numbers = point.split(',').map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
    if (numbers.length !== 2 || !numbers.every((value) => Math.abs(value) <= farthestImagePx)) throw fault(`There is “${point.slice(0, 40)}” among the points, where two numbers with a comma between were expected.`);
    return numbers;
  });
  if (ring.length < 6) throw fault('A polygon has three or more points.');
  return Float64Array.from(ring);
};

type Draw = (mask: Bitmap) => void;

/** @throws ExpectedError annotations_invalid where a shape is not what it should be */
const drawingOf = (path: string, shape: CvatShape): { readonly draw: Draw; readonly remark: string | null } => {
  const number = (name: string, initial?: number): number => numberIn(path, shape, name, initial);
  switch (shape.kind) {
    case 'mask': {
      const whole = (name: string): number => wholeIn(path, shape, name);
      const crop = { xPx: whole('left'), yPx: whole('top'), widthPx: whole('width'), heightPx: whole('height') };
      const { rle } = shape.attributes;
      const fault = faultOf(path, shape);
      if (rle === undefined) throw fault('A <mask> has no rle.');
      const draw: Draw = (mask) => {
        const { xPx, yPx, widthPx, heightPx } = crop;
        if (xPx < 0 || yPx < 0 || widthPx < 1 || heightPx < 1 || xPx + widthPx > mask.widthPx || yPx + heightPx > mask.heightPx) {
          throw fault(`The mask is ${widthPx} x ${heightPx} pixels at ${xPx}, ${yPx}, which is not inside of the image's ${mask.widthPx} x ${mask.heightPx}.`);
        }
        drawRowRle(mask, rle, crop, fault);
      };
      return { draw, remark: null };
    }
    case 'polygon': {
      const ring = ringIn(path, shape);
      return { draw: (mask) => drawRing(mask, ring), remark: ringRemark(ring) };
    }
    case 'ellipse': {
      const ellipse = { xImagePx: number('cx'), yImagePx: number('cy'), radiusXPx: number('rx'), radiusYPx: number('ry'), turnedDegrees: number('rotation', 0) };
      return { draw: (mask) => drawEllipse(mask, ellipse), remark: null };
    }
    default:
      return { draw: () => undefined, remark: `A <${shape.kind.slice(0, 40)}> is no region, and gives no mask.` };
  }
};

/** The region of shapes that are one object. @throws ExpectedError annotations_invalid with line and column */
export const shapesMask = (path: string, shapes: readonly CvatShape[]): { readonly remarks: readonly string[]; readonly mask: (size: ImageSize) => Bitmap } => {
  const drawings = shapes.map((shape) => drawingOf(path, shape));
  return {
    remarks: [...new Set(drawings.flatMap(({ remark }) => (remark === null ? [] : [remark])))],
    mask: ({ widthPx, heightPx }) => {
      const mask = emptyBitmap(widthPx, heightPx);
      for (const { draw } of drawings) draw(mask);
      return mask;
    },
  };
};
