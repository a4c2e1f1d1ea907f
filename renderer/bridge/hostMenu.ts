import type { MenuModel } from '../../shared/contracts/host/menu.ts';
import { hostChannels, type HostWindowMessage } from '../../shared/contracts/host/messages.ts';

/** What the system's menu bar shows. */
export const sendMenu = (model: MenuModel): void => window.maskdesk.setMenu(model);

/** Shows or hides the bar where the system has it in the window. */
export const toggleMenuBar = (): void => window.maskdesk.toggleMenuBar();

/** Calls back with the action's id when somebody chooses it there. */
export const listenToMenu = (onChosen: (actionId: string) => void): void => {
  window.addEventListener('message', (event: MessageEvent<HostWindowMessage | null>) => {
    if (event.source !== window || event.data === null || typeof event.data !== 'object') return;
    if (event.data.kind === hostChannels.menuCommand) onChosen(event.data.actionId);
  });
};
