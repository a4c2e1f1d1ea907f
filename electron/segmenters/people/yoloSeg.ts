import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { InstancesDescriptor } from '../../inference/modelDescriptor.ts';
import type { TensorData } from '../../inference/tensor.ts';
import { shapesOf, sigmoid, withoutDoubles, type FoundInstance, type InstanceFamilyAdapter } from './instanceFamily.ts';

/** As Ultralytics' own prediction (ultralytics/cfg/default.yaml: conf, iou). */
const leastScore = 0.25;
const mostIou = 0.7;
/** What lies beside the photo in the model's square, of 255 (ultralytics/data/augment.py, LetterBox). */
const paddingByte = 114;

interface Letterbox {
  /** The photo's part of the square, whole pixels. */
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The photo fits into the model's picture with its aspect kept, in the middle. */
const letterbox = (photo: { readonly widthPx: number; readonly heightPx: number }, { adapter: { input } }: InstancesDescriptor): Letterbox => {
  const scale = Math.min(input.widthPx / photo.widthPx, input.heightPx / photo.heightPx);
  const widthPx = Math.max(1, Math.round(photo.widthPx * scale));
  const heightPx = Math.max(1, Math.round(photo.heightPx * scale));
  return { leftPx: Math.round((input.widthPx - widthPx) / 2 - 0.1), topPx: Math.round((input.heightPx - heightPx) / 2 - 0.1), widthPx, heightPx };
};

const outputsOf = (outputs: readonly TensorData[], classCount: number) => {
  const found = outputs.find(({ dims }) => dims.length === 3);
  const prototypes = outputs.find(({ dims }) => dims.length === 4);
  const masks = prototypes?.dims[1] ?? 0;
  if (found?.type !== 'float32' || prototypes?.type !== 'float32' || found.dims[1] !== 4 + classCount + masks || found.dims[0] !== 1 || prototypes.dims[0] !== 1) {
    throw new ExpectedError('inference_failed', `The model gave ${shapesOf(outputs)}, where [1, 4 + ${classCount} classes + masks, n] + [1, masks, h, w] were expected. Check the number of its classes.`);
  }
  const [, , heightPx = 0, widthPx = 0] = prototypes.dims;
  return { found: found.data, count: found.dims[2] as number, prototypes: prototypes.data, masks, widthPx, heightPx };
};

interface Candidate extends FoundInstance {
  readonly index: number;
  /** In the model's px. */
  readonly modelBox: readonly [number, number, number, number];
}

/**
 * YOLO with masks, v8, v9 and 11 (ultralytics/nn/modules/head.py, Segment): float32 [1, 3, 640, 640], letterboxed, byte / 255; [1, 4 + classes + 32, n] of boxes (centre
 * and size in model px), class probabilities and mask coefficients, and [1, 32, 160, 160] of prototypes. A mask is the sigmoid of the prototypes' sum by
 * coefficients, inside the box.
 */
export const yoloSeg: InstanceFamilyAdapter = {
  feeds: async ({ photo, orientation, codec, ...size }, descriptor) => {
    const { input } = descriptor.adapter;
    const { leftPx, topPx, widthPx, heightPx } = letterbox(size, descriptor);
    const picture = await codec.rgbAt(photo, widthPx, heightPx, orientation, 'linear');
    const plane = input.widthPx * input.heightPx;
    const data = new Float32Array(3 * plane);
    for (let channel = 0; channel < 3; channel++) {
      const valueOf = (byte: number): number => (byte / input.divisor - (input.mean[channel] as number)) / (input.std[channel] as number);
      data.fill(valueOf(paddingByte), channel * plane, (channel + 1) * plane);
      for (let y = 0; y < heightPx; y++) {
        let to = channel * plane + (topPx + y) * input.widthPx + leftPx;
        for (let from = 3 * y * widthPx + channel; from < 3 * (y + 1) * widthPx; from += 3) data[to++] = valueOf(picture.data[from] as number);
      }
    }
    return [{ name: input.name, tensor: { type: 'float32', dims: [1, 3, input.heightPx, input.widthPx], data } }];
  },

  read: (outputs, size, descriptor, wanted) => {
    const { found, count, prototypes, masks, widthPx: mapWidth, heightPx: mapHeight } = outputsOf(outputs, descriptor.classes.length);
    const { input } = descriptor.adapter;
    const box = letterbox(size, descriptor);
    const at = (row: number, index: number): number => found[row * count + index] as number;
    const candidates: Candidate[] = [];
    for (let index = 0; index < count; index++) {
      // Of all classes, so that a dog that is a little of a person is a dog.
      let best = 0;
      for (let name = 1; name < descriptor.classes.length; name++) if (at(4 + name, index) > at(4 + best, index)) best = name;
      const score = at(4 + best, index);
      if (!(score >= leastScore) || !wanted.has(best)) continue;
      const [x, y, width, height] = [at(0, index), at(1, index), at(2, index), at(3, index)];
      const modelBox = [x - width / 2, y - height / 2, x + width / 2, y + height / 2] as const;
      const share = (value: number, from: number, side: number): number => Math.min(1, Math.max(0, (value - from) / side));
      const onPhoto = { x0: share(modelBox[0], box.leftPx, box.widthPx), y0: share(modelBox[1], box.topPx, box.heightPx), x1: share(modelBox[2], box.leftPx, box.widthPx), y1: share(modelBox[3], box.topPx, box.heightPx) };
      candidates.push({ index, score, box: onPhoto, modelBox });
    }
    const instances = withoutDoubles(candidates, mostIou);
    // Cells of the prototypes that the photo covers; the rest is padding.
    const [cellsX, cellsY] = [mapWidth / input.widthPx, mapHeight / input.heightPx];
    const [left, top] = [Math.round(box.leftPx * cellsX), Math.round(box.topPx * cellsY)];
    const widthPx = Math.max(1, Math.round(box.widthPx * cellsX));
    const heightPx = Math.max(1, Math.round(box.heightPx * cellsY));
    const data = new Float32Array(widthPx * heightPx);
    for (const { index, modelBox } of instances) {
      const coefficients = Float32Array.from({ length: masks }, (_, mask) => at(4 + descriptor.classes.length + mask, index));
      const [x0, y0] = [Math.max(0, Math.floor(modelBox[0] * cellsX) - left), Math.max(0, Math.floor(modelBox[1] * cellsY) - top)];
      const [x1, y1] = [Math.min(widthPx, Math.ceil(modelBox[2] * cellsX) - left), Math.min(heightPx, Math.ceil(modelBox[3] * cellsY) - top)];
      for (let y = y0; y < y1; y++) {
        for (let x = x0; x < x1; x++) {
          const cell = (y + top) * mapWidth + x + left;
          let logit = 0;
          for (let mask = 0; mask < masks; mask++) logit += (coefficients[mask] as number) * (prototypes[mask * mapWidth * mapHeight + cell] as number);
          data[y * widthPx + x] = Math.max(data[y * widthPx + x] as number, sigmoid(logit));
        }
      }
    }
    return { instances, map: { widthPx, heightPx, data } };
  },
};
