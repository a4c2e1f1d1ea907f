import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import { MaskDocument } from '../editor/maskDocument.ts';
import { tilesOf } from '../editor/maskSource.ts';
import { levelFor, sampleMask, samplerOfAdded } from './sampleMask.ts';

const bitmapOf = (widthPx: number, heightPx: number, seed: number): Bitmap => ({
  widthPx,
  heightPx,
  data: Uint8Array.from({ length: widthPx * heightPx }, (_, at) => {
    const x = at % widthPx;
    const y = Math.floor(at / widthPx);
    const isDisc = (x - 200) ** 2 + (y - 150) ** 2 < 140 ** 2;
    return isDisc !== (Math.imul(at + seed, 2_654_435_761) >>> 28 === 0) ? 255 : 0;
  }),
});

describe('the mask at a level of detail', () => {
  it('is the inside share of each block, for any part, beyond the image too', () => {
    const part = fc.record({
      level: fc.integer({ min: 0, max: 7 }),
      xPx: fc.integer({ min: -2, max: 40 }),
      yPx: fc.integer({ min: -2, max: 40 }),
      widthPx: fc.integer({ min: 1, max: 30 }),
      heightPx: fc.integer({ min: 1, max: 30 }),
    });
    const masks = [bitmapOf(600, 300, 1), bitmapOf(601, 263, 5)].map((bitmap) => ({ bitmap, document: new MaskDocument(tilesOf({ bitmap })) }));
    fc.assert(
      fc.property(part, fc.constantFrom(...masks), ({ level, ...area }, { bitmap, document }) => {
        const blockPx = 1 << level;
        const shares = new Uint8Array(area.widthPx * area.heightPx).fill(99);
        sampleMask(document, level, area, shares);
        for (let y = 0; y < area.heightPx; y++) {
          for (let x = 0; x < area.widthPx; x++) {
            let inside = 0;
            for (let py = (area.yPx + y) * blockPx; py < (area.yPx + y + 1) * blockPx; py++) {
              for (let px = (area.xPx + x) * blockPx; px < (area.xPx + x + 1) * blockPx; px++) {
                if (px >= 0 && py >= 0 && px < bitmap.widthPx && py < bitmap.heightPx && bitmap.data[py * bitmap.widthPx + px] === 255) inside++;
              }
            }
            const expected = Math.round((inside * 255) / blockPx ** 2);
            const actual = shares[y * area.widthPx + x] as number;
            if (Math.abs(actual - expected) > 1) throw new Error(`Block ${area.xPx + x}, ${area.yPx + y} of level ${level}: ${actual}, expected ${expected}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is looked at so that it shrinks by less than two and never grows below 100 %', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 32, noNaN: true }), (zoom) => {
        const drawn = zoom * 2 ** levelFor(zoom);
        if (zoom >= 1) expect(levelFor(zoom)).toBe(0);
        else expect(drawn > 0.5 - 1e-9 && drawn <= 1).toBe(true);
      }),
    );
  });
});

describe('what one mask has and another has not', () => {
  it('is, pixel by pixel, inside the one and outside the other', () => {
    const [now, base] = [bitmapOf(600, 300, 1), bitmapOf(600, 300, 7)];
    const [nowDocument, baseDocument] = [now, base].map((bitmap) => new MaskDocument(tilesOf({ bitmap }))) as [MaskDocument, MaskDocument];
    const area = { xPx: 40, yPx: 20, widthPx: 400, heightPx: 250 };
    const [added, removed] = [new Uint8Array(400 * 250), new Uint8Array(400 * 250)];
    samplerOfAdded(nowDocument, baseDocument)(0, area, added);
    samplerOfAdded(baseDocument, nowDocument)(0, area, removed);
    let differing = 0;
    let wrong = 0;
    for (let y = 0; y < 250; y++) {
      for (let x = 0; x < 400; x++) {
        const at = (y + 20) * 600 + x + 40;
        const [isNow, wasBase] = [now.data[at] === 255, base.data[at] === 255];
        if ((added[y * 400 + x] === 255) !== (isNow && !wasBase)) wrong++;
        if ((removed[y * 400 + x] === 255) !== (wasBase && !isNow)) wrong++;
        if (isNow !== wasBase) differing++;
      }
    }
    expect(wrong).toBe(0);
    expect(differing).toBeGreaterThan(1000);
  });
});
