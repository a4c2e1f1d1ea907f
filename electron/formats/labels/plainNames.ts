import type { Category } from '../../../shared/ports/exportFormat.ts';

/** What separates fields, begins a comment or ends a line in files of labels. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const unfit = /[:#\u0000-\u001f\u007f\u2028\u2029]/g;

/**
 * Names for files that have a label a line (VOC's labelmap.txt, Cityscapes' label_colors.txt): unfit characters become `_`, blanks one blank, and what is then there twice
 * gets a number. Readers of those files refuse a name that is there twice, and skip or cut lines that hold such characters (datumaro, voc/format.py).
 * @param taken names that the file has already
 */
export const plainNames = (categories: readonly Category[], taken: readonly string[]): ReadonlyMap<number, string> => {
  const used = new Set(taken);
  const names = new Map<number, string>();
  for (const { number, name } of categories) {
    const plain = name.replace(unfit, '_').replace(/\s+/g, ' ').trim() || '_';
    let unique = plain;
    for (let count = 2; used.has(unique); count++) unique = `${plain} ${count}`;
    used.add(unique);
    names.set(number, unique);
  }
  return names;
};

/** What an item loses by it. */
export const renamedLoss = ({ number, name }: Category, names: ReadonlyMap<number, string>): readonly string[] => {
  const plain = names.get(number);
  return plain === undefined || plain === name ? [] : [`Its category “${name}” is called “${plain}”.`];
};
