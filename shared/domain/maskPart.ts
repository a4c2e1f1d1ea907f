import type { ModelId, Sha256 } from './ids.ts';

/** What a part shows; a word of the field, not a model's class name. */
export const partRoles = ['foreground', 'people'] as const;
export type PartRole = (typeof partRoles)[number];

/** How a part joins what stands before it in the recipe; the first adds to nothing. */
export const partOperations = ['add', 'subtract', 'intersect'] as const;
export type PartOperation = (typeof partOperations)[number];

/** One of the masks that a product mask was put together from (contracts.md B: foreground minus people). Kept beside the revision. */
export interface MaskPart {
  readonly role: PartRole;
  readonly operation: PartOperation;
  readonly modelId: ModelId;
  readonly weightsSha256: Sha256;
  /** PNG blob as of a revision: 8-bit, one channel, 0 or 255, the upright image's size. */
  readonly maskSha256: Sha256;
  readonly areaPx: number;
  /** False: found, yet left out of the mask, for the reason that `note` says (such as too little skin to be a person). */
  readonly isApplied: boolean;
  /** A sentence for people, or null. */
  readonly note: string | null;
}
