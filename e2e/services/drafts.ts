import { createHash } from 'node:crypto';
import { decodeRle } from '../../shared/mask/rleBinary.ts';
import type { Bitmap } from '../../shared/mask/bitmap.ts';
import { queryStore } from './storeDatabase.ts';

const draftBytes = (storeDir: string, assetId: string): Uint8Array | null => {
  const [row] = queryStore(storeDir, 'SELECT mask_rle FROM maskdesk_drafts WHERE asset_id = ?', assetId);
  return row === undefined ? null : (row['mask_rle'] as Uint8Array);
};

/** What a draft's mask is, bit by bit; null while none is kept. */
export const draftDigest = (storeDir: string, assetId: string): string | null => {
  const bytes = draftBytes(storeDir, assetId);
  return bytes === null ? null : createHash('sha256').update(bytes).digest('hex');
};

/** @throws when none is kept */
export const draftMask = (storeDir: string, assetId: string): Bitmap => {
  const bytes = draftBytes(storeDir, assetId);
  if (bytes === null) throw new Error(`no draft of ${assetId} is kept`);
  return decodeRle(bytes);
};

/** Pixels in which two masks of one size differ. */
export const differingPixels = (one: Bitmap, other: Bitmap): number => one.data.reduce((count, value, index) => count + (value === other.data[index] ? 0 : 1), 0);
