import { describe, expect, test } from 'vitest';
import { fittedBounds } from './fittedBounds.ts';

const left = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 1280, height: 720 };
const window = (x: number, y: number, width = 1440, height = 900) => ({ x, y, width, height });

describe('where a window is put back', () => {
  test('where it was, when all of it shows', () => expect(fittedBounds(window(100, 50), [left, right])).toEqual(window(100, 50)));
  test('pulled back into sight when it hangs over the edge', () => expect(fittedBounds(window(-700, 500), [left])).toEqual(window(0, 180)));
  test('on the screen that shows most of it, no larger than that', () =>
    expect(fittedBounds(window(1800, 10), [left, right])).toEqual({ x: 1920, y: 0, width: 1280, height: 720 }));
  test.each([
    ['the screen is gone', window(4000, 0)],
    ['only a sliver is left', window(1880, 1060)],
  ])('nowhere when %s', (_why, bounds) => expect(fittedBounds(bounds, [left])).toBeNull());
  test('nowhere without a screen', () => expect(fittedBounds(window(0, 0), [])).toBeNull());
});
