import type { AssetRef } from '../../domain/asset.ts';
import type { RevisionId } from '../../domain/ids.ts';
import type { MatteTrailRecord } from '../../domain/matteTrailRecord.ts';
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
  /** Soft coverage beside the mask and along its undo steps; null for none. */
  readonly mattes: MatteTrailRecord | null;
  readonly savedAtMs: number;
}

export interface DraftStore {
  put(draft: Omit<Draft, 'savedAtMs' | 'prompts' | 'mattes'> & Partial<Pick<Draft, 'prompts' | 'mattes'>>): Promise<void>;
  get(asset: AssetRef, reviewer: string): Promise<Draft | null>;
  remove(asset: AssetRef, reviewer: string): Promise<void>;
}
