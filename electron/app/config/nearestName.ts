/** Levenshtein's: how many letters must be put in, taken out or changed. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, '');

/** The known name that was probably meant: at most a third of its letters differ. Null: none is near. */
export const nearestName = (name: string, known: readonly string[]): string | null => {
  const [best] = known.map((candidate) => ({ candidate, letters: distance(plain(name), plain(candidate)) })).sort((a, b) => a.letters - b.letters);
  return best !== undefined && best.letters <= Math.max(1, Math.floor(best.candidate.length / 3)) ? best.candidate : null;
};
