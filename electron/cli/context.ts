import { resolve } from 'node:path';
import { createApp, type App } from '../app/createApp.ts';
import { loadConfig, type ConfigOverrides } from '../app/config.ts';
import { createOutput, type Output } from './output.ts';

/** Options that every command takes. */
export interface CommonOptions {
  readonly store?: string;
  readonly json?: boolean;
  readonly reviewer?: string;
}

/** What a command gets to work with. */
export interface CommandContext {
  readonly output: Output;
  /** Fires at Ctrl+C and SIGTERM. */
  readonly signal: AbortSignal;
  /** Opens the store that was asked for; it is closed when the command ends. */
  readonly openApp: (overrides?: ConfigOverrides) => Promise<App>;
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
  let exitCode: number;
  try {
    const result = await body({
      output,
      signal,
      pathFrom,
      openApp: async (overrides = {}) => {
        const config = await loadConfig({
          ...(options.store === undefined ? {} : { storeDir: pathFrom(options.store) }),
          ...(options.reviewer === undefined ? {} : { reviewer: options.reviewer }),
          ...overrides,
        });
        const app = await createApp(config);
        opened.push(app);
        app.services.events.listen((event) => {
          if (event.kind === 'notice' && event.level !== 'info') output.note(event.message);
        });
        return app;
      },
    });
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
