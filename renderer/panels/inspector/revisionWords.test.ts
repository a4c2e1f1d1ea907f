import { expect, test } from 'vitest';
import { asId } from '../../../shared/domain/ids.ts';
import type { Revision } from '../../../shared/domain/revision.ts';
import { briefly, inFull, makerOf } from './revisionWords.ts';

const revision: Revision = {
  revisionId: asId('r1'),
  asset: { kind: 'keyframe', id: asId('f1') },
  parentId: null,
  maskSha256: asId('0'.repeat(64)),
  matteSha256: null,
  widthPx: 10,
  heightPx: 10,
  areaPx: 25,
  origin: 'import',
  author: 'Mara',
  model: null,
  prompts: null,
  createdAtMs: 0,
  iouToParent: null,
};
const importOrigin = { format: 'coco', source: 'instances.json', place: 'instances.json, annotations[12]', categories: ['cup', 'lid'], instances: 2, changes: ['resized from 640 x 480'] };

test('an imported version says where from, and what became of it on the way', () => {
  expect(makerOf({ ...revision, importOrigin })).toEqual({ name: `Imported by ${revision.author}`, from: 'instances.json' });
  expect(makerOf(revision)).toEqual({ name: revision.author, from: null });
  expect(briefly({ ...revision, importOrigin, beside: 'waiting' })).toBe('25.0 % · waits to be taken or left');
  expect(inFull({ ...revision, importOrigin }).slice(-6)).toEqual([
    ['Imported from', 'instances.json'],
    ['Format', 'coco'],
    ['Place', 'instances.json, annotations[12]'],
    ['Categories', 'cup, lid'],
    ['Instances', '2 joined'],
    ['Changed', 'resized from 640 x 480'],
  ]);
  expect(briefly({ ...revision, importOrigin: null })).toBe('25.0 %');
  expect(inFull({ ...revision, importOrigin: { ...importOrigin, categories: ['cup'], instances: 1, changes: [] } }).at(-1)).toEqual(['Category', 'cup']);
});
