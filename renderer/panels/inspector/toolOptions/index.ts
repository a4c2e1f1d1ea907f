import type { ComponentType } from 'react';
import type { ToolId } from '../../../stores/toolSettings.ts';
import { BrushOptions } from './BrushOptions.tsx';

/** What can be set of a tool; null: nothing. */
export const toolOptions = { brush: BrushOptions, eraser: BrushOptions, hand: null } as const satisfies Record<ToolId, ComponentType | null>;
