import type { Command } from 'commander';
import type { CommandContext, CommandResult, CommonOptions } from './context.ts';

/** @param operands the command's arguments, in order */
export type CommandBody<Options> = (context: CommandContext, options: CommonOptions & Options, operands: readonly unknown[]) => Promise<CommandResult>;

/** Adds a command with the common options; `run` gives it its body, whose result is the exit code. */
export type AddCommand = (name: string, description: string) => { readonly command: Command; readonly run: <Options>(body: CommandBody<Options>) => void };
