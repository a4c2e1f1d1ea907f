import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { InferenceChannel, InferenceLauncher } from '../launcher.ts';
import { roleArgument } from '../role.ts';

/** The entry as source; a bundled host passes the path of its own `inference.js`. */
export const inferenceSourceEntry = fileURLToPath(new URL('../process/main.ts', import.meta.url));

/** Runs inference in a forked Node process, for the command line, the worker and tests. */
export const childProcessLauncher = (options: { readonly entry?: string } = {}): InferenceLauncher => ({
  start: (role) =>
    new Promise<InferenceChannel>((resolve, reject) => {
      const child = fork(options.entry ?? inferenceSourceEntry, [`${roleArgument}${role}`], {
        // Structured clone: typed arrays arrive as typed arrays.
        serialization: 'advanced',
        // The parent's flags (an inspector port, a loader of the test runner) are not for this process.
        execArgv: [],
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const gone = new Promise<string>((resolveGone) => {
        child.once('exit', (code, signal) => resolveGone(signal === null ? `exit code ${code}` : `killed by ${signal}`));
      });
      child.once('error', reject);
      child.once('spawn', () => {
        resolve({
          post: (request) => {
            // A process that is going away fails the send; its exit is what counts and follows at once.
            child.send(request, () => undefined);
          },
          onMessage: (listener) => child.on('message', listener),
          onExit: (listener) => void gone.then(listener),
          kill: async () => {
            child.kill('SIGKILL');
            await gone;
          },
        });
      });
    }),
});
