import type { ZoomStep } from '../../../shared/contracts/host/messages.ts';
import { zoomPage } from '../../bridge/host.ts';
import type { Action } from '../action.ts';

const zoom = (id: string, label: string, keys: readonly string[], step: ZoomStep): Action => ({ id, label, group: 'App', keys, run: () => zoomPage(step) });

/** Everything in the window, not the pictures alone; kept over a restart. Shift is part of what these keys give: + and _. */
export const largerPage = zoom('page.larger', 'Everything larger', ['Ctrl++'], 1);
export const smallerPage = zoom('page.smaller', 'Everything smaller', ['Ctrl+_'], -1);
export const usualPage = zoom('page.usual', 'Everything at its usual size', ['Ctrl+)'], 0);
