/** The first index of an ascending list whose item is not before what is looked for; the length where all are. @param isBefore of the item at an index: true up to that one, then false */
export const lowerBound = (length: number, isBefore: (index: number) => boolean): number => {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
};
