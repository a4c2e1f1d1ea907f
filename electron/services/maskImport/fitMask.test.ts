import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bitmap } from '../../../shared/mask/bitmap.ts';
import { resizeNearest, storedMask, uprightMask } from './fitMask.ts';

const drawn = (...rows: readonly string[]): Bitmap => ({ widthPx: rows[0]?.length ?? 0, heightPx: rows.length, data: Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 255 : 0)) });
const mask = drawn('#..#', '.#..', '#...');

/** As viewers that heed EXIF show a photo of these pixels: 6 is turned clockwise, 8 the other way, 2 mirrored ... */
test.each([
  [1, ['#..#', '.#..', '#...']],
  [2, ['#..#', '..#.', '...#']],
  [3, ['...#', '..#.', '#..#']],
  [4, ['#...', '.#..', '#..#']],
  [5, ['#.#', '.#.', '...', '#..']],
  [6, ['#.#', '.#.', '...', '..#']],
  [7, ['..#', '...', '.#.', '#.#']],
  [8, ['#..', '...', '.#.', '#.#']],
] as const)('orientation %i turns a mask as the photo, and back', (orientation, rows) => {
  const upright = uprightMask(mask, orientation);
  expect(upright).toEqual(drawn(...rows));
  expect(storedMask(upright, orientation)).toEqual(mask);
});

test('enlarged by whole numbers and made small again it is as it was; its own size changes nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (across, down) => {
      const large = resizeNearest(mask, { widthPx: 4 * across, heightPx: 3 * down });
      expect(large.data).toHaveLength(12 * across * down);
      expect(resizeNearest(large, { widthPx: 4, heightPx: 3 })).toEqual(mask);
    }),
  );
});
