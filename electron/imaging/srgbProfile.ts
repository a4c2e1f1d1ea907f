/** Colorants of sRGB adapted to D50, as they stand in its ICC profile (IEC 61966-2-1; ICC.1:2022 tags rXYZ, gXYZ, bXYZ). */
const srgbColorants = {
  rXYZ: [0.4361, 0.2225, 0.0139],
  gXYZ: [0.3851, 0.7169, 0.0971],
  bXYZ: [0.1431, 0.0606, 0.7139],
} as const;

/** Larger than the rounding of the profiles in use, far smaller than the distance to Display P3 or Adobe RGB (0.07 and more). */
const tolerance = 0.004;

/**
 * Whether an ICC profile says sRGB: it calls itself so and its colorants agree. Anything unexpected counts as another profile, which
 * costs a conversion and never a wrong colour.
 */
export const isSrgbProfile = (icc: Uint8Array): boolean => {
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength);
  try {
    const tags = new Map<string, { offset: number; size: number }>();
    const count = Math.min(view.getUint32(128), 100);
    for (let index = 0; index < count; index++) {
      const entry = 132 + index * 12;
      const signature = String.fromCharCode(...icc.subarray(entry, entry + 4));
      tags.set(signature, { offset: view.getUint32(entry + 4), size: view.getUint32(entry + 8) });
    }
    const description = tags.get('desc');
    if (description === undefined) return false;
    // ASCII in version 2 profiles, UTF-16 in version 4: without its zero bytes both read the same.
    const text = String.fromCharCode(...icc.subarray(description.offset, description.offset + Math.min(description.size, 400)).filter((byte) => byte !== 0));
    if (!/sRGB/i.test(text)) return false;
    return Object.entries(srgbColorants).every(([signature, expected]) => {
      const tag = tags.get(signature);
      return tag !== undefined && expected.every((value, axis) => Math.abs(view.getInt32(tag.offset + 8 + axis * 4) / 65536 - value) < tolerance);
    });
  } catch (error) {
    if (error instanceof RangeError) return false; // a profile that is shorter than it says
    throw error;
  }
};
