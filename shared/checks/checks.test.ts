import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkIds, type CheckId, type CheckResult } from '../domain/check.ts';
import { emptyBitmap, type Bitmap } from '../mask/bitmap.ts';
import { areaJump } from './areaJump.ts';
import { maskChecks } from './index.ts';
import { assess, checkPixels } from './checkMask.ts';
import { lookAt, type CheckedByPixels, type Finding } from './look.ts';
import type { Photo } from './photo.ts';
import { suspicionOf, weights } from './suspicion.ts';

type Colour = readonly [number, number, number];
const grey: Colour = [200, 200, 200];
const red: Colour = [180, 40, 30];

const paint = (widthPx: number, heightPx: number, colourAt: (x: number, y: number) => Colour): Photo => {
  const data = new Uint8Array(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y++) for (let x = 0; x < widthPx; x++) data.set(colourAt(x, y), (y * widthPx + x) * 3);
  return { widthPx, heightPx, data };
};
const draw = (widthPx: number, heightPx: number, isInside: (x: number, y: number) => boolean): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  for (let y = 0; y < heightPx; y++) for (let x = 0; x < widthPx; x++) if (isInside(x, y)) mask.data[y * widthPx + x] = 255;
  return mask;
};
const disc = (x: number, y: number, radius: number) => (px: number, py: number): boolean => (px - x) ** 2 + (py - y) ** 2 < radius ** 2;
const size = 120;
const ball = disc(60, 60, 30);
const ballPhoto = paint(size, size, (x, y) => (ball(x, y) ? red : grey));

const check = (checkId: CheckedByPixels, mask: Bitmap, photo: Photo = paint(mask.widthPx, mask.heightPx, () => grey)): Finding => maskChecks[checkId](lookAt(mask, photo));
const levels = (mask: Bitmap, photo: Photo): Partial<Record<CheckId, string>> =>
  Object.fromEntries(checkPixels(mask, photo).flatMap(({ checkId, level }) => (level === 'fine' ? [] : [[checkId, level]])));

const turned = (mask: Bitmap): Bitmap => draw(mask.heightPx, mask.widthPx, (x, y) => mask.data[(mask.heightPx - 1 - x) * mask.widthPx + y] === 255);
const moved = (mask: Bitmap, dx: number, dy: number): Bitmap =>
  draw(mask.widthPx, mask.heightPx, (x, y) => x >= dx && y >= dy && mask.data[(y - dy) * mask.widthPx + x - dx] === 255);
/** Random blobs in the middle of a picture with room around them. */
const blobs = fc
  .array(fc.tuple(fc.integer({ min: 15, max: 30 }), fc.integer({ min: 15, max: 30 }), fc.integer({ min: 1, max: 9 }), fc.boolean()), { minLength: 1, maxLength: 8 })
  .map((circles) => {
    const mask = emptyBitmap(48, 60);
    for (const [x, y, radius, isHole] of circles) {
      const isIn = disc(x, y, radius);
      for (let py = 0; py < 60; py++) for (let px = 0; px < 48; px++) if (isIn(px, py)) mask.data[py * 48 + px] = isHole ? 0 : 255;
    }
    return mask;
  });
const withoutPlace = ({ level, severity, value, sentence }: Finding) => ({ level, severity: Math.round(severity * 1e9), value, sentence });

