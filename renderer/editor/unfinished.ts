import type { ToolId } from '../stores/toolSettings.ts';
import type { Unfinished } from '../stores/unfinished.ts';
import type { PromptTrail } from './prompts/promptTrail.ts';
import type { HeldOutline } from './outline/outlineSession.ts';

/** Of the tools that have one. */
export type HeldOutlines = Readonly<Partial<Record<ToolId, HeldOutline>>>;

/** With fewer points it is a slip of the hand: it is kept and nobody is told. */
const leastPoints = 3;

/** @returns null: nothing */
export const unfinishedOf = (waitingClicks: number, outlines: HeldOutlines): Unfinished | null => {
  const openOutlines = (Object.entries(outlines) as [ToolId, HeldOutline][]).filter(([, { steps }]) => steps.current.points.length >= leastPoints).map(([toolId]) => toolId);
  return waitingClicks === 0 && openOutlines.length === 0 ? null : { waitingClicks, openOutlines };
};

export const waitingClicksOf = (trail: PromptTrail | null): number => trail?.pending.length ?? 0;
