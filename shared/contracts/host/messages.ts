import type { MenuModel } from './menu.ts';
import type { ConnectionFinding, TeamForm, TeamFormSaved } from './teamStores.ts';
import type { Dropped, OpenOutcome, RecentStore, StoreChoice } from './stores.ts';

/**
 * What the window and its host say to each other beside RPC and pixels: the port is handed over, the host tells how the core is, and the
 * page asks for what only a host can do: other stores, dropped files, the page's zoom.
 * The preload script passes these on between ipc channels and window messages; it exposes nothing else.
 */
export const hostChannels = {
  /** renderer -> main: wants a port to the core; also asks for a fresh start of a core that gave up. */
  connect: 'maskdesk:connect',
  /** main -> renderer, with the port. */
  port: 'maskdesk:port',
  /** renderer -> main: wants a port to the decoding process. */
  connectDecoder: 'maskdesk:connectDecoder',
  /** main -> renderer, with the port (decoding/messages.ts). It may be asked at once: what is asked before the process runs is answered when it does. Closes with that process. */
  decoderPort: 'maskdesk:decoderPort',
  /** main -> renderer: {@link HostState} at each change. */
  state: 'maskdesk:state',
  /** renderer -> main, at once after `closing`: the page lives and saves; the window waits for readyToClose, even if that never comes. */
  savingBeforeClose: 'maskdesk:savingBeforeClose',
  /** renderer -> main: everything that was pending is saved, the window may close. */
  readyToClose: 'maskdesk:readyToClose',
  /** renderer -> main, with an answer: {@link RecentStore}s. */
  recentStores: 'maskdesk:recentStores',
  /** renderer -> main, with an answer: another store in this window. */
  openStore: 'maskdesk:openStore',
  forgetStore: 'maskdesk:forgetStore',
  /** renderer -> main, with an answer: {@link TeamFormSaved} of a remembered connection (by its storeId), or an empty one (null). */
  teamForm: 'maskdesk:teamForm',
  /** renderer -> main, with an answer: whether what the form says can be reached and used. */
  testTeam: 'maskdesk:testTeam',
  /** renderer -> main, with an answer: that store in this window, remembered. */
  openTeam: 'maskdesk:openTeam',
  /** preload -> main, with an answer: paths of what was dropped on the window. The page itself never has them. */
  drop: 'maskdesk:drop',
  /** renderer -> main: everything on the page larger (1), smaller (-1), as designed (0). */
  zoomPage: 'maskdesk:zoomPage',
  /** renderer -> main: {@link MenuModel} at each change. */
  menu: 'maskdesk:menu',
  /** main -> renderer: the id of the action that was chosen in the menu. */
  menuCommand: 'maskdesk:menuCommand',
  /** renderer -> main: shows or hides the menu bar where it is in the window. */
  toggleMenuBar: 'maskdesk:toggleMenuBar',
} as const;

export type HostState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'up' }
  /** The core died; another one is being started. */
  | { readonly kind: 'restarting'; readonly message: string }
  /** The core could not be started, or keeps dying; `connect` tries again. */
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string }
  /** The window is about to close, or to show another store: say savingBeforeClose, save what is pending, then say readyToClose. */
  | { readonly kind: 'closing' };

/** As window messages, from the preload script to the page. */
export type HostWindowMessage =
  | { readonly kind: typeof hostChannels.port }
  /** With the port; only after connectDecoder. */
  | { readonly kind: typeof hostChannels.decoderPort }
  | { readonly kind: typeof hostChannels.menuCommand; readonly actionId: string }
  | { readonly kind: typeof hostChannels.state; readonly state: HostState };

export type ZoomStep = -1 | 0 | 1;

/** `window.maskdesk` */
export interface HostBridge {
  connect(): void;
  /** Answered by a decoderPort message, again after each call: the port of before is closed. */
  connectDecoder(): void;
  savingBeforeClose(): void;
  readyToClose(): void;
  recentStores(): Promise<readonly RecentStore[]>;
  openStore(choice: StoreChoice): Promise<OpenOutcome>;
  forgetStore(storeId: string): Promise<readonly RecentStore[]>;
  teamForm(storeId: string | null): Promise<TeamFormSaved>;
  testTeam(form: TeamForm): Promise<readonly ConnectionFinding[]>;
  openTeam(form: TeamForm): Promise<OpenOutcome>;
  /** `files`: the File objects of a drop; main learns where they are, the page does not. */
  drop(files: readonly unknown[]): Promise<Dropped>;
  zoomPage(step: ZoomStep): void;
  setMenu(model: MenuModel): void;
  toggleMenuBar(): void;
  /** Of the page's own process, for the debug overlay. @returns private bytes */
  privateBytes(): Promise<number>;
}
