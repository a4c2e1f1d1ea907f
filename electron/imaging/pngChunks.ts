/** Types of a PNG's whole chunks, in order (PNG specification, section 5.3: length, type, data, CRC). */
const pngChunkTypes = (bytes: Uint8Array): ReadonlySet<string> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const types = new Set<string>();
  for (let offset = 8; offset + 12 <= bytes.length && !types.has('IEND'); ) {
    const end = offset + 12 + view.getUint32(offset);
    if (end > bytes.length) break;
    types.add(String.fromCharCode(...bytes.subarray(offset + 4, offset + 8)));
    offset = end;
  }
  return types;
};

/** Whether a PNG has its last chunk. libpng is content once it has the pixels, and so would not tell of a file that was cut short. */
export const pngIsComplete = (bytes: Uint8Array): boolean => pngChunkTypes(bytes).has('IEND');

/**
 * Whether a browser and our decoder see the same pixels in a PNG: no animation, and no colour chunk that browsers follow and decoders
 * such as libvips or OpenCV ignore. An `sRGB` chunk makes `gAMA` and `cHRM` mean nothing; `cICP` outranks all.
 */
export const pngIsPlain = (bytes: Uint8Array): boolean => {
  const types = pngChunkTypes(bytes);
  if (types.has('acTL') || types.has('cICP')) return false;
  return types.has('sRGB') || !(types.has('gAMA') || types.has('cHRM'));
};
