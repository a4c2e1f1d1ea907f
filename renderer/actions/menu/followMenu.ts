import { listenToMenu, sendMenu } from '../../bridge/hostMenu.ts';
import { useKeymap } from '../../stores/keymap.ts';
import { useOverlay } from '../../stores/overlay.ts';
import { usePanes } from '../../stores/panes.ts';
import { useQueue } from '../../stores/queue.ts';
import { useUndoable } from '../../stores/undoable.ts';
import type { Action } from '../action.ts';
import { bothEditors } from '../desk/editors.ts';
import { keysOf } from '../keymaps/effective.ts';
import { menuModelOf } from './menuModel.ts';

/** Menus are opened by hand: what changed within this time is sent at once. */
const restMs = 250;

/** Keeps the system's menu like the actions: their names, keys and whether they make sense now; runs what is chosen there. */
export const followMenu = (actions: readonly Action[]): void => {
  let sent = '';
  let timer: ReturnType<typeof setTimeout> | null = null;
  const send = (): void => {
    timer = null;
    const model = menuModelOf(actions, keysOf);
    const text = JSON.stringify(model);
    if (text === sent) return;
    sent = text;
    sendMenu(model);
  };
  const later = (): void => {
    // Between two frames: an undo may be waiting for the next one.
    timer ??= setTimeout(() => requestIdleCallback(send, { timeout: restMs }), restMs);
  };
  for (const store of [useKeymap, useOverlay, usePanes, useQueue, useUndoable]) store.subscribe(later);
  for (const editor of bothEditors) editor.status.subscribe(later);
  send();
  listenToMenu((actionId) => {
    const action = actions.find(({ id }) => id === actionId);
    // It may have stopped making sense while the menu was open.
    if (action !== undefined && (action.when?.() ?? true)) action.run();
  });
};
