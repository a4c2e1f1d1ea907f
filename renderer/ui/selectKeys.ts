/** Where a key leads in a list: arrows, Home, End, and letters to the next entry that begins with them. Stays where a key means nothing. */
export const indexAfterKey = (key: string, index: number, labels: readonly string[]): number => {
  const last = labels.length - 1;
  if (key === 'ArrowDown') return Math.min(last, index + 1);
  if (key === 'ArrowUp') return Math.max(0, index - 1);
  if (key === 'Home' || key === 'PageUp') return 0;
  if (key === 'End' || key === 'PageDown') return last;
  if (key.length !== 1) return index;
  const order = labels.map((_label, step) => (index + 1 + step) % labels.length);
  return order.find((at) => labels[at]?.toLocaleLowerCase().startsWith(key.toLocaleLowerCase()) === true) ?? index;
};
