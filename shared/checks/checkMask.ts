import { checkIds, type CheckId, type CheckResult } from '../domain/check.ts';
import type { Bitmap } from '../mask/bitmap.ts';
import { areaJump } from './areaJump.ts';
import { maskChecks } from './index.ts';
import { lookAt, type Finding } from './look.ts';
import type { Photo } from './photo.ts';
import { suspicionOf, weights } from './suspicion.ts';

/** Raised whenever a check, a weight or a sentence changes: masks that were checked before are checked anew. */
export const checksVersion = 2;

/** A mask's relatives, as area_jump sees them. */
export interface Family {
  /** Of the photo, 0..1. */
  readonly areaShare: number;
  /** Of the product's other images, or of the nearest keyframes; empty masks may be among them. */
  readonly relatives: readonly number[];
}

export interface Assessment {
  /** One for each of checkIds, in that order. */
  readonly results: readonly CheckResult[];
  readonly suspicion: number;
}

const weighed = (checkId: CheckId, finding: Finding): CheckResult => ({ checkId, ...finding, severity: weights[checkId] * finding.severity });

/** Every check that one mask and its photo are enough for. @param photo at workSize (photo.ts) of the mask */
export const checkPixels = (mask: Bitmap, photo: Photo): readonly CheckResult[] => {
  const look = lookAt(mask, photo);
  return checkIds.flatMap((checkId) => (checkId === 'area_jump' ? [] : [weighed(checkId, maskChecks[checkId](look))]));
};

/** Puts the checks by pixels, from now or from before, together with the one that depends on other masks. */
export const assess = (byPixels: readonly CheckResult[], family: Family, confidence: number | null): Assessment => {
  const jump = weighed('area_jump', areaJump(family.areaShare, family.relatives));
  const all = [...byPixels.filter(({ checkId }) => checkId !== 'area_jump'), jump];
  const results = checkIds.flatMap((checkId) => all.find((result) => result.checkId === checkId) ?? []);
  return { results, suspicion: suspicionOf(results, confidence) };
};
