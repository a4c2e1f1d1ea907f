import { expect, it } from 'vitest';
import { emptyBitmap } from '../../../shared/mask/bitmap.ts';
import { foregroundBox, partOf, together, wholePicture } from './looks.ts';
import { personClasses, type PeopleMap, type PersonClass } from './peopleMap.ts';

const flat = (value: number, side = 8): PeopleMap => {
  const planes = Object.fromEntries(personClasses.map((name) => [name, new Float32Array(side * side)])) as Record<PersonClass, Float32Array>;
  planes.bodySkin.fill(value);
  return { widthPx: side, heightPx: side, planes };
};

it('looks at the foreground with what is around it, and at nothing where that is nearly all', () => {
  const mask = emptyBitmap(100, 100);
  expect(foregroundBox(mask)).toBeNull();
  for (let y = 40; y < 60; y++) mask.data.fill(255, y * 100 + 90, y * 100 + 100);
  const box = foregroundBox(mask);
  expect(box?.x0).toBeCloseTo(0.84);
  expect(box?.x1).toBe(1);
  expect(box?.y0).toBeCloseTo(0.376);
  expect(box?.y1).toBeCloseTo(0.624);
  expect(foregroundBox({ ...mask, data: mask.data.map(() => 255) })).toBeNull();
});

it('cuts a part out of a picture and keeps its colours in place', () => {
  const picture = { widthPx: 64, heightPx: 64, data: Uint8Array.from({ length: 64 * 64 * 3 }, (_, at) => (Math.floor(at / 3) % 64) * 4) };
  const part = partOf(picture, { x0: 0.5, y0: 0, x1: 1, y1: 0.5 }, 8);
  const row = Array.from({ length: 8 }, (_, x) => part.data[x * 3]);
  // Blocks of four columns from the 32nd on: their mean is 4 * (32 + 4 x + 1.5).
  expect(row).toEqual([134, 150, 166, 182, 198, 214, 230, 246]);
  expect(partOf(picture, wholePicture, 64).data).toEqual(picture.data);
});

it('hears both looks where there are two, the closer one more, and one alone elsewhere', () => {
  const box = { x0: 0.5, y0: 0.5, x1: 1, y1: 1 };
  const { planes, widthPx } = together([{ box: wholePicture, map: flat(0) }, { box, map: flat(0.9) }], 16);
  expect(widthPx).toBe(16);
  expect(planes.bodySkin[0]).toBe(0);
  expect(planes.bodySkin[15 * 16 + 15]).toBeCloseTo(0.6);
  const alone = flat(0.3);
  expect(together([{ box: wholePicture, map: alone }], 16)).toBe(alone);
});
