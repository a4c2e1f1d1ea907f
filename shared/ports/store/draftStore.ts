import type { AssetRef } from '../../domain/asset.ts';
import type { RevisionId } from '../../domain/ids.ts';

export interface Draft {
  readonly asset: AssetRef;
  /** The head that the draft was painted on. */
  readonly baseRevisionId: RevisionId | null;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The whole mask, encoded by shared/mask/rleBinary.ts. */
  readonly maskRle: Uint8Array;
  readonly savedAtMs: number;
}

export interface DraftStore {
  put(draft: Omit<Draft, 'savedAtMs'>): Promise<void>;
  get(asset: AssetRef): Promise<Draft | null>;
  remove(asset: AssetRef): Promise<void>;
}
