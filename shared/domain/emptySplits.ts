import type { SplitName } from './maskSet.ts';

const joined = (names: readonly string[]): string => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`);

/** Why splits that were asked for hold nothing, and what helps; null: each holds something, or there is nothing to divide. */
export const emptySplitWords = (splits: readonly { readonly name: SplitName; readonly masks: number }[]): string | null => {
  const empty = splits.filter(({ masks }) => masks === 0).map(({ name }) => name);
  if (empty.length === 0 || empty.length === splits.length) return null;
  return `${joined(empty)} ${empty.length === 1 ? 'stays' : 'stay'} empty: products, and the videos that they are linked to, are never divided, and too few stand alone. A set without keyframes has no videos that tie products together.`;
};