describe('checks of a mask', () => {
  it('find nothing in a good one', () => {
    expect(levels(draw(size, size, ball), ballPhoto)).toEqual({});
  });

  it('are one each, in their order, with a sentence', () => {
    const { results } = assess(checkPixels(draw(size, size, ball), ballPhoto), { areaShare: 0.2, relatives: [] }, 0.99);
    expect(results.map(({ checkId }) => checkId)).toEqual([...checkIds]);
    for (const { sentence, value } of results) expect([sentence.length > 5, value.length > 1]).toEqual([true, true]);
  });

  it('an empty mask is the worst there is, however sure the model was', () => {
    const { results, suspicion } = assess(checkPixels(emptyBitmap(size, size), ballPhoto), { areaShare: 0, relatives: [0.2, 0.3] }, 0.9999);
    expect(results.filter(({ level }) => level !== 'fine')).toMatchObject([{ checkId: 'nothing_found', level: 'bad', value: 'empty' }]);
    expect(suspicion).toBeGreaterThan(0.9);
  });

  it('nothing found: a crumb, with its place', () => {
    expect(check('nothing_found', draw(200, 200, (x, y) => x > 90 && x < 94 && y === 50))).toMatchObject({ level: 'bad', placeImagePx: { xPx: 91, yPx: 50, widthPx: 3, heightPx: 1 } });
    expect(check('nothing_found', draw(size, size, ball)).level).toBe('fine');
  });

  it('nearly everything: by the share that is kept', () => {
    expect(check('nearly_everything', draw(100, 100, (x) => x < 96))).toMatchObject({ level: 'bad', value: '96 %' });
    expect(check('nearly_everything', draw(100, 100, (x) => x < 80)).level).toBe('look');
    expect(check('nearly_everything', draw(100, 100, (x) => x < 60)).level).toBe('fine');
  });

  it('touches the border: the side that it touches most, and where', () => {
    const arm = draw(200, 100, (x, y) => ball(x - 40, y) || (x < 90 && y >= 20 && y < 32));
    expect(check('touches_border', arm)).toMatchObject({ level: 'look', value: 'left, 12 %', placeImagePx: { xPx: 0, yPx: 20, heightPx: 12 } });
    expect(check('touches_border', draw(100, 100, (x, y) => y < 30 || (x > 95 && y < 50)))).toMatchObject({
      level: 'bad',
      value: 'top, 100 %',
      sentence: 'Touches the border: top, 100 % of that side; also right, 50 %; left, 30 %',
    });
  });

  it('islands: counted on the full mask, so that one stray pixel of 24 million is not lost', () => {
    const mask = draw(6000, 4000, (x, y) => x > 2000 && x < 3000 && y > 1000 && y < 2000);
    mask.data[100 * 6000 + 5000] = 255;
    expect(check('islands', mask, paint(640, 427, () => grey))).toMatchObject({ level: 'fine', value: '1, < 0.01 %', placeImagePx: { xPx: 5000, yPx: 100, widthPx: 1, heightPx: 1 } });
    for (let at = 0; at < 30; at++) mask.data.fill(255, (100 + at) * 6000 + 5000, (100 + at) * 6000 + 5030);
    expect(check('islands', mask, paint(640, 427, () => grey))).toMatchObject({ level: 'look', sentence: '1 island beside the main part, 0.09 % of its size' });
    expect(check('islands', draw(size, size, (x, y) => disc(40, 60, 25)(x, y) || disc(95, 60, 8)(x, y)))).toMatchObject({ level: 'bad' });
  });

  it('holes: those that show the mask’s own colours, not a cup’s handle', () => {
    const handle = disc(60, 60, 10);
    const ring = draw(size, size, (x, y) => ball(x, y) && !handle(x, y));
    const cup = paint(size, size, (x, y) => (ball(x, y) && !handle(x, y) ? red : grey));
    expect(check('holes', ring, cup)).toMatchObject({ level: 'fine', value: '1, see-through' });
    expect(check('holes', ring, ballPhoto)).toMatchObject({ level: 'bad', value: '1, 12 %', placeImagePx: { xPx: 51, yPx: 51, widthPx: 19, heightPx: 19 } });
  });

  it('rough edge: fringes, and not corners', () => {
    const box = (x: number, y: number): boolean => x >= 30 && x < 90 && y >= 30 && y < 90;
    expect(check('rough_edge', draw(size, size, box)).level).toBe('fine');
    const fringed = draw(size, size, (x, y) => box(x, y) && (y > 40 || (x * 7919) % 5 < 2));
    const rough = check('rough_edge', fringed);
    expect(rough.level).not.toBe('fine');
    expect(rough.placeImagePx).toMatchObject({ yPx: expect.any(Number) as number });
    expect((rough.placeImagePx?.yPx ?? 99) < 50).toBe(true);
  });

  it('edge off contours: a mask beside the product', () => {
    expect(check('off_gradient', draw(size, size, ball), ballPhoto).level).toBe('fine');
    expect(check('off_gradient', draw(size, size, disc(72, 60, 30)), ballPhoto)).toMatchObject({ level: 'bad' });
  });

  it('edge off contours: a cut through the product, whatever its texture', () => {
    const isRight = (x: number, y: number): boolean => ball(x, y) && x < 66;
    const chequered = paint(size, size, (x, y) => (ball(x, y) ? ((x + y) % 6 < 3 ? red : [90, 20, 20]) : grey));
    for (const photo of [ballPhoto, chequered]) {
      const whole = check('off_gradient', draw(size, size, ball), photo);
      const cut = check('off_gradient', draw(size, size, isRight), photo);
      expect(whole.level).toBe('fine');
      expect(cut).toMatchObject({ level: 'look', sentence: expect.stringMatching(/^\d+ % of the edge has the same colours on both sides$/) as string });
      expect(cut.severity).toBeGreaterThan(whole.severity);
      const { xPx, widthPx } = cut.placeImagePx ?? { xPx: 0, widthPx: 0 };
      expect([xPx <= 65, xPx + widthPx > 65]).toEqual([true, true]);
    }
  });

  it('text kept: a caption over the product, and not beside it', () => {
    // Strokes as letters have them: flat, sharp, unevenly spaced.
    const isInk = (x: number, y: number): boolean => y >= 100 && y < 118 && x >= 60 && x < 260 && ((x - 60) % 14 < 4 || ((x - 60) % 14 < 9 && (y % 9 < 3 || (x - 60) % 28 > 14)));
    const photo = paint(320, 200, (x, y) => (isInk(x, y) ? [255, 255, 255] : [30, 30, 40]));
    const kept = check('text_kept', draw(320, 200, (x, y) => x > 30 && x < 300 && y > 30 && y < 180), photo);
    expect(kept).toMatchObject({ level: 'look', value: expect.stringMatching(/^1 line/) as string });
    expect(kept.placeImagePx?.yPx).toBeGreaterThan(90);
    expect(check('text_kept', draw(320, 200, (_, y) => y > 20 && y < 80), photo).level).toBe('fine');
    expect(check('text_kept', draw(size, size, ball), ballPhoto).level).toBe('fine');
  });

  const moveless = ['nothing_found', 'nearly_everything', 'islands', 'touches_border'] as const;
  it('say the same of a mask that is moved within the picture', () => {
    fc.assert(
      fc.property(blobs, fc.nat(8), fc.nat(8), (mask, dx, dy) => {
        for (const id of moveless) expect([id, withoutPlace(check(id, moved(mask, dx, dy)))]).toEqual([id, withoutPlace(check(id, mask))]);
      }),
      { numRuns: 60 },
    );
  });

  it('say the same of a mask that is turned', () => {
    fc.assert(
      fc.property(blobs, (mask) => {
        for (const id of ['nothing_found', 'nearly_everything', 'islands', 'holes', 'rough_edge'] as const) {
          expect([id, withoutPlace(check(id, turned(mask)))]).toEqual([id, withoutPlace(check(id, mask))]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keep to their ranges, and places lie in the picture', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 30 * 20, maxLength: 30 * 20 }), fc.integer({ min: 1, max: 3 }), (bytes, coarse) => {
        const mask = draw(30, 20, (x, y) => ((bytes[Math.floor(y / coarse) * 30 + Math.floor(x / coarse)] ?? 0) & 1) === 1);
        const photo = paint(30, 20, (x, y) => [bytes[y * 30 + x] ?? 0, bytes[y * 30 + 29 - x] ?? 0, 90]);
        for (const { severity, placeImagePx: place, level, checkId } of checkPixels(mask, photo)) {
          expect([checkId, severity >= 0 && severity <= weights[checkId]]).toEqual([checkId, true]);
          // The edge tells masks apart from its first percents on, before anybody need look.
          if (checkId !== 'off_gradient') expect([checkId, level === 'fine' ? severity : 0]).toEqual([checkId, 0]);
          if (place === null) continue;
          const isInside = place.xPx >= 0 && place.yPx >= 0 && place.widthPx > 0 && place.heightPx > 0 && place.xPx + place.widthPx <= 30 && place.yPx + place.heightPx <= 20;
          expect([checkId, place, isInside]).toEqual([checkId, place, true]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('area against relatives', () => {
  const shares = fc.array(fc.double({ min: 0.02, max: 0.4, noNaN: true }), { minLength: 2, maxLength: 9 });

  it('is as unusual as large as it is as small, whatever the unit and the order', () => {
    fc.assert(
      fc.property(shares, fc.double({ min: 1, max: 30, noNaN: true }), fc.double({ min: 0.1, max: 2, noNaN: true }), (relatives, factor, unit) => {
        const logs = relatives.map(Math.log).toSorted((a, b) => a - b);
        const middle = Math.exp(((logs[(logs.length - 1) >> 1] as number) + (logs[logs.length >> 1] as number)) / 2);
        const up = areaJump(middle * factor, relatives);
        const down = areaJump(middle / factor, relatives.toReversed());
        const scaled = areaJump(middle * factor * unit, relatives.map((share) => share * unit));
        expect(down.severity).toBeCloseTo(up.severity, 6);
        expect(scaled.severity).toBeCloseTo(up.severity, 6);
      }),
    );
  });

  it('says nothing with fewer than two, and is not led astray by one wrong relative', () => {
    expect(areaJump(0.5, [0.01]).level).toBe('fine');
    expect(areaJump(0.2, [0.2, 0.21, 0.19, 0.95]).level).toBe('fine');
    expect(areaJump(0.9, [0.2, 0.21, 0.19, 0.22])).toMatchObject({ level: 'look', value: '4.4 × usual' });
    expect(areaJump(0, [0.2, 0.21]).level).toBe('fine');
  });
});

describe('suspicion', () => {
  const resultsOf = (severities: readonly number[]): CheckResult[] =>
    checkIds.map((checkId, index) => ({ checkId, level: 'look', severity: severities[index] ?? 0, value: '', sentence: '', placeImagePx: null }));
  const severities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: checkIds.length, maxLength: checkIds.length });
  const confidences = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));

  it('stays within 0 and 1, and never falls when a check finds more or the model doubts more', () => {
    fc.assert(
      fc.property(severities, confidences, fc.nat(checkIds.length - 1), (before, confidence, index) => {
        const after = before.map((severity, at) => (at === index ? Math.min(1, severity + 0.2) : severity));
        const suspicion = suspicionOf(resultsOf(before), confidence);
        expect(suspicion).toBeGreaterThanOrEqual(0);
        expect(suspicion).toBeLessThanOrEqual(1);
        expect(suspicionOf(resultsOf(after), confidence)).toBeGreaterThanOrEqual(suspicion);
        if (confidence !== null) expect(suspicionOf(resultsOf(before), confidence / 2)).toBeGreaterThanOrEqual(suspicion);
      }),
    );
  });

  it('of the same pixels is the same whatever was kept of area_jump before', () => {
    const byPixels = checkPixels(draw(size, size, ball), ballPhoto);
    const first = assess(byPixels, { areaShare: 0.9, relatives: [0.2, 0.21, 0.19] }, 0.98);
    const second = assess(first.results, { areaShare: 0.2, relatives: [0.2, 0.21, 0.19] }, 0.98);
    expect(second).toEqual(assess(byPixels, { areaShare: 0.2, relatives: [0.2, 0.21, 0.19] }, 0.98));
    expect(first.suspicion).toBeGreaterThan(second.suspicion);
  });
});
