import type { ToolId } from '../../stores/toolSettings.ts';
import { box } from './box.ts';
import { brush } from './brush.ts';
import { dropIsland } from './dropIsland.ts';
import { eraseComponent } from './eraseComponent.ts';
import { eraser } from './eraser.ts';
import { fillHole } from './fillHole.ts';
import { hand } from './hand.ts';
import { keepComponent } from './keepComponent.ts';
import { lasso } from './lasso.ts';
import { magnetic } from './magnetic.ts';
import { place } from './place.ts';
import { polygon } from './polygon.ts';
import { point } from './point.ts';
import type { ToolFactory } from './tool.ts';
import { wand } from './wand.ts';

/** A new tool is one file, one line here and its id in renderer/stores/toolSettings.ts. */
export const tools = {
  point,
  box,
  brush,
  eraser,
  polygon,
  lasso,
  magnetic,
  wand,
  fillHole,
  dropIsland,
  keepComponent,
  eraseComponent,
  place,
  hand,
} as const satisfies Record<ToolId, ToolFactory>;
