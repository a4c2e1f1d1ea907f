import { ExpectedError } from '../../../shared/errors/errors.ts';
import { emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import type { ImageCodec, SampleImage } from '../../../shared/ports/imageCodec.ts';
import { brokenAt } from '../broken.ts';
import type { ImageSize } from '../photoHeader.ts';
import { drawEllipse } from '../polygons/drawEllipse.ts';
import { drawRing, ringRemark } from '../polygons/drawRing.ts';
import { bytesOfBase64, type LabelmeShape } from './document.ts';

type Draw = (mask: Bitmap) => void | Promise<void>;
interface Drawing {
  readonly draw: Draw;
  readonly remark: string | null;
}
type Fault = (sentence: string, cause?: unknown) => ExpectedError;

const twoPoints = ({ points, shape_type }: LabelmeShape, fault: Fault): readonly [number, number, number, number] => {
  const [first, second] = points;
  if (points.length !== 2 || first === undefined || second === undefined) throw fault(`A ${shape_type ?? 'shape'} has two points, and this one ${points.length}.`);
  return [...first, ...second];
};

/** Its size is looked at before anything is unpacked. */
const decodeCrop = async (codec: ImageCodec, bytes: Uint8Array, fits: (widthPx: number, heightPx: number) => boolean, fault: Fault): Promise<SampleImage> => {
  try {
    const { widthPx, heightPx } = await codec.probe(bytes);
    if (!fits(widthPx, heightPx)) throw fault(`Its mask is a picture of ${widthPx} x ${heightPx} pixels, which its points don't say.`);
    return await codec.decodeSamples(bytes);
  } catch (error) {
    if (error instanceof ExpectedError && error.code.startsWith('image_')) throw fault(`Its mask is no PNG that can be read: ${error.message}`, error);
    throw error;
  }
};

/** labelme writes 0 and 1: whatever is not 0 is mask. Its points are the first and the last pixel; some tools name the pixel after the last. */
const maskDrawing = (codec: ImageCodec, shape: LabelmeShape, fault: Fault): Draw => {
  const [left, top, right, bottom] = twoPoints(shape, fault).map(Math.trunc) as [number, number, number, number];
  const { mask: encoded } = shape;
  if (encoded === null || encoded === undefined) throw fault('It is of the kind mask and has none.');
  return async (mask) => {
    const fits = (widthPx: number, heightPx: number): boolean =>
      (widthPx === right - left + 1 && heightPx === bottom - top + 1) || (widthPx === right - left && heightPx === bottom - top);
    const { widthPx, heightPx, channels, data } = await decodeCrop(codec, bytesOfBase64(encoded), fits, fault);
    if (left < 0 || top < 0 || left + widthPx > mask.widthPx || top + heightPx > mask.heightPx) {
      throw fault(`Its mask is ${widthPx} x ${heightPx} pixels at ${left}, ${top}, which is not inside of the image's ${mask.widthPx} x ${mask.heightPx}.`);
    }
    for (let y = 0; y < heightPx; y++) {
      for (let x = 0; x < widthPx; x++) if (data[(y * widthPx + x) * channels] !== 0) mask.data[(top + y) * mask.widthPx + left + x] = 255;
    }
  };
};

const ringDrawing = (ring: readonly number[]): Drawing => ({ draw: (mask) => drawRing(mask, ring), remark: ringRemark(ring) });

/** Kinds of labelme/shape.py. */
const drawingOf = (codec: ImageCodec, shape: LabelmeShape, fault: Fault): Drawing => {
  const kind = shape.shape_type ?? 'polygon';
  switch (kind) {
    case 'mask':
      return { draw: maskDrawing(codec, shape, fault), remark: null };
    case 'polygon':
    case 'oriented_rectangle':
      if (shape.points.length < 3) throw fault('A polygon has three or more points.');
      return ringDrawing(shape.points.flat());
    case 'rectangle': {
      if (shape.points.length === 4) return ringDrawing(shape.points.flat());
      const [ax, ay, bx, by] = twoPoints(shape, fault);
      return ringDrawing([ax, ay, bx, ay, bx, by, ax, by]);
    }
    case 'circle': {
      const [x, y, edgeX, edgeY] = twoPoints(shape, fault);
      const radiusPx = Math.hypot(edgeX - x, edgeY - y);
      return { draw: (mask) => drawEllipse(mask, { xImagePx: x, yImagePx: y, radiusXPx: radiusPx, radiusYPx: radiusPx, turnedDegrees: 0 }), remark: null };
    }
    default:
      return { draw: () => undefined, remark: `A shape of the kind ${kind.slice(0, 40)} is no region, and gives no mask.` };
  }
};

/**
 * The region of shapes that are one object.
 * @param shapes with their places in the document
 * @throws ExpectedError annotations_invalid
 */
export const shapesMask = (codec: ImageCodec, path: string, shapes: readonly (readonly [index: number, shape: LabelmeShape])[]): { readonly remarks: readonly string[]; readonly mask: (size: ImageSize) => Promise<Bitmap> } => {
  const drawings = shapes.map(([index, shape]) => drawingOf(codec, shape, (sentence, cause) => brokenAt(path, `shapes[${index}]`, sentence, cause)));
  return {
    remarks: [...new Set(drawings.flatMap(({ remark }) => (remark === null ? [] : [remark])))],
    mask: async ({ widthPx, heightPx }) => {
      const mask = emptyBitmap(widthPx, heightPx);
      for (const { draw } of drawings) await draw(mask);
      return mask;
    },
  };
};
