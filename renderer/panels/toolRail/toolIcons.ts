import { Brush, BrushCleaning, CircleDot, CircleMinus, CopyPlus, Crosshair, Eraser, Hand, Lasso, Magnet, PaintBucket, Pentagon, SquareDashedMousePointer, WandSparkles, type LucideIcon } from 'lucide-react';
import type { ToolId } from '../../stores/toolSettings.ts';

const known = {
  point: Crosshair,
  box: SquareDashedMousePointer,
  brush: Brush,
  eraser: Eraser,
  lasso: Lasso,
  polygon: Pentagon,
  magnetic: Magnet,
  wand: WandSparkles,
  fillHole: PaintBucket,
  dropIsland: CircleMinus,
  keepComponent: CircleDot,
  eraseComponent: BrushCleaning,
  place: CopyPlus,
  hand: Hand,
};

export const toolIcons: Readonly<Record<ToolId, LucideIcon>> = known;
