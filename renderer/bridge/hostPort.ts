import { hostChannels, type HostBridge, type HostState, type HostWindowMessage } from '../../shared/contracts/host/messages.ts';

declare global {
  interface Window {
    readonly maskdesk: HostBridge;
  }
}

export interface HostListener {
  onPort(port: MessagePort): void;
  onState(state: HostState): void;
}

/** Listens to the preload script and asks for a first port. A window message counts only when this very page sent it. */
export const listenToHost = (listener: HostListener): void => {
  window.addEventListener('message', (event: MessageEvent<HostWindowMessage | null>) => {
    if (event.source !== window || event.data === null || typeof event.data !== 'object') return;
    if (event.data.kind === hostChannels.state) listener.onState(event.data.state);
    const port = event.ports[0];
    if (event.data.kind === hostChannels.port && port !== undefined) listener.onPort(port);
  });
  window.maskdesk.connect();
};

/** A port to the core; answered by `onPort`, now or when the core is up. Also makes a core that gave up start again. */
export const askForPort = (): void => window.maskdesk.connect();

/** The page lives and saves; however long that takes, the window waits for {@link readyToClose}. */
export const savingBeforeClose = (): void => window.maskdesk.savingBeforeClose();

/** Everything pending is saved: the window may go. */
export const readyToClose = (): void => window.maskdesk.readyToClose();
