import { z } from 'zod';
import type { ToolOptions } from './toolOptions.ts';
import { toolOptionSchemas } from './toolOptionSchemas.ts';
import { maxBrushSizePx, minBrushSizePx, type PaintTip, type PaintToolId, type ToolSettings } from './toolSettings.ts';

const tipSchema = z.object({ sizePx: z.number().min(minBrushSizePx).max(maxBrushSizePx), hardness: z.number().min(0).max(1) });
const recordSchema = z.record(z.string(), z.unknown());

/** The options with what was kept of them. Each that is unknown, or not what it may be, leaves the default. */
const mergeOptions = (standard: ToolOptions, kept: unknown): ToolOptions => {
  const known = recordSchema.safeParse(kept);
  if (!known.success) return standard;
  return Object.fromEntries(
    Object.entries(standard).map(([tool, options]: [string, Readonly<Record<string, unknown>>]) => {
      const mine = recordSchema.safeParse(known.data[tool]).data ?? {};
      const schemas: Readonly<Record<string, z.ZodType>> = toolOptionSchemas[tool as keyof ToolOptions];
      return [tool, Object.fromEntries(Object.entries(options).map(([name, value]) => [name, schemas[name]?.safeParse(mine[name]).data ?? value]))];
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
