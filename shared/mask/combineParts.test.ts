import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partOperations } from '../domain/maskPart.ts';
import { sameBitmap, type Bitmap } from './bitmap.ts';
import { combineParts, type CombinedPart } from './combineParts.ts';

const size = { widthPx: 5, heightPx: 4 };
const bitmap: fc.Arbitrary<Bitmap> = fc.array(fc.constantFrom(0, 255), { minLength: 20, maxLength: 20 }).map((data) => ({ ...size, data: Uint8Array.from(data) }));
const part: fc.Arbitrary<CombinedPart> = fc.record({ operation: fc.constantFrom(...partOperations), mask: bitmap, isOn: fc.boolean() });
const parts = fc.array(part, { maxLength: 6 });

it('is foreground minus people, pixel by pixel', () => {
  const of = (...data: number[]): Bitmap => ({ widthPx: 4, heightPx: 1, data: Uint8Array.from(data) });
  const foreground: CombinedPart = { operation: 'add', mask: of(255, 255, 0, 0), isOn: true };
  const people: CombinedPart = { operation: 'subtract', mask: of(0, 255, 255, 0), isOn: true };
  expect([...combineParts([foreground, people], { widthPx: 4, heightPx: 1 }).data]).toEqual([255, 0, 0, 0]);
  expect([...combineParts([foreground, { ...people, operation: 'intersect' }], { widthPx: 4, heightPx: 1 }).data]).toEqual([0, 255, 0, 0]);
  // Order counts: what is subtracted first can be added again.
  expect([...combineParts([people, foreground], { widthPx: 4, heightPx: 1 }).data]).toEqual([255, 255, 0, 0]);
  expect(() => combineParts([foreground], size)).toThrow('does not lie on');
});

it('does not know parts that are off', () => {
  fc.assert(fc.property(parts, (all) => sameBitmap(combineParts(all, size), combineParts(all.filter(({ isOn }) => isOn), size))));
});

it('changes nothing by the same part again, and inverts what inverted parts do', () => {
  fc.assert(
    fc.property(parts, part, (before, last) => {
      const once = combineParts([...before, last], size);
      expect(sameBitmap(combineParts([...before, last, last], size), once)).toBe(true);
      const opposite = { ...last.mask, data: last.mask.data.map((value) => 255 - value) };
      if (last.operation === 'subtract') expect(sameBitmap(combineParts([...before, { ...last, operation: 'intersect', mask: opposite }], size), once)).toBe(true);
    }),
  );
});

it('keeps what it is given, and gives masks', () => {
  fc.assert(
    fc.property(parts, (all) => {
      const before = all.map(({ mask }) => [...mask.data]);
      expect(combineParts(all, size).data.every((value) => value === 0 || value === 255)).toBe(true);
      expect(all.map(({ mask }) => [...mask.data])).toEqual(before);
    }),
  );
});
