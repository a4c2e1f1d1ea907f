import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { yamlText } from './yamlText.ts';

/** What a reader of YAML 1.1 accepts in a stream (https://yaml.org/spec/1.1/#c-printable). */
const printable = /^[\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

test('any text comes back by YAML 1.1 and 1.2, on one line of what can be printed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('yes', '12:30', '~', '# x', 'a\nb', 'a\u0085b', '\u2028', '\ufeffa', '\uffff', '\u0000', '"', '\\', ' x ', 'x'.repeat(200), `${'x'.repeat(60)}\n ${'y'.repeat(60)}`)), (text) => {
      const line = `0: ${yamlText(text)}`;
      expect(line).toMatch(printable);
      expect(line).not.toMatch(/[\n\r\x85\u2028\u2029]/);
      for (const version of ['1.1', '1.2'] as const) expect(Object.values(parse(line, { version }) as Record<string, unknown>)).toEqual([text]);
    }),
  );
});
