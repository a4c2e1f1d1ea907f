import type { Category } from '../../../shared/ports/exportFormat.ts';

/** What separates fields, begins a comment or ends a line in files of labels. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const unfit = /[:#\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/**
 * Names that a format can hold, in the order of the categories: those that are fit stay, the others are made so, with a number where another one is called that already.
 * @param fit what a name becomes; one that can be held stays as it is
 * @param taken names that the format has already
 */
export const distinctNames = (categories: readonly Category[], fit: (name: string) => string, taken: readonly string[] = []): ReadonlyMap<number, string> => {
  const used = new Set(taken);
  const kept = new Set(categories.filter(({ name }) => fit(name) === name && !used.has(name)).map(({ name }) => name));
  for (const name of kept) used.add(name);
  const names = new Map<number, string>();
  for (const { number, name } of categories) {
    const plain = fit(name);
    let unique = kept.has(name) ? name : plain;
    for (let count = 2; !kept.has(name) && used.has(unique); count++) unique = `${plain} ${count}`;
    used.add(unique);
    names.set(number, unique);
  }
  return names;
};

/**
 * For files that have a label a line (VOC's labelmap.txt, Cityscapes' label_colors.txt): unfit characters become `_`, blanks one blank. Readers of those files refuse
 * a name that is there twice, and skip or cut lines that hold such characters (datumaro, voc/format.py).
 */
export const plainNames = (categories: readonly Category[], taken: readonly string[]): ReadonlyMap<number, string> =>
  distinctNames(categories, (name) => name.replace(unfit, '_').replace(/\s+/g, ' ').trim() || '_', taken);

/** For a sentence: what can't be seen is spelled out. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const seen = (name: string): string => name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What an item loses by it. */
export const renamedLoss = ({ number, name }: Category, names: ReadonlyMap<number, string>): readonly string[] => {
  const plain = names.get(number);
  return plain === undefined || plain === name ? [] : [`Its category “${seen(name)}” is called “${plain}”.`];
};
