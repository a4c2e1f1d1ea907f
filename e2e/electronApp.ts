import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, test as base, type ElectronApplication } from '@playwright/test';
import { DeskPage } from './pages/deskPage.ts';
import { runCli } from './services/cli.ts';

const mainEntry = fileURLToPath(new URL('../dist/electron/main.js', import.meta.url));

const requiredEnv = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run npm test -- e2e, which prepares it`);
  return value;
};

/** Chromium has no sandbox for root on Linux. */
const rootSwitches = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Specs compare the screen with files pixel by pixel, whatever screen there is. */
const usualScale = 1;

export interface OpenOptions {
  /** Null: the one that opens when none is named. */
  readonly storeDir: string | null;
  readonly env?: Readonly<Record<string, string>>;
  /** Device pixels a CSS pixel. */
  readonly scaleFactor?: number;
}

export interface OpenedDesk {
  readonly app: ElectronApplication;
  readonly desk: DeskPage;
}

interface Fixtures {
  /** An own copy of the demo store, no picture segmented. */
  readonly demoStore: string;
  /** The same with masks by the quick model on the first keyframes and product images. */
  readonly segmentedStore: string;
  /** A folder of the test's own, removed after it. */
  readonly workFolder: string;
  /** Opens a window on a store; every window is closed after the test. Profile and data lie in the work folder. */
  readonly openDesk: (options: OpenOptions) => Promise<OpenedDesk>;
}

interface WorkerFixtures {
  /** Segmented once a run: real inference takes seconds a picture. */
  readonly segmentedTemplate: string;
}

const segmentedCount = 3;
/** Tenths of a second a picture; specs of what a model gives name their own. */
export const quickModel = 'u2netp';

/** Ids of the first pictures of both kinds, as the queue has them. */
const someIds = async (storeDir: string): Promise<readonly string[]> => {
  const items = await runCli('queue', '--store', storeDir);
  return ['product', 'keyframe'].flatMap((kind) =>
    items
      .filter((item) => String(item['kind']).startsWith(kind))
      .slice(0, segmentedCount)
      .map((item) => String(item['asset_id'])),
  );
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  segmentedTemplate: [
    // Playwright reads which fixtures are used from the first parameter: it has to be a pattern, even an empty one.
    // eslint-disable-next-line no-empty-pattern
    async ({}, provide) => {
      const folder = await mkdtemp(join(tmpdir(), 'maskdesk-template-'));
      const storeDir = join(folder, 'store');
      await cp(requiredEnv('MASKDESK_DEMO_TEMPLATE'), storeDir, { recursive: true });
      await runCli('segment', '--store', storeDir, '--model', quickModel, ...(await someIds(storeDir)));
      await provide(storeDir);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  // eslint-disable-next-line no-empty-pattern
  workFolder: async ({}, provide) => {
    const folder = await mkdtemp(join(tmpdir(), 'maskdesk-e2e-'));
    await provide(folder);
    await rm(folder, { recursive: true, force: true });
  },
  demoStore: async ({ workFolder }, provide) => {
    const storeDir = join(workFolder, 'demo');
    await cp(requiredEnv('MASKDESK_DEMO_TEMPLATE'), storeDir, { recursive: true });
    await provide(storeDir);
  },
  segmentedStore: async ({ workFolder, segmentedTemplate }, provide) => {
    const storeDir = join(workFolder, 'segmented');
    await cp(segmentedTemplate, storeDir, { recursive: true });
    await provide(storeDir);
  },
  openDesk: async ({ workFolder }, provide) => {
    const opened: ElectronApplication[] = [];
    await provide(async ({ storeDir, env = {}, scaleFactor = usualScale }) => {
      // Through the electron package and not as `executablePath`: only then does Playwright hold the app back until it has attached. An
      // app that opens its window earlier hangs the launch, once in about seven here.
      process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dirname(requiredEnv('MASKDESK_ELECTRON'));
      const app = await _electron.launch({
        args: [...rootSwitches, `--force-device-scale-factor=${scaleFactor}`, mainEntry, ...(storeDir === null ? [] : ['--store', storeDir])],
        env: { ...(process.env as Record<string, string>), MASKDESK_DATA: join(workFolder, 'data'), MASKDESK_REVIEWER: 'Mara', ...env },
      });
      opened.push(app);
      const page = await app.firstWindow();
      await page.emulateMedia({ colorScheme: 'dark' });
      return { app, desk: new DeskPage(page) };
    });
    for (const app of opened) await app.close();
  },
});

export { expect } from '@playwright/test';
