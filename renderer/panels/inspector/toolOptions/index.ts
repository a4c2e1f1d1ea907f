import type { ComponentType } from 'react';
import type { ToolId } from '../../../stores/toolSettings.ts';
import { BoxOptions } from './BoxOptions.tsx';
import { BrushOptions } from './BrushOptions.tsx';
import { LassoOptions } from './LassoOptions.tsx';
import { MagneticOptions } from './MagneticOptions.tsx';
import { PointOptions } from './PointOptions.tsx';
import { DropIslandOptions, FillHoleOptions } from './PieceOptions.tsx';
import { PolygonOptions } from './PolygonOptions.tsx';
import { WandOptions } from './WandOptions.tsx';

/** What can be set of a tool; null: nothing. */
export const toolOptions = {
  point: PointOptions,
  box: BoxOptions,
  brush: BrushOptions,
  eraser: BrushOptions,
  polygon: PolygonOptions,
  lasso: LassoOptions,
  magnetic: MagneticOptions,
  wand: WandOptions,
  fillHole: FillHoleOptions,
  dropIsland: DropIslandOptions,
  keepComponent: null,
  eraseComponent: null,
  place: null,
  hand: null,
} as const satisfies Record<ToolId, ComponentType | null>;
