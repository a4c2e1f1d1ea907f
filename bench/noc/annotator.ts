import type { Bitmap } from '../../shared/mask/bitmap.ts';
import { subtract } from '../../shared/mask/compositing.ts';
import { interiorPoint } from '../../shared/mask/interiorPoint.ts';
import type { PromptPoint } from '../../shared/prompts/prompt.ts';

/**
 * Where a simulated annotator clicks next, as in the interactive segmentation literature (Sofiiuk et al. 2022, "Reviving Iterative Training with Mask
 * Guidance"): first at the most interior point of the object, then at the most interior point of the largest piece of what is wrong: to keep where
 * something is missing, to leave out where there is too much. No pixel is clicked twice.
 * @param mask what the model gave last; null before the first click
 * @returns null where nothing is left to click
 */
export const nextClick = (truth: Bitmap, mask: Bitmap | null, clicked: readonly PromptPoint[]): PromptPoint | null => {
  const isTaken = ({ x, y }: { readonly x: number; readonly y: number }): boolean => clicked.some(({ xImagePx, yImagePx }) => xImagePx === x + 0.5 && yImagePx === y + 0.5);
  const missing = interiorPoint(mask === null ? truth : subtract(truth, mask), isTaken);
  const excess = mask === null ? null : interiorPoint(subtract(mask, truth), isTaken);
  const takesMissing = missing !== null && (excess === null || missing.areaPx >= excess.areaPx);
  const chosen = takesMissing ? missing : excess;
  return chosen === null ? null : { xImagePx: chosen.x + 0.5, yImagePx: chosen.y + 0.5, label: takesMissing ? 1 : 0 };
};
