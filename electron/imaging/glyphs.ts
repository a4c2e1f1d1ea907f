/**
 * Our own stroke letters, so that labels and captions come out the same on every machine, fonts or none. A glyph is strokes apart by `|`;
 * a stroke is points of two base-36 digits, x then y: capitals from y 0 to the baseline at c (12), small letters from 4, tails to g (16).
 * A stroke that begins with `~` is drawn as a smooth curve through its points.
 */
export const baseline = 12;
export const lineHeight = 18;

export const glyphs: Readonly<Record<string, string>> = {
  A: '0c 40 8c|28 68', B: '50 00 0c 5c|~50 73 56|06 56|~56 89 5c', C: '~82 60 40 13 06 19 4c 6c 8a', D: '40 00 0c 4c|~40 73 86 79 4c',
  E: '80 00 0c 8c|06 66', F: '80 00 0c|06 66', G: '~82 60 40 13 06 19 4c 6c 89|89 86 56', H: '00 0c|80 8c|06 86', I: '00 0c',
  J: '60 69|~69 4c 2c 09', K: '00 0c|80 07|34 8c', L: '00 0c 7c', M: '0c 00 48 80 8c', N: '0c 00 8c 80', O: '~40 13 06 19 4c 79 86 73 40',
  P: '0c 00 50|~50 83 57|57 07', Q: '~40 13 06 19 4c 79 86 73 40|58 8d', R: '0c 00 50|~50 83 57|57 07|47 8c', S: '~82 50 30 03 35 57 89 5c 2c 0a',
  T: '00 80|40 4c', U: '00 08|~08 2b 4c 6b 88|88 80', V: '00 4c 80', W: '00 3c 51 7c a0', X: '00 8c|80 0c', Y: '00 46 80|46 4c', Z: '00 80 0c 8c',
  0: '~30 03 09 3c 69 63 30', 1: '02 30 3c', 2: '~02 20 50 63 56|56 0c 6c', 3: '~01 30 62 35|~35 69 3c 0b', 4: '4c 40 08 68',
  5: '60 10 05|~05 34 68 3c 0b', 6: '~51 20 07 1b 3c 68 35 07', 7: '00 60 2c', 8: '~35 02 30 62 35 08 3c 68 35', 9: '~1b 4c 65 51 30 04 37 65',
  a: '~65 34 08 3c 6b|64 6c', b: '00 0c|~05 34 68 3c 0b', c: '~65 34 08 3c 6b', d: '60 6c|~65 34 08 3c 6b', e: '08 68|~68 34 08 3c 6b',
  f: '~51 30 23|23 2c|04 54', g: '64 6d|~6d 3g 0f|~65 34 08 3c 6b', h: '00 0c|~07 34 66|66 6c', i: '04 0c|00 01', j: '24 2e|~2e 1g 0g|20 21',
  k: '00 0c|64 09|37 6c', l: '00 09|~09 1b 2c', m: '04 0c|~07 24 46|46 4c|~47 64 86|86 8c', n: '04 0c|~07 34 66|66 6c', o: '~34 08 3c 68 34',
  p: '04 0g|~05 34 68 3c 0b', q: '64 6g|~65 34 08 3c 6b', r: '04 0c|~07 24 44', s: '~65 34 06 38 6a 3c 0b', t: '20 2a|~2a 3c 5c|04 54',
  u: '04 09|~09 3c 69|64 6c', v: '04 3c 64', w: '04 2c 45 6c 84', x: '04 6c|64 0c', y: '04 3c|64 1g', z: '04 64 0c 6c',
  '.': '0c 0c', ',': '1b 0e', '-': '07 57', '_': '0d 7d', ':': '05 05|0c 0c', ';': '15 15|1b 0e', '/': '0d 60', "'": '00 03', '"': '00 03|30 33',
  '!': '00 08|0c 0c', '?': '~02 30 63 37|37 38|3c 3c', '(': '~30 06 3d', ')': '~00 36 0d', '+': '07 67|34 3a', '=': '05 65|09 69',
  '#': '20 1c|60 5c|04 74|08 78', '%': '0c 70|11 11|6b 6b', '<': '64 08 6c', '>': '04 68 0c', '@': '~75 54 38 5b 77|74 79|~79 9b a6 60 06 3d 8e',
  '&': '8c 12|~12 30 52 06 0a 3c 79', '*': '15 59|55 19', '[': '30 00 0d 3d', ']': '00 30 3d 0d', '\\': '00 6d', '|': '00 0e',
};

/** What stands for a character without a glyph: an empty frame. */
export const unknownGlyph = '00 60 6c 0c 00';
export const spaceAdvance = 5;
/** Between two letters. */
export const letterGap = 3;
