import type { Join, PromptBox, PromptPoint } from '../../../shared/prompts/prompt.ts';
import { usualChain, type PromptChain } from '../../../shared/prompts/promptChain.ts';

/** What a person has prompted for, at one moment. Never changed: a click makes the next one. */
export interface PromptState {
  readonly points: readonly PromptPoint[];
  readonly box: PromptBox | null;
  /** Whether the mask from before is a prompt too. */
  readonly fromMask: boolean;
  readonly join: Join;
  /** How the points are answered: one after another, but for prompts that were kept by another rule. */
  readonly chain: PromptChain;
  /** Islands and holes of fewer cells are cleaned from the answer (shared/prompts/cleanLogits.ts); 0: none. */
  readonly cleanCells: number;
  /** As the decoder numbers them; null: the one that it thinks best. */
  readonly candidate: number | null;
  /** Whether it begins another object: the mask as it is then is what its answers join. */
  readonly begins: boolean;
}

export interface ImagePlace {
  readonly xImagePx: number;
  readonly yImagePx: number;
}

export const firstState = (join: Join, fromMask: boolean, cleanCells: number): PromptState => ({
  points: [],
  box: null,
  fromMask,
  join,
  chain: usualChain,
  cleanCells,
  candidate: null,
  begins: true,
});

/** Other prompts have other candidates: which one was chosen before says nothing of them. */
const changed = (state: PromptState, change: Partial<Pick<PromptState, 'points' | 'box' | 'fromMask'>>): PromptState => ({ ...state, ...change, candidate: null });

export const withPoint = (state: PromptState, point: PromptPoint): PromptState => changed(state, { points: [...state.points, point] });

export const withPointAt = (state: PromptState, index: number, { xImagePx, yImagePx }: ImagePlace): PromptState =>
  changed(state, { points: state.points.map((point, at) => (at === index ? { ...point, xImagePx, yImagePx } : point)) });

export const withoutPoint = (state: PromptState, index: number): PromptState => changed(state, { points: state.points.filter((_, at) => at !== index) });

export const withBox = (state: PromptState, box: PromptBox | null): PromptState => changed(state, { box });

export const withFromMask = (state: PromptState, fromMask: boolean): PromptState => changed(state, { fromMask });

export const withJoin = (state: PromptState, join: Join): PromptState => ({ ...state, join });

export const withCleanCells = (state: PromptState, cleanCells: number): PromptState => ({ ...state, cleanCells });

export const withCandidate = (state: PromptState, candidate: number): PromptState => ({ ...state, candidate });

/** Nothing that a decoder could answer: the mask is as it was before. */
export const isBlank = ({ points, box }: PromptState): boolean => points.length === 0 && box === null;

/** From any two corners, kept on the photo. @returns null for less than a pixel */
export const boxBetween = (a: ImagePlace, b: ImagePlace, widthPx: number, heightPx: number): PromptBox | null => {
  const clampX = (x: number): number => Math.min(widthPx, Math.max(0, x));
  const clampY = (y: number): number => Math.min(heightPx, Math.max(0, y));
  const box: PromptBox = {
    x0ImagePx: clampX(Math.min(a.xImagePx, b.xImagePx)),
    y0ImagePx: clampY(Math.min(a.yImagePx, b.yImagePx)),
    x1ImagePx: clampX(Math.max(a.xImagePx, b.xImagePx)),
    y1ImagePx: clampY(Math.max(a.yImagePx, b.yImagePx)),
  };
  return box.x1ImagePx - box.x0ImagePx < 1 || box.y1ImagePx - box.y0ImagePx < 1 ? null : box;
};
