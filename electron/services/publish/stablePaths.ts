import { sha256Hex } from '../../base/hash.ts';
import type { AssetRef, AssetKind } from '../../../shared/domain/asset.ts';
import { defaultStablePatterns, isBlobKey, reservedFolders } from '../../../shared/domain/blobKeys.ts';
import { fileNameOfId } from '../../../shared/domain/fileName.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';

/** Where the pipeline expects the mask of an asset, as a blob key. */
export type StableKeyOf = (asset: AssetRef) => string;

/** The sentence that says what is wrong with a pattern; null when nothing is. */
const faultOf = (pattern: string): string | null => {
  if (pattern.split('{name}').length !== 2 || !pattern.endsWith('.png')) return 'must hold {name} once and end in .png';
  if (!isBlobKey(pattern) || /^[a-z]:/i.test(pattern)) return 'must be a path inside the data root: relative, with / between folders, without . and ..';
  // Compared without case: on many disks Data/Images is the same folder.
  const folded = pattern.toLowerCase();
  const reserved = reservedFolders.find((folder) => folded.startsWith(`${folder}/`));
  return reserved === undefined ? null : `must not lie in ${reserved}, which holds files of Maskdesk's own`;
};

/**
 * @param patterns keys with `{name}` in them, for instance `data/masks/products/{name}.png`
 * @throws ExpectedError invalid_input when a pattern leads out of the data root or among other files, or would give two assets one file
 */
export const createStableKeys = (patterns: Readonly<Record<AssetKind, string>> = defaultStablePatterns): StableKeyOf => {
  for (const [kind, pattern] of Object.entries(patterns)) {
    const fault = faultOf(pattern);
    if (fault !== null) throw new ExpectedError('invalid_input', `The mask path for ${kind} ${fault}; it is '${pattern}'.`);
  }
  if (patterns.product_image.toLowerCase() === patterns.keyframe.toLowerCase()) {
    throw new ExpectedError('invalid_input', 'Product images and keyframes need different mask paths: their ids may be the same.');
  }
  return (asset) => patterns[asset.kind].replace('{name}', () => fileNameOfId(asset.id, sha256Hex));
};
