import type { AssetRef } from '../../domain/asset.ts';
import type { RevisionId, Sha256 } from '../../domain/ids.ts';
import type { PromptRecord } from '../../domain/promptRecord.ts';

export interface Draft {
  readonly asset: AssetRef;
  /** Whose it is. Each reviewer has at most one draft of an asset. */
  readonly reviewer: string;
  /** The head that the draft was painted on. */
  readonly baseRevisionId: RevisionId | null;
  readonly widthPx: number;
  readonly heightPx: number;
  /** The whole mask, encoded by shared/mask/rleBinary.ts. */
  readonly maskRle: Uint8Array;
  /** What a model was prompted with for it so far. */
  readonly prompts: PromptRecord | null;
  /** Soft coverage that was made beside the mask, a stored blob; null for none. */
  readonly matteSha256: Sha256 | null;
  readonly savedAtMs: number;
}

export interface DraftStore {
  put(draft: Omit<Draft, 'savedAtMs' | 'prompts' | 'matteSha256'> & Partial<Pick<Draft, 'prompts' | 'matteSha256'>>): Promise<void>;
  get(asset: AssetRef, reviewer: string): Promise<Draft | null>;
  remove(asset: AssetRef, reviewer: string): Promise<void>;
}
