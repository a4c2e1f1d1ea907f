import { usualCleanCells } from '../../shared/prompts/cleanLogits.ts';
import { joins, type Join } from '../../shared/prompts/prompt.ts';

export const wandSampleSidesPx = [1, 3, 5] as const;

export const maxTolerance = 100;

export interface WandOptions {
  /** How unlike a colour may be, 0..{@link maxTolerance}: 0 the same, the largest black and white. */
  readonly tolerance: number;
  /** The colour is the mean of this many pixels squared. */
  readonly sampleSidePx: (typeof wandSampleSidesPx)[number];
  /** Only what hangs together with the place of the click. */
  readonly isContiguous: boolean;
  /** Calms the border. */
  readonly isSmooth: boolean;
  readonly join: Join;
}

export interface PromptOptions {
  /** How a first prompt joins the mask that is there. */
  readonly join: Join;
  /** Whether a first prompt continues from the mask that is there. */
  readonly fromMask: boolean;
  /** Whether the line that a click would draw is shown while the pointer moves. */
  readonly showsHover: boolean;
  /** Specks of fewer cells of the model's grid are cleaned from its answers; 0: none. */
  readonly cleanCells: number;
}

/** A larger disc takes longer to look through than a frame leaves: larger brushes paint without looking. */
export const mostSnapRadiusPx = 200;

/** Of the brush and the eraser. */
export interface SnapOptions {
  /** Paints only what hangs together with the place under the brush's middle and looks about like it. */
  readonly snapsToEdges: boolean;
  /** How unlike a colour may be, as the wand's. */
  readonly tolerance: number;
}

/** Soft edges (shared/picture/refineMatte.ts). */
export interface RefineEdgeOptions {
  readonly bandPx: number;
  readonly softness: number;
  readonly shiftPx: number;
  readonly updatesMask: boolean;
}

/** The amounts of adjustments (px, or pixels of pieces) as they were left. */
export interface AdjustAmounts {
  readonly grow: number;
  readonly shrink: number;
  readonly smooth: number;
  readonly close: number;
  readonly open: number;
  readonly fillHoles: number;
  readonly dropIslands: number;
}

/**
 * What can be set of each tool beside the brush's size and hardness. A tool with options has a line here with its type and one below with its
 * defaults, and what is allowed in toolOptionSchemas.ts; they are kept from day to day at this machine.
 */
export interface ToolOptions {
  /** Of points and boxes: they are prompts of the same answer. */
  readonly point: PromptOptions;
  readonly snap: SnapOptions;
  readonly wand: WandOptions;
  readonly adjust: AdjustAmounts;
  readonly refine: RefineEdgeOptions;
  readonly hand: Readonly<Record<never, never>>;
  readonly polygon: OutlineOptions;
  readonly lasso: LassoOptions;
  readonly magnetic: MagneticOptions;
}

export interface OutlineOptions {
  /** What an outline does with the mask that is there. */
  readonly join: Join;
  /** How far an outline that is taken from the mask may lie from it, imagePx; 0..{@link maxTolerancePx}. */
  readonly tolerancePx: number;
}

export const maxTolerancePx = 20;

export interface LassoOptions {
  readonly join: Join;
  /** Passes that take the jitter out of a line by hand, 0..{@link maxSmoothing}. */
  readonly smoothing: number;
}

export const maxSmoothing = 12;

export interface MagneticOptions {
  readonly join: Join;
  /** How far from the pointer the wire looks for an edge, in px of the screen; {@link minWireWidthPx}..{@link maxWireWidthPx}. */
  readonly widthPx: number;
  /** Edges weaker than this share of the strongest near the anchor are none, 0..1. */
  readonly contrast: number;
  /** Whether anchors place themselves where the wire has settled. */
  readonly coolsDown: boolean;
}

export const minWireWidthPx = 2;
export const maxWireWidthPx = 60;

/** What was kept may be a join of another version. */
export const knownJoin = (join: string): Join => joins.find((known) => known === join) ?? 'add';

export const defaultToolOptions: ToolOptions = {
  point: { join: 'replace', fromMask: false, showsHover: true, cleanCells: usualCleanCells },
  adjust: { grow: 3, shrink: 3, smooth: 4, close: 5, open: 5, fillHoles: 2000, dropIslands: 2000 },
  refine: { bandPx: 12, softness: 0.3, shiftPx: 0, updatesMask: false },
  hand: {},
  polygon: { join: 'add', tolerancePx: 1.5 },
  lasso: { join: 'add', smoothing: 2 },
  wand: { tolerance: 10, sampleSidePx: 3, isContiguous: true, isSmooth: true, join: 'add' },
  magnetic: { join: 'add', widthPx: 12, contrast: 0.1, coolsDown: true },
  snap: { snapsToEdges: false, tolerance: 12 },
};
