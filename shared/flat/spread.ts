/** Evenly over a list, in its order, its first and its last among them. */
export const spread = <T>(list: readonly T[], count: number): readonly T[] => {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, index) => list[count === 1 ? 0 : Math.round((index * (list.length - 1)) / (count - 1))] as T);
};
