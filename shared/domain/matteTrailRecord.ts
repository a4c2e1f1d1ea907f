import type { Sha256 } from './ids.ts';

/** A matte that lies beside a mask from one step of its history on. */
export interface MatteStepRecord {
  /** How many steps were applied right after it was made; -1: it was there before any. */
  readonly step: number;
  /** A stored blob, as it was made. */
  readonly matteSha256: Sha256;
  /** The mask that it was made for, a stored blob: where the mask has changed since, the mask counts. */
  readonly madeSha256: Sha256;
}

/** Soft coverage along the undo steps of a draft (JSON-safe): what brings back every one of them as it was shown. */
export interface MatteTrailRecord {
  /** How many steps are applied in the draft's mask. */
  readonly applied: number;
  /** In order of their steps. */
  readonly mattes: readonly MatteStepRecord[];
}
