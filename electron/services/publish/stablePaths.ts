import { sha256Hex } from '../../base/hash.ts';
import type { AssetRef, AssetKind } from '../../../shared/domain/asset.ts';
import { defaultStablePatterns } from '../../../shared/domain/blobKeys.ts';
import { fileNameOfId } from '../../../shared/domain/fileName.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';

/** Where the pipeline expects the mask of an asset, as a blob key. */
export type StableKeyOf = (asset: AssetRef) => string;

/**
 * @param patterns keys with `{name}` in them, for instance `data/masks/products/{name}.png`
 * @throws ExpectedError invalid_input when a pattern would give every asset the same file
 */
export const createStableKeys = (patterns: Readonly<Record<AssetKind, string>> = defaultStablePatterns): StableKeyOf => {
  for (const [kind, pattern] of Object.entries(patterns)) {
    if (pattern.split('{name}').length !== 2 || !pattern.endsWith('.png')) {
      throw new ExpectedError('invalid_input', `The mask path for ${kind} must hold {name} once and end in .png; it is '${pattern}'.`);
    }
  }
  if (patterns.product_image === patterns.keyframe) {
    throw new ExpectedError('invalid_input', 'Product images and keyframes need different mask paths: their ids may be the same.');
  }
  return (asset) => patterns[asset.kind].replace('{name}', () => fileNameOfId(asset.id, sha256Hex));
};
