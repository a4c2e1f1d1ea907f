/** The bytes as 32-bit words, for {@link runEnd}; what is left of the last three bytes is not in it. The offset must be a multiple of 4. */
export const wordsOf = (pixels: Uint8Array): Uint32Array => new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length >>> 2);

/**
 * First index in [start, end) that is on the other side of 128 than `inside` (0 or 1) says, else `end`. Takes four pixels at a time where
 * they are plain 0 or 255: on masks about five times as fast as byte by byte.
 * @param words {@link wordsOf} the same pixels
 */
export const runEnd = (pixels: Uint8Array, words: Uint32Array, start: number, end: number, inside: number): number => {
  const pattern = inside === 0 ? 0 : 0xffffffff;
  let index = start;
  for (;;) {
    while ((index & 3) !== 0 && index < end) {
      if ((pixels[index] as number) >>> 7 !== inside) return index;
      index++;
    }
    if (index >= end) return end;
    let word = index >>> 2;
    const lastWord = end >>> 2;
    while (word < lastWord && words[word] === pattern) word++;
    index = word << 2;
    // The next word holds the end of the run, soft values, or the last pixels.
    const stop = Math.min(end, index + 4);
    while (index < stop) {
      if ((pixels[index] as number) >>> 7 !== inside) return index;
      index++;
    }
    if (index >= end) return end;
  }
};
