import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPx, emptyBitmap, type Bitmap } from '../../../shared/mask/bitmap.ts';
import { arbitraryMask } from '../testing/arbitraryMask.ts';
import { labelsOf } from '../testing/pictureOf.ts';
import { packMask, PackFault, unpackMask } from './rlePack.ts';

const bits = (value: number, count: number): string => value.toString(2).padStart(count, '0');
const packed = (text: string): Uint8Array => Uint8Array.from(text.match(/.{1,8}/g) as string[], (byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
const head = (words: number, counts: readonly number[]): string => bits(words, 32) + bits(7, 5) + counts.map((count) => bits(count - 1, 4)).join('');

/** The same mask in every way that the packing allows: runs and single values, counts of any width, channels that differ. */
const packedOtherwise = (mask: Bitmap, counts: readonly number[], choices: readonly number[], colour: number): Uint8Array => {
  const words = Array.from({ length: mask.data.length * 4 }, (_, at) => (at % 4 === 3 ? (mask.data[at >> 2] as number) : colour));
  let text = head(words.length, counts);
  for (let at = 0, turn = 0; at < words.length; turn++) {
    const choice = choices[turn % choices.length] as number;
    const kind = choice % 4;
    const most = Math.min(1 << (counts[kind] as number), words.length - at);
    let same = 1;
    while (same < most && words[at + same] === words[at]) same++;
    const isRun = choice % 8 < 4;
    const count = isRun ? same : Math.min(most, 1 + (choice % 11));
    text += (isRun ? '1' : '0') + bits(kind, 2) + bits(count - 1, counts[kind] as number) + (isRun ? bits(words[at] as number, 8) : words.slice(at, at + count).map((word) => bits(word, 8)).join(''));
    at += count;
  }
  return packed(text);
};

describe('rle-pack', () => {
  it('every mask comes back as it was', () => {
    fc.assert(fc.property(arbitraryMask, (mask) => {
      expect(unpackMask(packMask(mask), mask.widthPx, mask.heightPx)).toEqual(mask);
    }), { numRuns: 150 });
  });

  it('however others pack it, alpha alone counts', () => {
    const counts = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 16 })));
    fc.assert(
      fc.property(arbitraryMask, counts, fc.array(fc.nat(87), { minLength: 1, maxLength: 9 }), fc.nat(255), (mask, widths, choices, colour) => {
        expect(unpackMask(packedOtherwise(mask, widths, choices, colour), mask.widthPx, mask.heightPx)).toEqual(mask);
      }),
      { numRuns: 50 },
    );
  });

  it('is bit for bit what the structure says (brush.py: 32 bits of count, 5 of word size, 4 x 4 of counts, blocks)', () => {
    // Two pixels: eight values, four of 255 and four of 0; both runs are of 4, so 3 in the three bits of the first kind.
    expect(packMask(labelsOf('#.'))).toEqual(packed(`${head(8, [3, 4, 8, 16])}1${bits(0, 2)}${bits(3, 3)}${bits(255, 8)}1${bits(0, 2)}${bits(3, 3)}${bits(0, 8)}`));
  });

  it('runs longer than a block has bits for', () => {
    const mask = emptyBitmap(400, 300);
    mask.data.fill(255, 5, 100_000);
    expect(areaPx(unpackMask(packMask(mask), 400, 300))).toBe(99_995);
  });

  it.each([
    ['nothing', new Uint8Array(0), 'end within their head'],
    ['another size', packMask(labelsOf('#.#')), 'are of 12 values, and 2 x 1 pixels have 8'],
    ['words of 16 bits', packed(bits(8, 32) + bits(15, 5) + bits(0, 16)), 'not of 8 bits'],
    ['an end too early', packMask(labelsOf('#.')).subarray(0, 8), 'end before the picture is full'],
    ['a run that overruns', packed(`${head(8, [3, 4, 8, 16])}1${bits(2, 2)}${bits(200, 8)}${bits(255, 8)}`), 'a run reaches 193 values beyond the picture'],
  ])('refuses %s', (_what, bytes, sentence) => {
    expect(() => unpackMask(bytes, 2, 1)).toThrow(PackFault);
    expect(() => unpackMask(bytes, 2, 1)).toThrow(sentence);
  });
});
