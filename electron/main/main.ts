import { join } from 'node:path';
import { app } from 'electron';
import { dataFolder } from '../base/folders.ts';
import { sha256Hex } from '../base/hash.ts';
import { createLogger } from '../base/logger.ts';
import { appFolder } from '../app/appFolder.ts';
import { runCli } from './cliHost.ts';
import { CoreHost } from './core/coreHost.ts';
import { RestartPolicy } from './core/restartPolicy.ts';
import { cliArguments, parseHostOptions, type HostOptions } from './options.ts';
import { registerScheme, serveAppProtocol } from './protocol/appProtocol.ts';
import { lockDown } from './security/lockDown.ts';
import { DeskWindow } from './window/deskWindow.ts';
import { setMenu } from './window/menu.ts';

/** Unpackaged, the script's own path stands first. */
const programArguments = process.argv.slice(app.isPackaged ? 1 : 2);
const entries = join(appFolder(), 'dist', 'electron');
const logger = createLogger('main');

const openDesk = async (options: HostOptions): Promise<void> => {
  await app.whenReady();
  setMenu(options.devServer !== null);
  lockDown(options.devServer);

  let window: DeskWindow | null = null;
  const core = new CoreHost({
    coreEntry: join(entries, 'core.js'),
    inferenceEntry: join(entries, 'inference.js'),
    config: { storeDir: options.storeDir, create: options.createStore },
    logger,
    chooseFolder: () => window?.chooseFolder() ?? Promise.resolve(null),
    onState: (state) => window?.tellState(state),
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
  });
  window = desk;
  desk.onFocused(() => core.windowFocused());
  app.on('second-instance', () => desk.focus());
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

const cli = cliArguments(programArguments);
if (cli !== null) {
  runCli(join(entries, 'cli.js'), join(entries, 'inference.js'), cli).catch(fail);
} else {
  const options = parseHostOptions(programArguments, process.env, process.cwd(), !app.isPackaged);
  // One window a store: the lock lies in the profile, and each store has its own.
  app.setPath('userData', join(dataFolder(), 'desktop', sha256Hex(options.storeDir).slice(0, 16)));
  registerScheme();
  app.on('window-all-closed', () => undefined); // the core closes first; see onClosed
  if (app.requestSingleInstanceLock()) openDesk(options).catch(fail);
  else app.quit();
}
