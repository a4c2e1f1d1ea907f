/**
 * Area under the ROC curve: how often a wrong one has the higher score than a good one, ties as half (Mann-Whitney). Null where there is none of one.
 */
export const auroc = (scored: readonly { readonly score: number; readonly isWrong: boolean }[]): number | null => {
  const wrong = scored.filter(({ isWrong }) => isWrong);
  const good = scored.filter(({ isWrong }) => !isWrong);
  if (wrong.length === 0 || good.length === 0) return null;
  let before = 0;
  for (const { score } of wrong) for (const other of good) before += score > other.score ? 1 : score === other.score ? 0.5 : 0;
  return before / (wrong.length * good.length);
};
