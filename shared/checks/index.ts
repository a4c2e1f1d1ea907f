import { holes } from './holes.ts';
import { islands } from './islands.ts';
import type { CheckedByPixels, MaskCheck } from './look.ts';
import { nearlyEverything } from './nearlyEverything.ts';
import { nothingFound } from './nothingFound.ts';
import { offGradient } from './offGradient.ts';
import { roughEdge } from './roughEdge.ts';
import { textKept } from './textKept.ts';
import { touchesBorder } from './touchesBorder.ts';

/** One check a file. What is not here, area_jump, needs no pixels and is looked at when a relative changes. */
export const maskChecks = {
  nothing_found: nothingFound,
  nearly_everything: nearlyEverything,
  touches_border: touchesBorder,
  holes,
  islands,
  rough_edge: roughEdge,
  off_gradient: offGradient,
  text_kept: textKept,
} satisfies Record<CheckedByPixels, MaskCheck>;
