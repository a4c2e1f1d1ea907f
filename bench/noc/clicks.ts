import type { Bitmap } from '../../shared/mask/bitmap.ts';
import { iou } from '../../shared/metrics/iou.ts';
import type { MaskPrompt, PromptPoint } from '../../shared/prompts/prompt.ts';
import { nextClick } from './annotator.ts';

/** One answer of a model, as the annotator sees it. */
export interface SeenCandidate {
  readonly mask: Bitmap;
  readonly predictedIou: number;
  /** Whether the app would show it first: as the model thinks, of those that agree with the clicks. */
  readonly isFirst: boolean;
  /** What the next prompt may continue from. */
  readonly logits: MaskPrompt;
}

/** A model with a photo before it: through the app, or bare. */
export type Answer = (points: readonly PromptPoint[], previous: MaskPrompt | null) => Promise<readonly SeenCandidate[]>;

export interface Policy {
  /**
   * person: the candidate that fits the truth best, as one who cycles them takes · model: the one that the model thinks best · clicks: the same, of those that
   * agree with the clicks.
   */
  readonly chooses: 'person' | 'model' | 'clicks';
  /** Whether the mask so far goes with the next prompt. */
  readonly feedsBack: boolean;
}

export const mostClicks = 20;

/** IoU after each click: until 90 % is reached or the clicks are used up. */
export const clickUntilRight = async (truth: Bitmap, answer: Answer, { chooses, feedsBack }: Policy): Promise<readonly number[]> => {
  const points: PromptPoint[] = [];
  const ious: number[] = [];
  let shown = null as SeenCandidate | null;
  while (points.length < mostClicks) {
    const click = nextClick(truth, shown?.mask ?? null, points);
    if (click === null) break;
    points.push(click);
    const candidates = await answer(points, feedsBack ? (shown?.logits ?? null) : null);
    const scoreOf = (candidate: SeenCandidate): number => (chooses === 'person' ? iou(candidate.mask, truth) : chooses === 'clicks' ? Number(candidate.isFirst) : candidate.predictedIou);
    shown = candidates.reduce((best, candidate) => (scoreOf(candidate) > scoreOf(best) ? candidate : best));
    ious.push(iou(shown.mask, truth));
    if ((ious.at(-1) as number) >= 0.9) break;
  }
  return ious;
};

/** Clicks until an IoU was reached; a failure counts as {@link mostClicks}. */
export const clicksTo = (ious: readonly number[], target: number): number => {
  const at = ious.findIndex((value) => value >= target);
  return at === -1 ? mostClicks : at + 1;
};
export const reached = (ious: readonly number[], target: number): boolean => ious.some((value) => value >= target);
