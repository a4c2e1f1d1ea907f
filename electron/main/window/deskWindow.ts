import { BrowserWindow, ipcMain, nativeTheme, type IpcMainEvent, type IpcMainInvokeEvent, type MessagePortMain } from 'electron';
import { hostChannels, type HostState } from '../../../shared/contracts/host/messages.ts';
import { appOrigin } from '../../../shared/contracts/http/routes.ts';
import type { PathPurpose } from '../core/protocol.ts';
import { chooseFor } from '../stores/dialogs.ts';
import { isOwnPage } from '../security/lockDown.ts';
import { zoomAfter, zoomStepSchema } from './pageZoom.ts';
import { firstSize, readSavedWindow, rememberBounds, smallestSize } from './windowBounds.ts';

export interface DeskWindowParts {
  readonly preload: string;
  readonly boundsFile: string;
  /** The page wants a port. */
  onConnect(): MessagePortMain | null;
  /** The page wants a port to the process that answers prompts. */
  onConnectDecoder(): MessagePortMain;
}

/** A page that has not said in this time that it saves hangs, or there is none. */
const answerTimeoutMs = 3000;

/** The one window: made, shown, told of the core's state, and closed or given another store only after the page has saved what was pending. */
export class DeskWindow {
  readonly #window: BrowserWindow;
  readonly #parts: DeskWindowParts;
  #mayClose = false;
  /** What follows when the page has saved; null: it was not asked. */
  #afterSaving: (() => void) | null = null;
  /** Until the page has answered. */
  #answerTimer: NodeJS.Timeout | null = null;

  constructor(parts: DeskWindowParts) {
    this.#parts = parts;
    const saved = readSavedWindow(parts.boundsFile);
    this.#window = new BrowserWindow({
      ...(saved === null ? firstSize() : saved.bounds),
      minWidth: smallestSize.width,
      minHeight: smallestSize.height,
      title: 'Maskdesk',
      // The ground's colour at once: no white flash before the page paints.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#17181a' : '#f4f5f6',
      webPreferences: {
        preload: parts.preload,
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        spellcheck: false,
        // The desk itself decides what to do while hidden; a throttled page would save drafts late.
        backgroundThrottling: false,
      },
    });
    if (saved?.maximised === true) this.#window.maximize();
    if (saved?.fullScreen === true) this.#window.setFullScreen(true);
    const keepBounds = rememberBounds(this.#window, parts.boundsFile);
    const { webContents } = this.#window;
    // A page begins at 100 %, also after a reload.
    let zoomFactor = saved?.zoomFactor ?? 1;
    webContents.on('did-finish-load', () => webContents.setZoomFactor(zoomFactor));
    this.#window.on('close', (event) => {
      if (this.#mayClose) return;
      event.preventDefault();
      this.saveThen(() => this.#closeNow());
    });
    ipcMain.on(hostChannels.connect, (event) => {
      if (this.isOurs(event)) this.#connect(event);
    });
    ipcMain.on(hostChannels.connectDecoder, (event) => {
      if (this.isOurs(event)) event.senderFrame?.postMessage(hostChannels.decoderPort, null, [parts.onConnectDecoder()]);
    });
    ipcMain.on(hostChannels.zoomPage, (event, input: unknown) => {
      const step = zoomStepSchema.safeParse(input);
      if (!this.isOurs(event) || !step.success) return;
      zoomFactor = zoomAfter(webContents.getZoomFactor(), step.data);
      webContents.setZoomFactor(zoomFactor);
      keepBounds();
    });
    ipcMain.on(hostChannels.savingBeforeClose, (event) => {
      if (this.isOurs(event)) this.#stopWaiting();
    });
    ipcMain.on(hostChannels.readyToClose, (event) => {
      if (this.isOurs(event)) this.#saved();
    });
  }

  open(): Promise<void> {
    return this.#window.loadURL(`${appOrigin}/`);
  }

  onClosed(listener: () => void): void {
    this.#window.once('closed', listener);
  }

  onFocused(listener: () => void): void {
    this.#window.on('focus', listener);
  }

  focus(): void {
    if (this.#window.isDestroyed()) return;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  tellState(state: HostState): void {
    if (!this.#window.isDestroyed()) this.#window.webContents.send(hostChannels.state, state);
  }

  get browserWindow(): BrowserWindow {
    return this.#window;
  }

  choosePath(purpose: PathPurpose): Promise<string | null> {
    return chooseFor(this.#window, purpose);
  }

  /**
   * Has the page save what is pending, and goes on when it has. A page that can't save says so to the person and stays; asked again, as by another
   * press on the window's cross, it tries again. Only a page that does not answer at all is not waited for.
   */
  saveThen(next: () => void): void {
    this.#afterSaving = next;
    this.#stopWaiting();
    this.#answerTimer = setTimeout(() => this.#saved(), answerTimeoutMs);
    this.tellState({ kind: 'closing' });
  }

  /** The page crashed: show it again; drafts are in the store. */
  reload(): void {
    if (!this.#window.isDestroyed()) this.#window.webContents.reload();
  }

  /** A message counts only when it comes from our page, in the main frame of our window. */
  isOurs(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
    const frame = event.senderFrame;
    return event.sender === this.#window.webContents && frame !== null && frame.parent === null && isOwnPage(frame.url);
  }

  #connect(event: IpcMainEvent): void {
    const port = this.#parts.onConnect();
    if (port !== null) event.senderFrame?.postMessage(hostChannels.port, null, [port]);
  }

  #stopWaiting(): void {
    if (this.#answerTimer !== null) clearTimeout(this.#answerTimer);
    this.#answerTimer = null;
  }

  #saved(): void {
    this.#stopWaiting();
    const next = this.#afterSaving;
    this.#afterSaving = null;
    next?.();
  }

  #closeNow(): void {
    this.#mayClose = true;
    if (!this.#window.isDestroyed()) this.#window.close();
  }
}
