import { resolve } from 'node:path';
import { createApp, type App } from '../app/createApp.ts';
import { readConfig, throwFaults, type AppConfig, type ConfigOverrides, type ConfigRead } from '../app/config.ts';
import { ExpectedError, isExpected } from '../../shared/errors/errors.ts';
import { createOutput, type Output } from './output.ts';

/** Options that every command takes. */
export interface CommonOptions {
  readonly store?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly reviewer?: string;
}

/** What a command gets to work with. */
export interface CommandContext {
  readonly output: Output;
  /** Fires at Ctrl+C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Configuration for the store that was asked for, with what is wrong with it. */
  readonly readConfig: (overrides?: ConfigOverrides) => Promise<ConfigRead>;
  /** The same. @throws ExpectedError every fault */
  readonly loadConfig: (overrides?: ConfigOverrides) => Promise<AppConfig>;
  /** Opens the store that was asked for; it is closed when the command ends. */
  readonly openApp: (overrides?: ConfigOverrides) => Promise<App>;
  /** Opens a store by a configuration that is known already. */
  readonly openWith: (config: AppConfig) => Promise<App>;
  /** For commands that change nothing in the store: one that may not be written is opened as it is. @param meaning what follows from that, a sentence for people */
  readonly openToRead: (meaning?: string) => Promise<App>;
  /** A path that the person gave, from where they gave it (npm scripts run elsewhere). */
  readonly pathFrom: (argument: string) => string;
}

export type CommandResult = number | void;

/** Runs one command and releases what it opened, also when it fails. */
export const runCommand = async (
  options: CommonOptions,
  signal: AbortSignal,
  body: (context: CommandContext) => Promise<CommandResult>,
): Promise<number> => {
  const output = createOutput(options.json === true);
  const opened: App[] = [];
  const pathFrom = (argument: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), argument);
  const configOf: CommandContext['readConfig'] = (overrides = {}) => {
    // An unset variable in a script: better no store than one that nobody meant.
    if (options.store === '') throw new ExpectedError('usage', '--store needs a folder.');
    if (options.config === '') throw new ExpectedError('usage', '--config needs a file.');
    return readConfig({
      workingFolder: pathFrom('.'),
      ...(options.store === undefined ? {} : { storeDir: pathFrom(options.store) }),
      ...(options.config === undefined ? {} : { configFile: pathFrom(options.config) }),
      ...(options.reviewer === undefined ? {} : { reviewer: options.reviewer }),
      ...overrides,
    });
  };
  const loadConfig: CommandContext['loadConfig'] = async (overrides) => {
    const { config, faults } = await configOf(overrides);
    throwFaults(faults);
    return config;
  };
  const openWith: CommandContext['openWith'] = async (config) => {
    const app = await createApp(config);
    opened.push(app);
    app.services.events.listen((event) => {
      if (event.kind === 'notice' && event.level !== 'info') output.note(event.message);
    });
    return app;
  };
  const openApp: CommandContext['openApp'] = async (overrides) => openWith(await loadConfig(overrides));
  const openToRead = async (meaning = 'What the pipeline has added since it was last written to is not listed.'): Promise<App> => {
    try {
      return await openApp({ background: false });
    } catch (error) {
      if (!isExpected(error, 'permission_denied')) throw error;
      const app = await openApp({ readOnly: true });
      output.note(`This store may only be read. ${meaning}`);
      return app;
    }
  };
  let exitCode: number;
  try {
    const result = await body({ output, signal, pathFrom, readConfig: configOf, loadConfig, openApp, openWith, openToRead });
    exitCode = typeof result === 'number' ? result : 0;
  } catch (error) {
    exitCode = output.failure(error);
  }
  for (const app of opened) {
    try {
      await app.close();
    } catch (error) {
      exitCode = output.failure(error);
    }
  }
  await output.flush();
  return exitCode;
};
