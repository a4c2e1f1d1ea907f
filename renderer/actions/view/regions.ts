import type { Action } from '../action.ts';

const focusable = 'button:not([disabled], [tabindex="-1"]), input:not([disabled]), [tabindex="0"]';

/** Where each part of the window takes the focus. Panels mark themselves with `data-region`; the order is that of the page. A part with nothing to focus is passed over. */
const stops = (): readonly { readonly region: HTMLElement; readonly first: HTMLElement }[] =>
  [...document.querySelectorAll<HTMLElement>('[data-region]')].flatMap((region) => {
    const first = [...region.querySelectorAll<HTMLElement>(focusable)].find((element) => element.checkVisibility());
    return first === undefined ? [] : [{ region, first }];
  });

/** Moves the keyboard's focus to another part of the window; within it Tab goes on as usual. */
const move = (step: 1 | -1): void => {
  const all = stops();
  const current = all.findIndex(({ region }) => region.contains(document.activeElement));
  const from = current === -1 && step === -1 ? 0 : current;
  all.at((from + step) % all.length)?.first.focus();
};

export const nextRegion: Action = { id: 'region.next', label: 'Next part of the window', group: 'App', keys: ['F6'], run: () => move(1) };
export const previousRegion: Action = { id: 'region.previous', label: 'Part of the window before', group: 'App', keys: ['Shift+F6'], run: () => move(-1) };
