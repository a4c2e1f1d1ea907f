import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** The colours of a block, `#rrggbb` alone. */
const coloursOf = (selector: string): Readonly<Record<string, string>> => {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour] as const));
};
const dark = coloursOf(':root');
const themes = { dark, light: { ...dark, ...coloursOf(":root[data-theme='light']") } };

/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (a: string, b: string): number => {
  const [dim = 0, bright = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (bright + 0.05) / (dim + 0.05);
};

const surfaces = ['ground', 'panel', 'raised', 'hover'];
const textPairs: readonly (readonly [string, readonly string[]])[] = [
  ['text', [...surfaces, 'accent-ground', 'accent-hover']],
  ['dim', surfaces],
  ['accent', ['ground', 'panel', 'raised']],
  ['ok', ['panel', 'ok-tint']],
  ['bad', ['ground', 'panel', 'raised', 'bad-tint']],
  ['warn', ['panel', 'warn-ground']],
  ['on-ok', ['ok-ground', 'ok-hover']],
  ['on-bad', ['bad-ground', 'bad-hover']],
];
const markPairs: readonly (readonly [string, readonly string[]])[] = [
  ['quiet', ['ground', 'panel', 'raised']],
  ['edge', ['ground', 'panel']],
  ['accent', [...surfaces, 'accent-ground', 'line']],
  ['ok', ['panel', 'raised']],
  ['warn', ['panel', 'raised']],
];

describe.each(Object.entries(themes))('%s', (_theme, colours) => {
  const tooLow = (pairs: typeof textPairs, least: number): readonly string[] =>
    pairs.flatMap(([front, backs]) =>
      backs.flatMap((back) => {
        const [a, b] = [colours[front], colours[back]];
        if (a === undefined || b === undefined) return [`${front} or ${back} is not a token`];
        return contrast(a, b) < least ? [`${front} on ${back}: ${contrast(a, b).toFixed(2)}`] : [];
      }),
    );

  test('text is read: 4.5 : 1', () => expect(tooLow(textPairs, 4.5)).toEqual([]));
  test('marks are seen: 3 : 1', () => expect(tooLow(markPairs, 3)).toEqual([]));
});

test('black on white is 21', () => expect(contrast('#000000', '#ffffff')).toBeCloseTo(21));
