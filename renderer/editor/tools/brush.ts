import { createPaintTool } from './paintTool.ts';
import type { ToolFactory } from './tool.ts';

/** Adds to the mask. */
export const brush: ToolFactory = (context) => createPaintTool(context, { erases: false });
