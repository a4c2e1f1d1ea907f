import { app, utilityProcess } from 'electron';
import { z } from 'zod';
import { InferenceProcesses } from './core/inferenceProcesses.ts';

/** A packaged app can't be forked as Node, so the command line asks for its inference process too (core/protocol.ts has the same words). */
const requestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('startInference'), launchId: z.int(), role: z.enum(['background', 'decoding']) }),
  z.object({ kind: z.literal('killInference'), launchId: z.int() }),
  /** A utility process has no stdin: it asks for the next bytes of ours, and is answered `input`, at the end with null. */
  z.object({ kind: z.literal('readInput') }),
]);

let input: AsyncIterator<Uint8Array> | null = null;

/** The next bytes of stdin; null at its end, and where there is none (a Windows program without a console). */
const readInput = async (): Promise<Uint8Array | null> => {
  try {
    input ??= process.stdin[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    const next = await input.next();
    return next.done === true ? null : Uint8Array.from(next.value);
  } catch {
    return null;
  }
};

/**
 * Runs the packaged app's command line: no window; the process's output is ours, and so is its exit code. On a Linux server without a
 * display Chromium gives up before any of our code runs: there it is called as `maskdesk --ozone-platform=headless --cli ...`.
 */
export const runCli = async (cliEntry: string, inferenceEntry: string, args: readonly string[]): Promise<void> => {
  await app.whenReady();
  const child = utilityProcess.fork(cliEntry, [...args], { serviceName: 'Maskdesk command line', stdio: 'inherit', cwd: process.cwd() });
  const inference = new InferenceProcesses(inferenceEntry);
  child.on('message', (message: unknown) => {
    const request = requestSchema.parse(message);
    if (request.kind === 'readInput') {
      void readInput().then((bytes) => child.postMessage({ kind: 'input', bytes }));
      return;
    }
    const { launchId } = request;
    if (request.kind === 'killInference') return inference.kill(launchId);
    const port = inference.start(launchId, request.role, (reason) => child.postMessage({ kind: 'inferenceExited', launchId, reason }));
    child.postMessage({ kind: 'inferenceStarted', launchId }, [port]);
  });
  child.once('exit', (code) => {
    inference.killAll();
    app.exit(code);
  });
  // The command line stops in order at its own signal: what is in hand is finished or returned.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (child.pid !== undefined) process.kill(child.pid, signal);
    });
  }
};
