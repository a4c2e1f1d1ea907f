import { z } from 'zod';

/** Beside the cut-outs: where each of them lies in its photo. */
export const sidecarName = 'cutouts.jsonl';

const side = z.number().int().positive();
const offset = z.number().int().nonnegative();

/** A line; keys in the order in which they are written. */
export const sidecarLine = z.object({
  /** The cut-out, relative to the sidecar. */
  file: z.string().min(1),
  /** The photo's name. */
  image: z.string().min(1),
  /** The photo's size. */
  width: side,
  height: side,
  /** Of the cut-out's top left corner in the photo. */
  left: offset,
  top: offset,
  cutout_width: side,
  cutout_height: side,
  edge: z.enum(['matte', 'mask']),
  category: z.string(),
});
export type SidecarLine = z.infer<typeof sidecarLine>;
