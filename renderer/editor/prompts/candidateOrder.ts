/** What is known of an answer's candidates, in the decoder's order. */
export interface RankedCandidates {
  readonly predictedIous: readonly number[];
  /** How many of the points each does not agree with. */
  readonly ignoredPoints: readonly number[];
}

/**
 * Candidates by rank, as the first of them was chosen (shared/prompts/readCandidates.ts firstCandidate): those that ignore the fewest clicks first, of these
 * the one that the model thinks best; equals as the decoder gave them.
 */
export const byRank = ({ predictedIous, ignoredPoints }: RankedCandidates): readonly number[] =>
  predictedIous
    .map((_, index) => index)
    .sort((a, b) => (ignoredPoints[a] ?? 0) - (ignoredPoints[b] ?? 0) || (predictedIous[b] as number) - (predictedIous[a] as number) || a - b);

/** The candidate after or before one in that order, round and round. */
export const neighbourOf = (chosen: number, candidates: RankedCandidates, direction: 1 | -1): number => {
  const order = byRank(candidates);
  return order[(order.indexOf(chosen) + direction + order.length) % order.length] as number;
};
