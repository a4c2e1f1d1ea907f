import type { ToolId } from '../../stores/toolSettings.ts';
import { brush } from './brush.ts';
import { eraser } from './eraser.ts';
import { hand } from './hand.ts';
import { lasso } from './lasso.ts';
import { polygon } from './polygon.ts';
import type { ToolFactory } from './tool.ts';

/** A new tool is one file, one line here and its id in renderer/stores/toolSettings.ts. */
export const tools = { brush, eraser, polygon, lasso, hand } as const satisfies Record<ToolId, ToolFactory>;
