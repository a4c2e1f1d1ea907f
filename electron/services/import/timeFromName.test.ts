import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeFromName } from './timeFromName.ts';

test.each([
  ['000123', 123],
  ['frame_0007', 7],
  ['frame_12.5s', 12.5],
  ['frame_12,5s', 12.5],
  ['frame_12.5', 12.5],
  ['12.5sec', 12.5],
  ['00-04-08.250', 248.25],
  ['clip 01:02:03', 3723],
  ['2024_00_04_08,5', 248.5],
  ['0h04m08s', 248],
  ['t=4.8', 4.8],
  ['video_t=4.8s_final', 4.8],
  ['clip_ms1234', 1.234],
  ['clip-1234ms', 1.234],
  ['video2_t=9', 9],
  ['items12', 12],
  ['cover', null],
  ['', null],
])('%s is %s s', (name, expected) => {
  expect(timeFromName(name)).toBe(expected);
});

test('any time that is written with its unit is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.constantFrom('', 'clip_', 'video2-', 'видео '), (timeMs, prefix) => {
      expect(timeFromName(`${prefix}ms${timeMs}`)).toBe(timeMs / 1000);
      expect(timeFromName(`${prefix}t=${timeMs / 1000}`)).toBe(timeMs / 1000);
    }),
  );
});

test('no name makes it throw or give anything but a time or null', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      const time = timeFromName(name);
      expect(time === null || (Number.isFinite(time) && time >= 0)).toBe(true);
    }),
  );
});
