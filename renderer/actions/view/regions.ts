import type { Action } from '../action.ts';

/** Panels mark themselves with `data-region`; the order is that of the page. */
const regions = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[data-region]')];
const focusable = 'button:not([disabled]), input, select, [tabindex="0"]';

/** Moves the keyboard's focus to the next part of the window; within it Tab goes on as usual. */
export const nextRegion: Action = {
  id: 'region.next',
  label: 'Next part of the window',
  group: 'App',
  keys: ['F6'],
  run: () => {
    const all = regions();
    const current = all.findIndex((region) => region.contains(document.activeElement));
    const next = all[(current + 1) % all.length];
    next?.querySelector<HTMLElement>(focusable)?.focus();
  },
};
