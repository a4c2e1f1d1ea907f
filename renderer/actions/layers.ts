import type { OverlayName } from '../stores/overlay.ts';
import type { Action } from './action.ts';

/** Small forms beside their button; whatever else opens covers the desk: nothing under it moves. */
const forms: ReadonlySet<OverlayName> = new Set<OverlayName>(['reject', 'rerun', 'tint', 'comment', 'choose', 'pair', 'view.cutout', 'view.difference', 'view.menu', 'filters', 'savedFilters', 'bulkReject', 'bulkRerun', 'toolOptions']);

/**
 * Whether an action's key counts while something is open over the desk: what opens and closes it, what it is made of, and, beside a small
 * form, a closer look at the picture that it is about. Moving on or painting would make it about something else.
 */
export const isForLayer = ({ id, group, context }: Pick<Action, 'id' | 'group' | 'context'>, open: OverlayName): boolean => {
  if (context !== undefined) return context === open;
  if (group === 'App' || id === 'cancel') return true;
  // Two masks are compared to decide between them.
  if (open === 'compare' && (id === 'imported.take' || id === 'imported.leave')) return true;
  if (!forms.has(open)) return false;
  if (id === open || id.startsWith(`${open}.`)) return true;
  // What is set there is the tool's: sizes and the other tools' keys go on meaning what they mean.
  if (open === 'toolOptions' && (group === 'Tools' || group === 'Prompts')) return true;
  return group === 'View' && id !== 'pane.swap';
};

/** Popups and cards mark themselves with `data-layer`. */
export const layerOf = (target: EventTarget | null): HTMLElement | null => (target instanceof Element ? target.closest<HTMLElement>('[data-layer]') : null);

const tabStops = 'button:not([disabled], [tabindex="-1"]), input:not([disabled], [tabindex="-1"]), a[href], [tabindex="0"]';

/**
 * Tab goes into what is open from anywhere else, as after a click beside it, and round from its own start; between its controls it goes
 * as everywhere. @returns whether the key is dealt with
 */
export const tabIntoLayer = (target: EventTarget | null, chord: string): boolean => {
  if (chord !== 'Tab' && chord !== 'Shift+Tab') return false;
  const layer = layerOf(target);
  if (layer !== null && (layer !== target || chord === 'Tab')) return false;
  const stops = [...(layer ?? document.querySelector<HTMLElement>('[data-layer]'))?.querySelectorAll<HTMLElement>(tabStops) ?? []];
  const stop = chord === 'Tab' ? stops[0] : stops.at(-1);
  stop?.focus();
  return stop !== undefined;
};
