import type { Revision } from '../../../shared/domain/revision.ts';
import { storedDigestOf, type MaskVersion } from '../../stores/compare.ts';
import { clockTime } from './words.ts';

/** Who made it; of an imported one what it came from: whoever imported it has not drawn it. */
const makerOf = ({ author, importOrigin }: Revision): string => (importOrigin == null ? author : `${importOrigin.source} (imported)`);

/** Who made a version and when, in a few words. */
export const versionName = (revisions: readonly Revision[], version: MaskVersion | null): string => {
  if (version === null) return 'no mask';
  if (version === 'draft') return 'Your edit';
  if (storedDigestOf(version) !== null) return 'Yours, waiting';
  const revision = revisions.find(({ revisionId }) => revisionId === version);
  return revision === undefined ? 'a version' : `${makerOf(revision)}, ${clockTime(revision.createdAtMs)}`;
};

/** Two versions, told apart as briefly as can be: by who made them, else by when as well. */
export const pairNames = (revisions: readonly Revision[], a: MaskVersion, b: MaskVersion): readonly [string, string] => {
  const authorOf = (version: MaskVersion): string => {
    if (version === 'draft') return 'Your edit';
    if (storedDigestOf(version) !== null) return 'Yours, waiting';
    const revision = revisions.find(({ revisionId }) => revisionId === version);
    return revision === undefined ? 'a version' : makerOf(revision);
  };
  const [authorA, authorB] = [authorOf(a), authorOf(b)];
  return authorA === authorB ? [versionName(revisions, a), versionName(revisions, b)] : [authorA, authorB];
};

/** ".93": shares of one without their nought, as people in the field write them; "1" for equal masks, never for nearly equal ones. */
export const shareWord = (share: number): string => {
  if (share === 1) return '1';
  return Math.min(0.99, Math.round(share * 100) / 100).toFixed(2).replace(/^0/, '');
};
