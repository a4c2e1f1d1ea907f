import { z } from 'zod';
import type { ToolOptions } from './toolOptions.ts';
import { maxBrushSizePx, minBrushSizePx, type PaintTip, type PaintToolId, type ToolSettings } from './toolSettings.ts';

const tipSchema = z.object({ sizePx: z.number().min(minBrushSizePx).max(maxBrushSizePx), hardness: z.number().min(0).max(1) });
const recordSchema = z.record(z.string(), z.unknown());

/** Whether a kept option is of the kind that its default is; what it may be in detail is the tool's own to say (toolOptions.ts). */
const isLike = (value: unknown, standard: unknown): boolean => typeof value === typeof standard && (typeof value !== 'number' || Number.isFinite(value)) && typeof value !== 'object';

/** The options with what was kept of them. Each that is unknown, of another kind or out of range leaves the default. */
const mergeOptions = (standard: ToolOptions, kept: unknown): ToolOptions => {
  const known = recordSchema.safeParse(kept);
  if (!known.success) return standard;
  return Object.fromEntries(
    Object.entries(standard).map(([toolId, options]: [string, Readonly<Record<string, unknown>>]) => {
      const mine = recordSchema.safeParse(known.data[toolId]);
      if (!mine.success) return [toolId, options];
      return [toolId, Object.fromEntries(Object.entries(options).map(([name, value]) => [name, isLike(mine.data[name], value) ? mine.data[name] : value]))];
    }),
  ) as unknown as ToolOptions;
};

/** The settings with what was kept; each part that is not understood, as from a newer version, stays as it is. */
export const mergeKept = (settings: ToolSettings, kept: Readonly<Record<string, unknown>>): Pick<ToolSettings, 'tips' | 'pressureSetsSize' | 'options'> => {
  const keptTips = recordSchema.safeParse(kept['tips']);
  const tipOf = (tool: PaintToolId): PaintTip => {
    const parsed = tipSchema.partial().safeParse(keptTips.success ? keptTips.data[tool] : undefined);
    if (!parsed.success) return settings.tips[tool];
    const { sizePx = settings.tips[tool].sizePx, hardness = settings.tips[tool].hardness } = parsed.data;
    return { sizePx, hardness };
  };
  return {
    tips: { brush: tipOf('brush'), eraser: tipOf('eraser') },
    pressureSetsSize: typeof kept['pressureSetsSize'] === 'boolean' ? kept['pressureSetsSize'] : settings.pressureSetsSize,
    options: mergeOptions(settings.options, kept['options']),
  };
};
