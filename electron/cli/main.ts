import { exitCodes } from './output.ts';

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

// Commands say what went wrong in a sentence; the log's lines for the same are for the desk and the worker.
process.env['MASKDESK_LOG'] ??= 'error';
// Before anything else is loaded, which takes the better part of a second: a supervisor may want a worker to end that it has just started.
const signal = createStopSignal();
const { runProgram } = await import('./program.ts');
process.exitCode = await runProgram(process.argv.slice(2), signal);
// The packaged app runs this in a utility process of Electron, which does not end by itself when nothing is left to do.
if ('parentPort' in process && process.parentPort != null) process.exit();
