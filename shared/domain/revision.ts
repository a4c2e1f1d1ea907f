import type { AssetRef } from './asset.ts';
import type { ModelId, RevisionId, Sha256 } from './ids.ts';
import type { ImportOrigin } from './importOrigin.ts';
import type { MaskPart } from './maskPart.ts';
import type { PromptRecord } from './promptRecord.ts';

export const revisionOrigins = ['model', 'human', 'import'] as const;
export type RevisionOrigin = (typeof revisionOrigins)[number];

/** What a model was asked and with what it answered. */
export interface ModelRun {
  readonly modelId: ModelId;
  readonly weightsSha256: Sha256;
  /** Probability at and above which a pixel is mask, 0..1. */
  readonly threshold: number;
  readonly executionProvider: string;
  readonly inferenceMs: number;
  /** Mean probability distance from 0.5 over the picture, scaled to 0..1; a rough certainty, not a calibrated one. */
  readonly confidence: number | null;
}

/** waiting: nobody has decided · taken: somebody chose it · left: somebody decided against it · undone: the import was taken back. */
export const besideStates = ['waiting', 'taken', 'left', 'undone'] as const;
export type BesideState = (typeof besideStates)[number];

/**
 * A saved version of an asset's mask. Immutable. Its pixels are a PNG blob named by its sha256 (8-bit, one channel, 0 or 255, exactly
 * the image's size in upright image space).
 */
export interface Revision {
  readonly revisionId: RevisionId;
  readonly asset: AssetRef;
  /** The head that this one was made from; null for the first. */
  readonly parentId: RevisionId | null;
  readonly maskSha256: Sha256;
  /** Soft edge beside the mask (8-bit one channel), when it was kept. */
  readonly matteSha256: Sha256 | null;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly areaPx: number;
  readonly origin: RevisionOrigin;
  /** The reviewer's name, or the model's id. */
  readonly author: string;
  readonly model: ModelRun | null;
  /** What a person prompted a model with for it, to be opened again; null where nobody did. Brush work may have followed. */
  readonly prompts: PromptRecord | null;
  /** What a recipe put it together from, in order; absent or empty where one model or a person made it. */
  readonly parts?: readonly MaskPart[];
  /** Which tool's annotation it was; absent or null where it was none. */
  readonly importOrigin?: ImportOrigin | null;
  /** What became of it where an import brought it in beside a person's work, or where its import was taken back and it is not the head. Told by RevisionStore.ofAsset alone. */
  readonly beside?: BesideState;
  readonly createdAtMs: number;
  /** Overlap with its parent, 0..1, measured once some time after it was made; null: not yet, or there is none of the same size. */
  readonly iouToParent: number | null;
}

export type NewRevision = Omit<Revision, 'createdAtMs' | 'iouToParent' | 'beside'>;
