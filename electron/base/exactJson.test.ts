import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseExactJson } from './exactJson.ts';

it.each(['12345678901234567890', '-9007199254740993', '1e400', '1e-400', '0.12345678901234567890123'])('keeps %s as it is written', (number) => {
  const text = `{"a":[${number},{"b":${number}}]}`;
  expect(JSON.stringify(parseExactJson(text))).toBe(text);
});

it('law: what JSON.stringify wrote is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parseExactJson(text)).toEqual(JSON.parse(text));
    }),
  );
});
