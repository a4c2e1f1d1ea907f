/** Tools that belong together, in the order of the rail. Ids that this version has no action for are passed over; a tool in no group comes last. */
export interface ToolGroup {
  readonly id: string;
  readonly label: string;
  readonly toolIds: readonly string[];
}

export const toolGroups: readonly ToolGroup[] = [
  { id: 'prompts', label: 'Prompts', toolIds: ['point', 'box'] },
  { id: 'paint', label: 'Paint', toolIds: ['brush', 'eraser'] },
  { id: 'outlines', label: 'Outlines', toolIds: ['lasso', 'polygon', 'magnetic'] },
  { id: 'regions', label: 'Regions', toolIds: ['wand', 'fillHole', 'dropIsland', 'keepComponent', 'eraseComponent'] },
  { id: 'view', label: 'View', toolIds: ['hand'] },
];

/** The largest first; what is used most never folds. */
const foldOrder = ['regions', 'outlines', 'prompts'] as const;

/** CSS pixels, as in ToolRail.css: a button and a rule with the gap behind it, and the rail's own padding. */
export const buttonRoomPx = 36;
export const ruleRoomPx = 9;
const paddingPx = 16;
/** Undo and redo, fit and 1:1, the two folds. */
const otherButtons = 6;
const otherRules = 1;
const zoomButtons = 2;

export interface RailPlan {
  /** Groups that are one button with the others behind it. */
  readonly folded: ReadonlySet<string>;
  /** Whether there is room for zooming in and out, which the wheel does as well. */
  readonly hasZoomSteps: boolean;
}

/**
 * What the rail shows in a height, so that nothing of it has to be scrolled to.
 * @param heightPx CSS pixels of the rail
 * @param groups with the tools that there are
 */
export const planRail = (heightPx: number, groups: readonly ToolGroup[]): RailPlan => {
  const shown = groups.filter(({ toolIds }) => toolIds.length > 0);
  const roomPx = (folded: ReadonlySet<string>, hasZoomSteps: boolean): number => {
    const tools = shown.reduce((sum, { id, toolIds }) => sum + (folded.has(id) ? 1 : toolIds.length), 0);
    return paddingPx + (tools + otherButtons + (hasZoomSteps ? zoomButtons : 0)) * buttonRoomPx + (shown.length + otherRules) * ruleRoomPx;
  };
  const folded = new Set<string>();
  for (const id of foldOrder) {
    if (roomPx(folded, true) <= heightPx) return { folded, hasZoomSteps: true };
    if ((shown.find((group) => group.id === id)?.toolIds.length ?? 0) > 1) folded.add(id);
  }
  return { folded, hasZoomSteps: roomPx(folded, true) <= heightPx };
};
