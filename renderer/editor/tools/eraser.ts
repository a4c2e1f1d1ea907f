import { createPaintTool } from './paintTool.ts';
import type { ToolFactory } from './tool.ts';

/** Takes away from the mask. */
export const eraser: ToolFactory = (context) => createPaintTool(context, { erases: true });
