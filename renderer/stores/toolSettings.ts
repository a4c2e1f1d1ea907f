import { createStore, type StoreApi } from 'zustand/vanilla';
import { defaultToolOptions, type ToolOptions } from './toolOptions.ts';

export const toolIds = ['brush', 'eraser', 'hand'] as const;
export type ToolId = (typeof toolIds)[number];

export const minBrushSizePx = 1;
export const maxBrushSizePx = 2000;

/** What the person has in hand. One store for all panes, so that both sides of the desk paint alike. */
export interface ToolSettings {
  readonly toolId: ToolId;
  /** Diameter in imagePx, 1..2000. */
  readonly brushSizePx: number;
  /** Share of the radius that is fully painted, 0..1; 1 paints a hard edge. */
  readonly hardness: number;
  /** Whether a pen's pressure makes the brush smaller. */
  readonly pressureSetsSize: boolean;
  /** Of the other tools, each its own. */
  readonly options: ToolOptions;
}

export type ToolSettingsStore = StoreApi<ToolSettings>;

export const createToolSettings = (initial: Partial<ToolSettings> = {}): ToolSettingsStore =>
  createStore<ToolSettings>(() => ({ toolId: 'brush', brushSizePx: 40, hardness: 1, pressureSetsSize: true, options: defaultToolOptions, ...initial }));

export const clampBrushSizePx = (sizePx: number): number =>
  Number.isFinite(sizePx) ? Math.min(maxBrushSizePx, Math.max(minBrushSizePx, sizePx)) : minBrushSizePx;

/** The size that `[` (-1) or `]` (+1) leads to: single pixels while small, then steps of about a tenth, always a whole number. */
export const stepBrushSizePx = (sizePx: number, direction: -1 | 1): number => {
  const stepPx = Math.max(1, Math.round(sizePx / 10));
  return clampBrushSizePx(Math.round(sizePx) + direction * stepPx);
};
