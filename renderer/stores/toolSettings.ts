import { createStore, type StoreApi } from 'zustand/vanilla';
import { defaultToolOptions, type ToolOptions } from './toolOptions.ts';

export const toolIds = [
  'point',
  'box',
  'brush',
  'eraser',
  'polygon',
  'lasso',
  'magnetic',
  'wand',
  'fillHole',
  'dropIsland',
  'keepComponent',
  'eraseComponent',
  'place',
  'hand',
] as const;
export type ToolId = (typeof toolIds)[number];

export const minBrushSizePx = 1;
export const maxBrushSizePx = 2000;

/** Tools that tell a model what to keep. */
export const toolIdsThatPrompt: readonly ToolId[] = ['point', 'box'];

/** Tools that paint with a tip, each with its own: an eraser is often larger, or softer, than the brush. */
export const paintToolIds = ['brush', 'eraser'] as const satisfies readonly ToolId[];
export type PaintToolId = (typeof paintToolIds)[number];

export interface PaintTip {
  /** Diameter in imagePx, 1..2000. */
  readonly sizePx: number;
  /** Share of the radius that is fully painted, 0..1; 1 paints a hard edge. */
  readonly hardness: number;
}

/** What the person has in hand. One store for all panes, so that both sides of the desk paint alike. */
export interface ToolSettings {
  readonly toolId: ToolId;
  readonly tips: Readonly<Record<PaintToolId, PaintTip>>;
  /** Whether a pen's pressure makes the brush smaller. */
  readonly pressureSetsSize: boolean;
  /** Of the other tools, each its own. */
  readonly options: ToolOptions;
}

export type ToolSettingsStore = StoreApi<ToolSettings>;

const standardTip: PaintTip = { sizePx: 40, hardness: 1 };

export const createToolSettings = (initial: Partial<ToolSettings> = {}): ToolSettingsStore =>
  createStore<ToolSettings>(() => ({ toolId: 'brush', tips: { brush: standardTip, eraser: standardTip }, pressureSetsSize: true, options: defaultToolOptions, ...initial }));

/** Whose tip is meant by "larger" and "softer": the eraser's while it is in hand, else the brush's. */
export const paintToolOf = (toolId: ToolId): PaintToolId => (toolId === 'eraser' ? 'eraser' : 'brush');
export const tipInHand = ({ toolId, tips }: Pick<ToolSettings, 'toolId' | 'tips'>): PaintTip => tips[paintToolOf(toolId)];
/** @returns the change for `setState` */
export const withTipInHand = ({ toolId, tips }: ToolSettings, change: Partial<PaintTip>): Pick<ToolSettings, 'tips'> => {
  const tool = paintToolOf(toolId);
  return { tips: { ...tips, [tool]: { ...tips[tool], ...change } } };
};

/** @returns the change for `setState` */
export const withOptions = <Id extends keyof ToolOptions>({ options }: Pick<ToolSettings, 'options'>, toolId: Id, change: Partial<ToolOptions[Id]>): Pick<ToolSettings, 'options'> => ({
  options: { ...options, [toolId]: { ...options[toolId], ...change } },
});

export const clampBrushSizePx = (sizePx: number): number =>
  Number.isFinite(sizePx) ? Math.min(maxBrushSizePx, Math.max(minBrushSizePx, sizePx)) : minBrushSizePx;

/** The size that `[` (-1) or `]` (+1) leads to: single pixels while small, then steps of about a tenth, always a whole number. */
export const stepBrushSizePx = (sizePx: number, direction: -1 | 1): number => {
  const stepPx = Math.max(1, Math.round(sizePx / 10));
  return clampBrushSizePx(Math.round(sizePx) + direction * stepPx);
};
