import type { CheckId, CheckResult } from '../domain/check.ts';

/**
 * How much the worst that a check can find says that a mask is wrong, 0..1: checks measure on scales of their own, 0..1 each. Weighed on the demo's masks by three models (bench/checks.bench.ts prints
 * what they are worth): an empty mask is wrong whatever the rest; running out of the picture, lines of text and holes mostly are; islands and
 * fringes are as often crumbs that do no harm; an unusual area may be a close-up.
 */
export const weights: Readonly<Record<CheckId, number>> = {
  nothing_found: 0.95,
  nearly_everything: 0.8,
  touches_border: 0.55,
  holes: 0.4,
  islands: 0.15,
  rough_edge: 0.2,
  off_gradient: 0.4,
  area_jump: 0.15,
  text_kept: 0.5,
};
const doubtWeight = 0.85;
/** Of a mask by a person, or by a model that does not say. */
const doubtOfNobody = 0.3;

/** 0 at a confidence of 0.9975 and above, 1 at 0.75 and below; by its logarithm, since models say 0.99 of good and 0.97 of bad masks. */
const doubtOf = (confidence: number): number => Math.min(1, Math.max(0, (Math.log10(Math.max(1e-4, 1 - confidence)) + 2.6) / 2));

/**
 * How likely the mask is wrong, by weighed results: as if each check and the model's doubt were alone in finding out, 1 - product of (1 - severity). One that is
 * sure is enough, several that are not add up, and none can take another's finding away.
 * @param confidence of the model (ModelRun), null where there is none
 * @returns 0..1, an order rather than a probability
 */
export const suspicionOf = (results: readonly CheckResult[], confidence: number | null): number => {
  const doubt = confidence === null ? doubtOfNobody : doubtOf(confidence);
  const unsuspected = results.reduce((left, { severity }) => left * (1 - severity), 1 - doubtWeight * doubt);
  return Math.min(1, Math.max(0, 1 - unsuspected));
};
