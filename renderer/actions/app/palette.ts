import { closeOverlay, openOverlay, useOverlay } from '../../stores/overlay.ts';
import { setObstacles } from '../../stores/palette.ts';
import type { Action } from '../action.ts';

const obstacleOf = ({ when, whyNot }: Action): string | null => ((when?.() ?? true) ? null : (whyNot?.() ?? 'Not at the moment'));

/** What can't be done now, by id. */
export const obstaclesOf = (actions: readonly Action[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    actions.flatMap((action) => {
      const obstacle = obstacleOf(action);
      return obstacle === null ? [] : [[action.id, obstacle]];
    }),
  );

/** @param all every action; a function, since the palette is one of them */
export const paletteOf = (all: () => readonly Action[]): Action => ({
  id: 'palette',
  label: 'Find an item or a command',
  group: 'App',
  keys: ['Ctrl+K', 'Ctrl+Shift+P'],
  run: () => {
    if (useOverlay.getState().open === 'palette') return closeOverlay();
    // Asked about the desk, before something lies over it.
    closeOverlay();
    setObstacles(obstaclesOf(all()));
    openOverlay('palette');
  },
});
