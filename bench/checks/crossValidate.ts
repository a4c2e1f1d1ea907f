import { suspicionOf, doubtWeight, weights } from '../../shared/checks/suspicion.ts';
import type { CheckId, CheckResult } from '../../shared/domain/check.ts';
import { auroc } from './auroc.ts';
import { randomFrom } from './randomFrom.ts';

/** A model's mask, with its true mask known. */
export interface Sample {
  /** Of pictures that belong together, as the demo's; each counts the same whatever the number of its masks. */
  readonly collection: string;
  /** Left out together: all masks of one. */
  readonly picture: string;
  readonly isWrong: boolean;
  readonly confidence: number | null;
  readonly results: readonly CheckResult[];
}

interface Choice {
  readonly weights: Readonly<Record<CheckId, number>>;
  readonly doubtWeight: number;
}

/** What may be chosen; checks that say nothing of most masks stay as they are. */
const chosen = ['touches_border', 'holes', 'islands', 'off_gradient', 'text_kept'] as const satisfies readonly CheckId[];
const offered = [0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9, 0.95];
const tries = 800;
/** Of the tries: their mean is the choice, since the very best of so few pictures is luck. */
const goodTries = 40;

/** The same at every run, and none of them from the weights that are in use. */
const choicesToTry = (): readonly Choice[] => {
  const random = randomFrom(1);
  const draw = (): number => offered[Math.floor(random() * offered.length)] ?? 0;
  return Array.from({ length: tries }, () => ({ weights: { ...weights, ...weightsOf(draw) }, doubtWeight: draw() }));
};

const weightsOf = (weightOf: (checkId: (typeof chosen)[number]) => number): Partial<Record<CheckId, number>> => Object.fromEntries(chosen.map((checkId) => [checkId, weightOf(checkId)]));

const scoreOf = ({ results, confidence }: Sample, choice: Choice): number =>
  suspicionOf(
    results.map((result) => ({ ...result, severity: (result.severity / weights[result.checkId]) * choice.weights[result.checkId] })),
    confidence,
    choice.doubtWeight,
  );

const worthOf = (samples: readonly Sample[], scores: readonly number[], isLeftOut: (sample: Sample) => boolean): number => {
  const worths = [...new Set(samples.map(({ collection }) => collection))].map((collection) => {
    const scored = samples.flatMap((sample, index) =>
      sample.collection === collection && !isLeftOut(sample) ? [{ score: scores[index] ?? 0, isWrong: sample.isWrong }] : [],
    );
    return auroc(scored) ?? 0.5;
  });
  return worths.reduce((sum, worth) => sum + worth, 0) / worths.length;
};

const meanOf = (choices: readonly Choice[]): Choice => {
  const mean = (of: (choice: Choice) => number): number => choices.reduce((sum, choice) => sum + of(choice), 0) / choices.length;
  return { weights: { ...weights, ...weightsOf((checkId) => mean((choice) => choice.weights[checkId])) }, doubtWeight: mean((choice) => choice.doubtWeight) };
};

/** A score for each mask by weights that were chosen without its picture; in the order of the samples. */
export const scoresLeftOut = (samples: readonly Sample[]): readonly number[] => {
  const tried = choicesToTry().map((choice) => ({ choice, scores: samples.map((sample) => scoreOf(sample, choice)) }));
  const choices = new Map<string, Choice>();
  for (const picture of new Set(samples.map((sample) => sample.picture))) {
    const worth = new Map(tried.map((one) => [one, worthOf(samples, one.scores, (sample) => sample.picture === picture)]));
    const best = tried.toSorted((one, other) => (worth.get(other) ?? 0) - (worth.get(one) ?? 0)).slice(0, goodTries);
    choices.set(picture, meanOf(best.map(({ choice }) => choice)));
  }
  return samples.map((sample) => scoreOf(sample, choices.get(sample.picture) ?? { weights, doubtWeight }));
};
