export const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

/** One letter in every case: lower, upper, and the two small sigmas. Cases that are several letters (ß, SS) are not the same letter. */
export const casesOf = (letter: string): readonly string[] => {
  const upper = letter.toUpperCase();
  const cases = [letter, upper, upper.toLowerCase(), ...(upper === 'Σ' ? ['ς'] : [])];
  return [...new Set(cases)].filter((variant) => [...variant].length === 1);
};

/** The same text as accents may be written: one character, or a letter and its mark, as file names of macOS are. */
export const spellingsOf = (text: string): readonly string[] => [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])];
