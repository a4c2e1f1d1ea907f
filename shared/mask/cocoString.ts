import { columnRleOf, type ColumnRle } from './rleColumns.ts';

/*
 * COCO's compressed run lengths (cocodataset/cocoapi, `maskApi.c`): a character is 48 and six bits, of which five are data, least first, and the sixth says that
 * more follow; the last five hold the sign, as in signed LEB128. From the fourth number on, what is written is the difference to the number two before: runs of
 * outside and of inside are each like their neighbours.
 */
const firstCharacter = 48;
const moreFollow = 0x20;
const dataBits = 0x1f;
const signBit = 0x10;
const firstDifference = 3;

/** As a text that holds a backslash here and there: JSON writes two. */
export const cocoStringOf = ({ counts }: ColumnRle): string => {
  let bytes = new Uint8Array(2 * counts.length + 16);
  let length = 0;
  for (let index = 0; index < counts.length; index++) {
    if (length + 8 > bytes.length) {
      const larger = new Uint8Array(2 * bytes.length);
      larger.set(bytes);
      bytes = larger;
    }
    let rest = (counts[index] as number) - (index < firstDifference ? 0 : (counts[index - 2] as number));
    for (;;) {
      const data = rest & dataBits;
      rest >>= 5;
      if (rest === ((data & signBit) === 0 ? 0 : -1)) {
        bytes[length++] = firstCharacter + data;
        break;
      }
      bytes[length++] = firstCharacter + (data | moreFollow);
    }
  }
  const pieces: string[] = [];
  // As many at once as any engine takes as arguments.
  for (let start = 0; start < length; start += 8192) pieces.push(String.fromCharCode(...bytes.subarray(start, Math.min(length, start + 8192))));
  return pieces.join('');
};

/** Of the characters of a number: the seventh begins at bit 30. */
const mostCharacters = 7;

/** @throws RangeError for characters that are none of it, a number that does not end, and as {@link columnRleOf} */
export const columnRleOfCocoString = (size: readonly [heightPx: number, widthPx: number], text: string, maxPixels?: number): ColumnRle => {
  // A run takes a character at least.
  const counts = new Float64Array(text.length);
  let count = 0;
  for (let at = 0; at < text.length; ) {
    let value = 0;
    for (let character = 0, isLast = false; !isLast; character++) {
      if (at === text.length || character === mostCharacters) throw new RangeError(`Run ${count} of the mask does not end`);
      const bits = text.charCodeAt(at++) - firstCharacter;
      if (!(bits >= 0 && bits < 64)) throw new RangeError(`Character ${at - 1} of the mask's runs cannot be ${JSON.stringify(text[at - 1])}`);
      isLast = (bits & moreFollow) === 0;
      const data = bits & dataBits;
      // Beyond 30 bits by arithmetic: the operators of bits end at 32.
      value += (isLast && (data & signBit) !== 0 ? data - 32 : data) * 2 ** (5 * character);
    }
    counts[count] = value + (count < firstDifference ? 0 : (counts[count - 2] as number));
    if ((counts[count] as number) < 0) throw new RangeError(`Run ${count} of the mask is ${counts[count]}`);
    count++;
  }
  return columnRleOf(size, counts.subarray(0, count), maxPixels);
};
