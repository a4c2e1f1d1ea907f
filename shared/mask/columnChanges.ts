import type { Bitmap } from './bitmap.ts';
import { wordsOf } from './runEnd.ts';

/** Of four pixels in a word: which are inside. */
const insideBits = 0x80808080 | 0;

/** Indices, ascending; grows as they come. */
class IndexList {
  #indices = new Uint32Array(4096);
  #length = 0;

  add(index: number): void {
    if (this.#length === this.#indices.length) {
      const larger = new Uint32Array(2 * this.#length);
      larger.set(this.#indices);
      this.#indices = larger;
    }
    this.#indices[this.#length++] = index;
  }

  get all(): Uint32Array {
    return this.#indices.subarray(0, this.#length);
  }
}

/** Those from `start` to before `end` that are not as the pixel above. */
const byPixel = (data: Uint8Array, widthPx: number, start: number, end: number, list: IndexList): void => {
  for (let index = start; index < end; index++) if (((data[index] as number) ^ (data[index - widthPx] as number)) >>> 7 !== 0) list.add(index);
};

/**
 * Indices (row-major, ascending) of the pixels below the first row that are not as the pixel above them. Compares four pixels at a time, and sixteen where
 * rows are whole words: on masks it is as fast as reading them. Rows of other widths do not begin on words: the word above is put together from two.
 */
export const changesFromAbove = ({ widthPx, data: given }: Bitmap): Uint32Array => {
  const data = given.byteOffset % 4 === 0 ? given : given.slice();
  const words = wordsOf(data);
  const list = new IndexList();
  const firstWord = (widthPx + 3) >>> 2;
  byPixel(data, widthPx, widthPx, Math.min(data.length, 4 * firstWord), list);
  const above = 4 * firstWord - widthPx;
  const shift = 8 * (above & 3);
  let word = firstWord;
  if (shift === 0) {
    const back = widthPx >>> 2;
    while (word < words.length) {
      while (word + 4 <= words.length) {
        const differs =
          ((words[word] as number) ^ (words[word - back] as number)) |
          ((words[word + 1] as number) ^ (words[word + 1 - back] as number)) |
          ((words[word + 2] as number) ^ (words[word + 2 - back] as number)) |
          ((words[word + 3] as number) ^ (words[word + 3 - back] as number));
        if ((differs & insideBits) !== 0) break;
        word += 4;
      }
      const stop = Math.min(words.length, word + 4);
      for (; word < stop; word++) if ((((words[word] as number) ^ (words[word - back] as number)) & insideBits) !== 0) byPixel(data, widthPx, 4 * word, 4 * word + 4, list);
    }
  } else {
    const back = firstWord - (above >>> 2);
    let low = words[word - back] as number;
    for (; word < words.length; word++) {
      const high = words[word - back + 1] as number;
      if ((((words[word] as number) ^ ((low >>> shift) | (high << (32 - shift)))) & insideBits) !== 0) byPixel(data, widthPx, 4 * word, 4 * word + 4, list);
      low = high;
    }
  }
  byPixel(data, widthPx, Math.max(widthPx, 4 * Math.max(firstWord, words.length)), data.length, list);
  return list.all;
};
