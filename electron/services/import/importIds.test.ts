import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maxIdLength } from '../../../shared/domain/ids.ts';
import { distinctId, idInParent, idOfName, stemOf } from './importIds.ts';

test.each([
  ['front.jpg', 'front'],
  ['front.v2.jpeg', 'front.v2'],
  ['t=4.8.png', 't=4.8'],
  ['t=4.8', 't=4.8'],
  ['00-04-08.250.webp', '00-04-08.250'],
  ['.jpg', '.jpg'],
  ['no extension', 'no extension'],
])('%s without its extension is %s', (name, stem) => {
  expect(stemOf(name)).toBe(stem);
});

const names = fc.string({ unit: 'binary', minLength: 1, maxLength: 600 }).filter((name) => name.isWellFormed());

test('ids fit, are whole Unicode and do not depend on how a name was composed', () => {
  fc.assert(
    fc.property(names, names, (parent, name) => {
      for (const id of [idOfName(name), idInParent(idOfName(parent), name), distinctId(idOfName(name), parent)]) {
        expect(id.length).toBeLessThanOrEqual(maxIdLength);
        expect(id.isWellFormed()).toBe(true);
      }
      expect(idOfName(name.normalize('NFD'))).toBe(idOfName(name.normalize('NFC')));
    }),
  );
});

test('long names that differ only at their end stay apart', () => {
  const long = '猫'.repeat(300);
  expect(idOfName(`${long}a`)).not.toBe(idOfName(`${long}b`));
  expect(distinctId('x'.repeat(255), 'a.jpg')).not.toBe(distinctId('x'.repeat(255), 'b.jpg'));
});
