import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxIdLength } from './ids.ts';
import { fileNameOfId, maxNameLength } from './fileName.ts';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const nameOf = (id: string): string => fileNameOfId(id, sha256Hex);
const awkward = fc.constantFrom('.', '..', '/', '%', '%%', 'con', 'NUL.txt', 'a.', '\\', 'ж', '🧦', ' ');
const ids = fc
  .array(fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), awkward), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join('').slice(0, maxIdLength))
  .filter((id) => id.isWellFormed());

test('a name is safe everywhere, and read backwards gives the id where it was not cut', () => {
  fc.assert(
    fc.property(ids, (id) => {
      const name = nameOf(id);
      expect(name).toMatch(/^[A-Za-z0-9_%-]([A-Za-z0-9_.%-]*[A-Za-z0-9_%-])?$/);
      expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
      expect(name.length).toBeLessThanOrEqual(maxNameLength);
      if (!name.includes('%%')) expect(decodeURIComponent(name)).toBe(id);
    }),
  );
});

test.each(['B00ABC-1_x.jpg', 'a', '0'])('a safe id is its own name: %s', (id) => expect(nameOf(id)).toBe(id));

test('names that are cut stay apart', () => {
  const long = '猫'.repeat(200);
  expect(nameOf(`${long}a`)).not.toBe(nameOf(`${long}b`));
  expect(nameOf(long)).toMatch(/%%[0-9a-f]{32}$/);
});
