/** A candidate by its rank: the model's own estimates, highest first; equals as the decoder gave them. */
export const byPredictedIou = (predictedIous: readonly number[]): readonly number[] =>
  predictedIous.map((_, index) => index).sort((a, b) => (predictedIous[b] as number) - (predictedIous[a] as number) || a - b);

/** The candidate after or before one in that order, round and round. */
export const neighbourOf = (chosen: number, predictedIous: readonly number[], direction: 1 | -1): number => {
  const order = byPredictedIou(predictedIous);
  return order[(order.indexOf(chosen) + direction + order.length) % order.length] as number;
};
