import { expect, it } from 'vitest';
import { areaPx, emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import type { InstancesDescriptor } from '../../inference/modelDescriptor.ts';
import { asId, type ModelId, type Sha256 } from '../../../shared/domain/ids.ts';
import { detrSeg } from './detrSeg.ts';
import { boxIou, withoutDoubles } from './instanceFamily.ts';
import { personArea } from './personArea.ts';
import { personClasses, type PeopleMap, type PersonClass } from './peopleMap.ts';
import { readSelfie } from './selfieMulticlass.ts';
import { sliversBeside } from './slivers.ts';
import { yoloSeg } from './yoloSeg.ts';

const side = 64;
type Patch = readonly [name: PersonClass, x0: number, y0: number, x1: number, y1: number, probability: number];

const mapOf = (...patches: readonly Patch[]): PeopleMap => {
  const planes = Object.fromEntries(personClasses.map((name) => [name, new Float32Array(side * side)])) as Record<PersonClass, Float32Array>;
  for (const [name, x0, y0, x1, y1, probability] of patches) for (let y = y0; y < y1; y++) planes[name].fill(probability, y * side + x0, y * side + x1);
  return { widthPx: side, heightPx: side, planes };
};
const share = (probability: Float32Array): number => probability.reduce((sum, value) => sum + (value >= 0.5 ? 1 : 0), 0) / probability.length;

it('takes sure skin for a person, and a boot with the colours of skin for none', () => {
  expect(personArea(mapOf(['bodySkin', 0, 20, 20, 40, 0.97]), 0.5, 0.01)).toMatchObject({ isPerson: true, sureShare: 1 });
  expect(personArea(mapOf(['bodySkin', 0, 20, 20, 40, 0.7], ['clothes', 20, 20, 50, 60, 0.99]), 0.5, 0.01)).toMatchObject({ isPerson: false, sureShare: 0 });
  expect(personArea(mapOf(['bodySkin', 0, 20, 3, 30, 0.97]), 0.5, 0.01).isPerson).toBe(false);
});

it('takes the sleeve that leaves the picture with the arm, and leaves what the hand holds', () => {
  const arm: Patch = ['bodySkin', 10, 20, 30, 30, 0.97];
  const sleeve: Patch = ['clothes', 0, 20, 10, 30, 0.99];
  const shoe: Patch = ['clothes', 30, 15, 50, 40, 0.99];
  const cup: Patch = ['accessories', 20, 30, 30, 45, 0.99];
  const { bare, dressed } = personArea(mapOf(arm, sleeve, shoe, cup), 0.5, 0.01);
  expect(share(bare) * side * side).toBe(200);
  expect(share(dressed) * side * side).toBe(300);
});

it('takes clothes below a face, and not those of nobody', () => {
  const face: Patch = ['faceSkin', 20, 10, 30, 20, 0.97];
  const shirt: Patch = ['clothes', 15, 20, 35, 50, 0.99];
  expect(share(personArea(mapOf(face, shirt), 0.5, 0.01).dressed) * side * side).toBe(700);
  expect(share(personArea(mapOf(face, shirt, ['clothes', 45, 20, 60, 50, 0.99]), 0.5, 0.01).dressed) * side * side).toBe(700);
});

it('reads class logits and refuses other shapes', () => {
  const data = new Float32Array(4 * 6);
  for (let pixel = 0; pixel < 4; pixel++) data[6 * pixel + pixel] = 20;
  const { planes } = readSelfie({ type: 'float32', dims: [1, 2, 2, 6], data });
  expect([...planes.hair].map(Math.round)).toEqual([0, 1, 0, 0]);
  expect([...planes.faceSkin].map(Math.round)).toEqual([0, 0, 0, 1]);
  expect(() => readSelfie({ type: 'float32', dims: [1, 2, 2, 5], data: new Float32Array(20) })).toThrow('6 classes');
  expect(() => readSelfie({ type: 'float32', dims: [1, 2, 2, 6], data: new Float32Array(24).fill(NaN) })).toThrow('no numbers');
});

it('takes seams and scraps beside a person, and leaves the product and what is far away', () => {
  const [width, height] = [400, 300];
  const draw = (bitmap: Bitmap, x0: number, y0: number, x1: number, y1: number): Bitmap => {
    for (let y = y0; y < y1; y++) bitmap.data.fill(255, y * width + x0, y * width + x1);
    return bitmap;
  };
  const people = draw(emptyBitmap(width, height), 0, 100, 100, 150);
  const foreground = draw(draw(draw(draw(emptyBitmap(width, height), 0, 98, 100, 152), 104, 80, 260, 200), 300, 20, 301, 200), 20, 90, 26, 98);
  const slivers = sliversBeside(people, foreground);
  const left = { ...foreground, data: foreground.data.map((value, at) => value & ~((people.data[at] as number) | (slivers.data[at] as number))) };
  // The product whole but for its corners beside the person, and the thin thing that is far from it.
  expect(areaPx(left)).toBeGreaterThanOrEqual(156 * 120 + 180 - 12);
  expect(areaPx(left)).toBeLessThanOrEqual(156 * 120 + 180);
});

const descriptor = (family: 'yoloSeg' | 'detrSeg', widthPx: number): InstancesDescriptor => ({
  id: asId<ModelId>('tiny'),
  label: 'tiny',
  task: 'instances',
  source: 'file:///tiny.onnx',
  sha256: asId<Sha256>('0'.repeat(64)),
  sizeBytes: 1,
  licence: { package: null, weights: 'none', note: null },
  classes: ['person', 'cup'],
  adapter: { family, input: { name: null, widthPx, heightPx: widthPx, divisor: 255, mean: [0, 0, 0], std: [1, 1, 1] } },
});

it('reads boxes and masks of YOLO off the letterbox', () => {
  // 64 x 64 in, prototypes of 16 x 16, two of them, three boxes: a person twice and a cup. The photo is 2 : 1, so rows 16..48 of the square are photo.
  const boxes = [
    [16, 32, 16, 16, 0.9, 0.1, 10, 0],
    [17, 32, 16, 16, 0.8, 0.1, 10, 0],
    [48, 32, 16, 16, 0.1, 0.9, 10, 0],
  ];
  const found = Float32Array.from({ length: 8 * 3 }, (_, at) => boxes[at % 3]?.[Math.floor(at / 3)] as number);
  const outputs = [
    { type: 'float32' as const, dims: [1, 8, 3], data: found },
    { type: 'float32' as const, dims: [1, 2, 16, 16], data: Float32Array.from({ length: 512 }, (_, at) => (at < 256 ? 1 : 0)) },
  ];
  const { instances, map } = yoloSeg.read(outputs, { widthPx: 200, heightPx: 100 }, descriptor('yoloSeg', 64), new Set([0]));
  expect(instances).toHaveLength(1);
  expect(instances[0]?.box).toEqual({ x0: 0.125, y0: 0.25, x1: 0.375, y1: 0.75 });
  expect([map.widthPx, map.heightPx]).toEqual([16, 8]);
  expect(map.data.reduce((sum, value) => sum + (value > 0.5 ? 1 : 0), 0)).toBe(4 * 4);
  expect(() => yoloSeg.read(outputs, { widthPx: 2, heightPx: 1 }, { ...descriptor('yoloSeg', 64), classes: ['person'] }, new Set([0]))).toThrow('number of its classes');
});

it('reads boxes and masks of DETR, without what is nothing', () => {
  const outputs = [
    { type: 'float32' as const, dims: [1, 2, 3], data: Float32Array.of(9, 0, 0, 0, 0, 9) },
    { type: 'float32' as const, dims: [1, 2, 4], data: Float32Array.of(0.5, 0.5, 0.5, 1, 0.5, 0.5, 1, 1) },
    { type: 'float32' as const, dims: [1, 2, 2, 2], data: Float32Array.of(9, -9, 9, -9, 9, 9, 9, 9) },
  ];
  const { instances, map } = detrSeg.read(outputs, { widthPx: 10, heightPx: 10 }, descriptor('detrSeg', 8), new Set([0]));
  expect(instances.map(({ box }) => box)).toEqual([{ x0: 0.25, y0: 0, x1: 0.75, y1: 1 }]);
  expect([...map.data].map(Math.round)).toEqual([1, 0, 1, 0]);
  expect(() => detrSeg.read(outputs.slice(0, 2), { widthPx: 1, heightPx: 1 }, descriptor('detrSeg', 8), new Set([0]))).toThrow('expected');
});

it('keeps the best of boxes that lie on each other', () => {
  const box = (x0: number, score: number) => ({ box: { x0, y0: 0, x1: x0 + 0.2, y1: 0.2 }, score });
  expect(boxIou(box(0, 1).box, box(0, 1).box)).toBe(1);
  expect(withoutDoubles([box(0.01, 0.5), box(0, 0.9), box(0.5, 0.4)], 0.7).map(({ score }) => score)).toEqual([0.9, 0.4]);
});

it('takes a sleeve that leads from the person out of the picture, and leaves a mug of the same size that a hand holds', () => {
  const [width, height] = [400, 300];
  const draw = (bitmap: Bitmap, x0: number, y0: number, x1: number, y1: number): Bitmap => {
    for (let y = y0; y < y1; y++) bitmap.data.fill(255, y * width + x0, y * width + x1);
    return bitmap;
  };
  const hand = draw(emptyBitmap(width, height), 40, 100, 120, 150);
  const foreground = draw(draw(draw(emptyBitmap(width, height), 0, 100, 120, 150), 120, 100, 160, 150), 250, 50, 380, 250);
  const gone = sliversBeside(hand, foreground);
  const at = (x: number, y: number): number => gone.data[y * width + x] as number;
  expect(at(20, 125)).toBe(255);
  expect(at(140, 125)).toBe(0);
  expect(at(300, 125)).toBe(0);
});
