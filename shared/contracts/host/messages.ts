/**
 * What the window and its host say to each other beside RPC and pixels: the port is handed over, and the host tells how the core is.
 * The preload script passes these on between ipc channels and window messages; it exposes nothing else.
 */
export const hostChannels = {
  /** renderer -> main: wants a port to the core; also asks for a fresh start of a core that gave up. */
  connect: 'maskdesk:connect',
  /** main -> renderer, with the port. */
  port: 'maskdesk:port',
  /** main -> renderer: {@link HostState} at each change. */
  state: 'maskdesk:state',
  /** renderer -> main: everything that was pending is saved, the window may close. */
  readyToClose: 'maskdesk:readyToClose',
} as const;

export type HostState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'up' }
  /** The core died; another one is being started. */
  | { readonly kind: 'restarting'; readonly message: string }
  /** The core could not be started, or keeps dying; `connect` tries again. */
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string }
  /** The window is about to close: save what is pending, then say readyToClose. */
  | { readonly kind: 'closing' };

/** As window messages, from the preload script to the page. */
export type HostWindowMessage =
  | { readonly kind: typeof hostChannels.port }
  | { readonly kind: typeof hostChannels.state; readonly state: HostState };

/** `window.maskdesk` */
export interface HostBridge {
  connect(): void;
  readyToClose(): void;
}
