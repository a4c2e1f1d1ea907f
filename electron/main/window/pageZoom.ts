import { z } from 'zod';
import type { ZoomStep } from '../../../shared/contracts/host/messages.ts';

export const zoomStepSchema: z.ZodType<ZoomStep> = z.literal([-1, 0, 1]);

/** Zoom factors of the page, as browsers have them. */
const factors = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** The next factor in a direction; 0 is as designed. Stays at the ends. */
export const zoomAfter = (factor: number, step: ZoomStep): number => {
  if (step === 0) return 1;
  const close = 0.01; // a factor that Chromium gives back is not quite what it was told
  const further = step === 1 ? factors.find((other) => other > factor + close) : factors.findLast((other) => other < factor - close);
  return further ?? factor;
};
