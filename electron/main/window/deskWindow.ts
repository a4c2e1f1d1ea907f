import { BrowserWindow, dialog, ipcMain, nativeTheme, type IpcMainEvent, type MessagePortMain } from 'electron';
import { hostChannels, type HostState } from '../../../shared/contracts/host/messages.ts';
import { appOrigin } from '../../../shared/contracts/http/routes.ts';
import { isOwnPage } from '../security/lockDown.ts';
import { firstSize, readSavedWindow, rememberBounds, smallestSize } from './windowBounds.ts';

export interface DeskWindowParts {
  readonly preload: string;
  readonly boundsFile: string;
  /** The page wants a port. */
  onConnect(): MessagePortMain | null;
}

/** Drafts are small and local; a page that has not saved them in this time hangs. */
const saveTimeoutMs = 3000;

/** The one window: made, shown, told of the core's state, and closed only after the page has saved what was pending. */
export class DeskWindow {
  readonly #window: BrowserWindow;
  readonly #parts: DeskWindowParts;
  #mayClose = false;

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
      autoHideMenuBar: true,
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
    rememberBounds(this.#window, parts.boundsFile);
    this.#window.on('close', (event) => {
      if (this.#mayClose) return;
      event.preventDefault();
      this.#askPageToSave();
    });
    ipcMain.on(hostChannels.connect, (event) => {
      if (this.#isOurs(event)) this.#connect(event);
    });
    ipcMain.on(hostChannels.readyToClose, (event) => {
      if (this.#isOurs(event)) this.#closeNow();
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

  async chooseFolder(): Promise<string | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.#window, {
      title: 'Choose a folder of photos or keyframes',
      buttonLabel: 'Import',
      properties: ['openDirectory'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  }

  /** The page crashed: show it again; drafts are in the store. */
  reload(): void {
    if (!this.#window.isDestroyed()) this.#window.webContents.reload();
  }

  /** A message counts only when it comes from our page, in the main frame of our window. */
  #isOurs(event: IpcMainEvent): boolean {
    const frame = event.senderFrame;
    return event.sender === this.#window.webContents && frame !== null && frame.parent === null && isOwnPage(frame.url);
  }

  #connect(event: IpcMainEvent): void {
    const port = this.#parts.onConnect();
    if (port !== null) event.senderFrame?.postMessage(hostChannels.port, null, [port]);
  }

  #askPageToSave(): void {
    this.tellState({ kind: 'closing' });
    setTimeout(() => this.#closeNow(), saveTimeoutMs).unref();
  }

  #closeNow(): void {
    this.#mayClose = true;
    if (!this.#window.isDestroyed()) this.#window.close();
  }
}
