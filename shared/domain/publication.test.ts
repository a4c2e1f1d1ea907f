import { expect, test } from 'vitest';
import { asId, type RevisionId } from './ids.ts';
import { publishedRevision, type PublicationState } from './publication.ts';

const id = (name: string): RevisionId => asId(name);

test('what is published is the last that went out, until a withdrawal went out', () => {
  const of = (...entries: (readonly [RevisionId | null, PublicationState])[]): RevisionId | null => publishedRevision(entries.map(([revisionId, state]) => ({ revisionId, state })));
  expect(of()).toBeNull();
  expect(of([id('a'), 'pending'])).toBeNull();
  expect(of([id('a'), 'published'], [id('b'), 'superseded'], [id('c'), 'pending'])).toBe('a');
  expect(of([id('a'), 'published'], [id('b'), 'published'], [null, 'pending'])).toBe('b');
  expect(of([id('a'), 'published'], [null, 'published'])).toBeNull();
});
