import { Command, CommanderError } from 'commander';
import { exitCodes } from './output.ts';
import { commands } from './commands/index.ts';
import type { AddCommand } from './addCommand.ts';
import { runCommand, type CommonOptions } from './context.ts';
import { quietSharpWarning } from '../base/quietSharpWarning.ts';
import { appVersion } from '../app/version.ts';

/** Fires at the first Ctrl+C; the second ends at once. */
const createStopSignal = (): AbortSignal => {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
};

const main = async (argv: readonly string[]): Promise<number> => {
  const signal = createStopSignal();
  let exitCode: number = exitCodes.ok;
  const program = new Command('maskdesk')
    .description('Review and annotation of segmentation masks: the same core as the desk, without a window.')
    .version(appVersion())
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError('(maskdesk --help lists the commands)');

  /** Adds a command with the common options; its body's result is the exit code. */
  const add: AddCommand = (name, description) => {
    const command = program
      .command(name)
      .description(description)
      .exitOverride()
      .option('--store <dir>', 'folder of the store (default: MASKDESK_STORE, else the demo store)')
      .option('--config <file>', 'a maskdesk.toml, for a team’s store (default: MASKDESK_CONFIG, else the one in the store’s folder)')
      .option('--json', 'one JSON object a line on stdout, nothing else');
    return {
      command,
      run: (body) => {
        command.action(async () => {
          const options = command.opts<CommonOptions>();
          exitCode = await runCommand(options, signal, (context) => body(context, options as never, command.processedArgs));
        });
      },
    };
  };
  for (const register of commands) register(add);

  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const asked = error.code === 'commander.helpDisplayed' || error.code === 'commander.version';
    return asked ? exitCodes.ok : exitCodes.usage;
  }
  return exitCode;
};

quietSharpWarning();
// Commands say what went wrong in a sentence; the log's lines for the same are for the desk and the worker.
process.env['MASKDESK_LOG'] ??= 'error';
process.exitCode = await main(process.argv.slice(2));
// The packaged app runs this in a utility process of Electron, which does not end by itself when nothing is left to do.
if ('parentPort' in process && process.parentPort != null) process.exit();
