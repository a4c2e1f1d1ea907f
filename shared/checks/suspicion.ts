import type { CheckId, CheckResult } from '../domain/check.ts';
import { ramp } from './words.ts';

/**
 * How much the worst that a check can find says that a mask is wrong, 0..1: checks measure on scales of their own, 0..1 each. Chosen on masks by three models of
 * the demo's pictures and of others together, where running out of the picture and lines of text are as common in good masks as in wrong
 * ones (bench/checks.bench.ts prints what they are worth, and what such a choice is worth on a picture that had no part in it): an empty mask is wrong
 * whatever the rest; an edge that nothing in the picture shows mostly is; islands and fringes are as often crumbs that do no harm; an unusual area
 * may be a close-up.
 */
export const weights: Readonly<Record<CheckId, number>> = {
  nothing_found: 0.95,
  nearly_everything: 0.8,
  touches_border: 0.25,
  holes: 0.3,
  islands: 0.3,
  rough_edge: 0.2,
  off_gradient: 0.9,
  area_jump: 0.15,
  text_kept: 0.15,
};
/** The model's own doubt counts as much as any check: alone it ranks masks of strange pictures better than the checks do. */
export const doubtWeight = 0.95;
/** Of a mask by a person, or by a model that does not say. */
const doubtOfNobody = 0.3;
/** Of the logarithm of 1 - confidence: up to the first there is no doubt (0.995), from the second on nothing but (0.9). */
const sureLog = -2.3;
const unsureLog = -1;

/** By its logarithm, since models say 0.99 of good and 0.97 of bad masks. */
const doubtOf = (confidence: number): number => ramp(Math.log10(Math.max(1e-4, 1 - confidence)), sureLog, unsureLog);

/**
 * How likely the mask is wrong, by weighed results: as if each check and the model's doubt were alone in finding out, 1 - product of (1 - severity). One that is
 * sure is enough, several that are not add up, and none can take another's finding away.
 * @param confidence of the model (ModelRun), null where there is none
 * @param weightOfDoubt as {@link weights}, of the model's; another one for those who choose it
 * @returns 0..1, an order rather than a probability
 */
export const suspicionOf = (results: readonly CheckResult[], confidence: number | null, weightOfDoubt = doubtWeight): number => {
  const doubt = confidence === null ? doubtOfNobody : doubtOf(confidence);
  const unsuspected = results.reduce((left, { severity }) => left * (1 - severity), 1 - weightOfDoubt * doubt);
  return Math.min(1, Math.max(0, 1 - unsuspected));
};
