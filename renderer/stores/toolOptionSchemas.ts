import { z } from 'zod';
import { mostCleanCells } from '../../shared/prompts/cleanLogits.ts';
import { joins } from '../../shared/prompts/prompt.ts';
import { maxSmoothing, maxTolerance, maxTolerancePx, maxWireWidthPx, minWireWidthPx, wandSampleSidesPx, type ToolOptions } from './toolOptions.ts';

const join = z.enum(joins);
const tolerance = z.number().min(0).max(maxTolerance);
const radiusPx = z.number().min(0).max(200);
/** More than any picture has. */
const areaPx = z.number().min(0).max(1e9);

/** What each option may be, for those that come from the disk. The compiler asks for a line here with every new option. */
export const toolOptionSchemas = {
  point: { join, fromMask: z.boolean(), showsHover: z.boolean(), cleanCells: z.int().min(0).max(mostCleanCells) },
  snap: { snapsToEdges: z.boolean(), tolerance },
  wand: { tolerance, sampleSidePx: z.literal(wandSampleSidesPx), isContiguous: z.boolean(), isSmooth: z.boolean(), join },
  adjust: { grow: radiusPx, shrink: radiusPx, smooth: radiusPx, close: radiusPx, open: radiusPx, fillHoles: areaPx, dropIslands: areaPx },
  refine: { bandPx: z.number().min(1).max(1000), softness: z.number().min(0).max(1), shiftPx: z.number().min(-1000).max(1000), updatesMask: z.boolean() },
  hand: {},
  polygon: { join, tolerancePx: z.number().min(0).max(maxTolerancePx) },
  lasso: { join, smoothing: z.number().min(0).max(maxSmoothing) },
  magnetic: { join, widthPx: z.number().min(minWireWidthPx).max(maxWireWidthPx), contrast: z.number().min(0).max(1), coolsDown: z.boolean() },
} as const satisfies { readonly [Tool in keyof ToolOptions]: { readonly [Name in keyof ToolOptions[Tool]]: z.ZodType<ToolOptions[Tool][Name]> } };
