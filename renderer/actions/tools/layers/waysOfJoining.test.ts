import { expect, it } from 'vitest';
import { asId, type RevisionId, type Sha256, type ModelId } from '../../../../shared/domain/ids.ts';
import type { MaskPart, PartOperation, PartRole } from '../../../../shared/domain/maskPart.ts';
import type { Revision } from '../../../../shared/domain/revision.ts';
import { layeredRevision, recipeSettings } from '../../../stores/maskLayers.ts';
import { waysOfJoining } from './waysOfJoining.ts';

const part = (role: PartRole, operation: PartOperation, isApplied = true): MaskPart => {
  const digest = asId<Sha256>('a'.repeat(64));
  return { role, operation, isApplied, note: null, modelId: asId<ModelId>('model'), weightsSha256: digest, maskSha256: digest, areaPx: 1 };
};

const revision = (id: string, parentId: string | null, parts: readonly MaskPart[] = []): Revision => ({
  revisionId: asId<RevisionId>(id),
  asset: { kind: 'product_image', id: asId('asset') },
  parentId: parentId === null ? null : asId<RevisionId>(parentId),
  maskSha256: asId<Sha256>('b'.repeat(64)),
  matteSha256: null,
  widthPx: 4,
  heightPx: 4,
  areaPx: 4,
  origin: parts.length > 0 ? 'model' : 'human',
  author: 'somebody',
  model: null,
  prompts: null,
  parts,
  createdAtMs: 0,
  iouToParent: null,
});

const recipe = [part('foreground', 'add'), part('people', 'subtract')];
const idOf = (found: Revision | null): string | null => found?.revisionId ?? null;

it('takes the parts of the mask on the desk, else of the nearest that it was made from', () => {
  const all = [revision('edited', 'painted'), revision('painted', 'made'), revision('made', null, recipe), revision('other', null, recipe), revision('plain', null)];
  expect(idOf(layeredRevision(all, asId('made')))).toBe('made');
  expect(idOf(layeredRevision(all, asId('edited')))).toBe('made');
  expect(layeredRevision(all, asId('plain'))).toBe(null);
  expect(layeredRevision(all, asId('gone'))).toBe(null);
  expect(layeredRevision(all, null)).toBe(null);
  // A store that was damaged must not hold up the desk.
  expect(layeredRevision([revision('a', 'b'), revision('b', 'a')], asId('a'))).toBe(null);
});

it('knows every part in and out, and what was chosen in this visit first', () => {
  const made = revision('made', null, recipe);
  const standard = recipeSettings(made);
  expect(standard.map(({ isOn }) => isOn)).toEqual([true, true]);
  const grown = standard.map((setting) => ({ ...setting, growPx: 3 }));
  const ways = waysOfJoining(made, grown, [standard, grown]);
  expect(ways.slice(0, 2)).toEqual([grown, standard]);
  expect(ways.map((way) => way.map(({ isOn }) => (isOn ? 1 : 0)).join('')).sort()).toEqual(['00', '01', '10', '11', '11']);
  const left = recipeSettings(revision('left', null, [part('foreground', 'add'), part('people', 'subtract', false)]));
  expect(left.map(({ isOn }) => isOn)).toEqual([true, false]);
});

it('does not try every one of many parts in and out', () => {
  const made = revision('made', null, Array.from({ length: 8 }, () => part('people', 'subtract')));
  expect(waysOfJoining(made, recipeSettings(made), [])).toHaveLength(1);
});
