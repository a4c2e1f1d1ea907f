import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type CDPSession, type ElectronApplication, type Page } from 'playwright';

const mainEntry = fileURLToPath(new URL('../../dist/electron/main.js', import.meta.url));

/** Chromium has no sandbox for root on Linux. */
const rootSwitches = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export interface BenchWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Chromium's own protocol for this page: input, profiles, memory. */
  readonly cdp: CDPSession;
  close(): Promise<void>;
}

export interface BenchWindowOptions {
  readonly storeDir: string;
  /** Kept between windows to measure a second start; absent: a fresh one, removed with the window. */
  readonly dataDir?: string;
  /** CSS pixels of the window's content. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly env?: Readonly<Record<string, string>>;
  /** Further switches of Chromium. */
  readonly switches?: readonly string[];
}

/** @throws when `npm run bench` has not named it */
export const electronExecutable = (): string => {
  const electron = process.env['MASKDESK_ELECTRON'];
  if (electron === undefined) throw new Error('MASKDESK_ELECTRON is not set: run this through npm run bench, which prepares it');
  return electron;
};

/** For the built app; one CSS pixel is one device pixel. */
export const launchArguments = (storeDir: string, switches: readonly string[] = []): string[] => [
  ...rootSwitches,
  '--force-device-scale-factor=1',
  ...switches,
  mainEntry,
  '--store',
  storeDir,
];

/**
 * Opens the built app on a store as a person does: real main, core and page, one CSS pixel a device pixel. `npm run bench` builds it and names the
 * Electron (MASKDESK_ELECTRON) and the display.
 */
export const openBenchWindow = async ({ storeDir, dataDir, size = { width: 1440, height: 900 }, env = {}, switches = [] }: BenchWindowOptions): Promise<BenchWindow> => {
  const electron = electronExecutable();
  const ownData = dataDir === undefined ? await mkdtemp(join(tmpdir(), 'maskdesk-bench-data-')) : null;
  // As e2e/electronApp.ts: through the electron package, so that the app waits until Playwright has attached.
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dirname(electron);
  const app = await _electron.launch({
    args: launchArguments(storeDir, switches),
    env: { ...(process.env as Record<string, string>), MASKDESK_DATA: dataDir ?? ownData ?? '', MASKDESK_REVIEWER: 'Mara', ...env },
  });
  const close = async (): Promise<void> => {
    await app.close();
    if (ownData !== null) await rm(ownData, { recursive: true, force: true });
  };
  try {
    const page = await app.firstWindow();
    await app.evaluate(({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height), size);
    const cdp = await page.context().newCDPSession(page);
    return { app, page, cdp, close };
  } catch (error) {
    await close();
    throw error;
  }
};
