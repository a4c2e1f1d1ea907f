import { join } from 'node:path';
import { app, shell } from 'electron';
import { z } from 'zod';
import { dataFolder } from '../base/folders.ts';
import { createLogger } from '../base/logger.ts';
import { appFolder } from '../app/appFolder.ts';
import { runCli } from './cliHost.ts';
import { CoreHost } from './core/coreHost.ts';
import { RestartPolicy } from './core/restartPolicy.ts';
import { cliArguments, parseHostOptions, type HostOptions } from './options.ts';
import { registerScheme, serveAppProtocol } from './protocol/appProtocol.ts';
import { lockDown } from './security/lockDown.ts';
import { coreConfigOf } from './core/coreConfigOf.ts';
import { checkConnection } from './core/connectionCheck.ts';
import { systemSecretKeeper } from './stores/secretKeeper.ts';
import { TeamStores } from './stores/teamStores.ts';
import { RecentStores } from './stores/recentStores.ts';
import { StoreDesk } from './stores/storeDesk.ts';
import { StoreLocks } from './stores/storeLocks.ts';
import { storeIdOf } from './stores/storeFolder.ts';
import { DeskWindow } from './window/deskWindow.ts';
import { followPageMenu, setFirstMenu } from './window/menu.ts';

/** Unpackaged, the script's own path stands first. */
const programArguments = process.argv.slice(app.isPackaged ? 1 : 2);
const entries = join(appFolder(), 'dist', 'electron');
const logger = createLogger('main');
const recentsFile = 'recentStores.json';
const teamsFile = 'teamStores.json';
/** What a second start tells the first one. */
const startSchema = z.object({ storeDir: z.string().min(1) });

/** @param onWanted tells whom to ask when another process wants the store that this one shows */
const openDesk = async (options: HostOptions, locks: StoreLocks, onWanted: (listener: (storeDir: string) => void) => void): Promise<void> => {
  await app.whenReady();
  setFirstMenu(options.devServer !== null);
  lockDown(options.devServer);

  let window: DeskWindow | null = null;
  const teams = new TeamStores(join(dataFolder(), teamsFile), systemSecretKeeper);
  const recents = new RecentStores(join(dataFolder(), recentsFile), (storeDir) => teams.nameOf(storeDir));
  const rememberStore = (storeDir: string): void =>
    void recents.remember(storeDir, Date.now(), core.configFile).catch((error: unknown) => logger.warn({ err: error }, 'the list of recent stores could not be kept'));
  const core = new CoreHost({
    coreEntry: join(entries, 'core.js'),
    inferenceEntry: join(entries, 'inference.js'),
    config: await coreConfigOf(options),
    logger,
    choosePath: (purpose) => window?.choosePath(purpose) ?? Promise.resolve(null),
    showInFolder: (path) => shell.showItemInFolder(path),
    onState: (state) => {
      if (state.kind === 'up') rememberStore(core.storeDir);
      window?.tellState(state);
    },
  });
  serveAppProtocol({
    rendererFolder: join(appFolder(), 'dist', 'renderer'),
    devServer: options.devServer,
    answerPixels: (request, signal) => core.answerPixels(request, signal),
  });
  core.start();

  const desk = new DeskWindow({
    preload: join(entries, 'preload.cjs'),
    boundsFile: join(app.getPath('userData'), 'window.json'),
    onConnect: () => {
      core.start();
      const port = core.connect();
      // A port says by itself that the core is up.
      if (port === null) desk.tellState(core.state);
      return port;
    },
    onConnectDecoder: () => core.connectDecoder(),
  });
  window = desk;
  followPageMenu({ window: desk.browserWindow, isDevelopment: options.devServer !== null, logger, isOurs: (event) => desk.isOurs(event) });
  desk.onFocused(() => core.windowFocused());
  const stores = new StoreDesk({
    window: desk.browserWindow,
    recents,
    isOurs: (event) => desk.isOurs(event),
    teams,
    checkConnection: (tables) => checkConnection(join(entries, 'core.js'), tables),
    current: () => core.storeDir,
    take: (storeDir) => {
      // A change that was begun and called off has left the lock of its store behind.
      locks.keepOnly(core.storeDir);
      return locks.take(storeDir);
    },
    rememberFolder: (folder, only) => core.rememberFolder(folder, only),
    open: (config) =>
      desk.saveThen(() => {
        core.reopen(config).then(
          () => locks.keepOnly(core.storeDir),
          (error: unknown) => logger.error({ err: error }, 'another store could not be opened'),
        );
        // A page of its own: nothing of the old store is left in it.
        desk.reload();
      }),
  });
  const show = (storeDir: string): void => {
    desk.focus();
    if (storeDir === core.storeDir) return;
    stores.openKnown(storeDir).catch((error: unknown) => logger.error({ err: error }, 'the store of a second start could not be opened'));
  };
  onWanted(show);
  // The profile is that of the store that was opened first; the window may show another one by now.
  app.on('second-instance', (_event, _args, _workingFolder, start) => {
    const asked = startSchema.safeParse(start);
    if (asked.success) show(asked.data.storeDir);
    else desk.focus();
  });
  const pageRestarts = new RestartPolicy();
  app.on('render-process-gone', (_event, _contents, details) => {
    if (details.reason === 'clean-exit') return;
    logger.error({ details }, 'the page ended');
    // Not from within the event: Electron is still taking the old page apart, and ends with it.
    if (pageRestarts.mayRestart(Date.now())) setImmediate(() => desk.reload());
  });
  desk.onClosed(() => {
    window = null;
    core.close().then(
      () => app.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'closing failed');
        app.exit(1);
      },
    );
  });
  // A signal closes the window the usual way: drafts are saved, the core finishes what it has in hand.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
  await desk.open();
};

const fail = (error: unknown): void => {
  logger.fatal({ err: error }, 'Maskdesk could not start');
  app.exit(1);
};

/** One window a store, and one process a profile: two starts of one store end in the window that is there. */
const startDesk = async (options: HostOptions): Promise<void> => {
  let wanted: (storeDir: string) => void = () => undefined;
  const locks = new StoreLocks(dataFolder(), (storeDir) => wanted(storeDir));
  const { storeDir } = await coreConfigOf(options);
  const isFree = app.requestSingleInstanceLock({ storeDir }) && (await locks.take(storeDir));
  if (!isFree) return app.quit();
  await openDesk(options, locks, (listener) => {
    wanted = listener;
  });
};

const cli = cliArguments(programArguments);
if (cli !== null) {
  runCli(join(entries, 'cli.js'), join(entries, 'inference.js'), cli).catch(fail);
} else {
  const options = parseHostOptions(programArguments, process.env, process.cwd(), !app.isPackaged);
  // A profile a store: Chromium allows no two processes in one.
  app.setPath('userData', join(dataFolder(), 'desktop', storeIdOf(options.configFile ?? options.storeDir)));
  registerScheme();
  app.on('window-all-closed', () => undefined); // the core closes first; see onClosed
  startDesk(options).catch(fail);
}
