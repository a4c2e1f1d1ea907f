import type { ToolId } from '../../stores/toolSettings.ts';
import { brush } from './brush.ts';
import { eraser } from './eraser.ts';
import { hand } from './hand.ts';
import type { ToolFactory } from './tool.ts';

/** A new tool is one file, one line here and its id in renderer/stores/toolSettings.ts. */
export const tools = { brush, eraser, hand } as const satisfies Record<ToolId, ToolFactory>;
