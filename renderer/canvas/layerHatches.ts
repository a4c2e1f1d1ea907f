import { present } from '../../shared/errors/errors.ts';
import type { HatchStyle } from './hatch.ts';

/**
 * Of the parts of a mask, in their order; equal to the tokens `--mask-part-…`. They differ in lightness and in the way their stripes lean, and are none of the
 * colours of what was added and removed.
 */
const layerHatches: readonly HatchStyle[] = [
  { red: 0xf2, green: 0xb7, blue: 0x05, leans: 'right' },
  { red: 0xb5, green: 0x5b, blue: 0xe8, leans: 'left' },
  { red: 0xf5, green: 0xf5, blue: 0xf5, leans: 'level' },
  { red: 0x1f, green: 0x9e, blue: 0x5a, leans: 'upright' },
];

/** @param part its place in the recipe, from 0 on; beyond the last they begin anew */
export const layerHatchOf = (part: number): HatchStyle => present(layerHatches[part % layerHatches.length], 'A hatch');
