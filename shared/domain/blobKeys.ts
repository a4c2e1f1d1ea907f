import type { Sha256 } from './ids.ts';

/** Everything that Maskdesk keeps for itself: masks, mattes, thumbnails. */
export const ownBlobsFolder = 'data/maskdesk';

/** A blob key is a relative POSIX path with no empty, `.` or `..` segment, no backslash and no NUL (ports/blobStore.ts). */
export const isBlobKey = (key: string): boolean =>
  !/[\\\0]/.test(key) && key.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');

/** Folders of the data root that hold imported pictures and Maskdesk's own files: nothing is published into them. */
export const reservedFolders = ['data/images', 'data/maskdesk'] as const;

/** Where a revision's mask lives: named by its content, so that the same mask is stored once and can be checked. */
export const maskBlobKey = (maskSha256: Sha256): string => `${ownBlobsFolder}/masks/${maskSha256.slice(0, 2)}/${maskSha256}.png`;
export const matteBlobKey = (matteSha256: Sha256): string => `${ownBlobsFolder}/mattes/${matteSha256.slice(0, 2)}/${matteSha256}.png`;

const contentKey = new RegExp(`^${ownBlobsFolder}/(?:masks|mattes)/[0-9a-f]{2}/([0-9a-f]{64})\\.png$`);

/** What the bytes under a key must digest to, where it is named by its content: such a file never changes. Else null. */
export const digestOfKey = (key: string): Sha256 | null => (contentKey.exec(key)?.[1] as Sha256 | undefined) ?? null;

/** Patterns of contracts.md A; `{name}` is the file name of the id (fileName.ts). Configurable. */
export const defaultStablePatterns = {
  product_image: 'data/masks/products/{name}.png',
  keyframe: 'data/masks/frames/{name}.png',
} as const;
export const importedImagePatterns = {
  product_image: 'data/images/products/{name}',
  keyframe: 'data/images/frames/{name}',
} as const;
