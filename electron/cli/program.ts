import { Command, CommanderError } from 'commander';
import { exitCodes } from './output.ts';
import { commands } from './commands/index.ts';
import type { AddCommand } from './addCommand.ts';
import { runCommand, type CommonOptions } from './context.ts';
import { quietSharpWarning } from '../base/quietSharpWarning.ts';
import { appVersion } from '../app/version.ts';

/** @returns the exit code */
export const runProgram = async (argv: readonly string[], signal: AbortSignal): Promise<number> => {
  quietSharpWarning();
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
