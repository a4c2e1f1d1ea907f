const numbers = new Intl.NumberFormat('en');

/** "1 px", "12,345 px". */
export const px = (count: number): string => `${numbers.format(count)} px`;
/** "1 hole", "3 holes". */
export const countOf = (count: number, word: string): string => `${numbers.format(count)} ${word}${count === 1 ? '' : 's'}`;
