import type { RevisionId } from './ids.ts';

/**
 * What is looked for in every mask, in the order in which it is listed to people. Stores keep a bit for each by its place here: new ones are
 * added at the end.
 */
export const checkIds = [
  'nothing_found',
  'nearly_everything',
  'touches_border',
  'holes',
  'islands',
  'rough_edge',
  'off_gradient',
  'area_jump',
  'text_kept',
] as const;
export type CheckId = (typeof checkIds)[number];

export const checkLabels: Readonly<Record<CheckId, string>> = {
  nothing_found: 'Nothing found',
  nearly_everything: 'Nearly everything kept',
  touches_border: 'Touches the border',
  holes: 'Holes',
  islands: 'Islands',
  rough_edge: 'Rough edge',
  off_gradient: 'Edge off contours',
  area_jump: 'Area far from the others',
  text_kept: 'Text or caption kept',
};

/** fine: nothing to see · look: unusual, a person should look · bad: hardly ever right. */
export const checkLevels = ['fine', 'look', 'bad'] as const;
export type CheckLevel = (typeof checkLevels)[number];

/** A rectangle of the upright photo, in imagePx; the right and bottom edge are outside. */
export interface CheckPlace {
  readonly xPx: number;
  readonly yPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface CheckResult {
  readonly checkId: CheckId;
  readonly level: CheckLevel;
  /** How much it alone says that the mask is wrong, 0 (nothing) to 1: what the order of the queue is made from. A fine one may say a little. */
  readonly severity: number;
  /** For a row of a list: "left, 12 %", "none". */
  readonly value: string;
  /** On its own: "Touches the border: left, 12 % of that side". */
  readonly sentence: string;
  /** Where to look; null where there is no one place. */
  readonly placeImagePx: CheckPlace | null;
}

/** The checks of one revision of a mask. */
export interface MaskChecks {
  readonly revisionId: RevisionId;
  /** Of the checks that looked; results of an older version are made anew. */
  readonly version: number;
  readonly results: readonly CheckResult[];
  /** How likely the mask is wrong by all checks and the model's confidence together: 0..1, 1 worst. An order, not a probability. */
  readonly suspicion: number;
}

/** The worst result that is not fine; null when all are. */
export const topResult = (results: readonly CheckResult[]): CheckResult | null => {
  let top: CheckResult | null = null;
  for (const result of results) {
    if (result.level === 'fine') continue;
    const isWorse = top === null || (result.level === top.level ? result.severity > top.severity : result.level === 'bad');
    if (isWorse) top = result;
  }
  return top;
};
