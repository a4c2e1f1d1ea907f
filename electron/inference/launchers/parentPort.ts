import { z } from 'zod';
import type { InferenceChannel, InferenceLauncher } from '../launcher.ts';

/** Electron's MessagePortMain, as far as it is used here. */
interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  start(): void;
  close(): void;
}
export interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly Port[] }) => void): unknown;
}

/** What main answers; the same words as between main and core (electron/main/core/protocol.ts). */
const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inferenceStarted'), launchId: z.int() }),
  z.object({ kind: z.literal('inferenceExited'), launchId: z.int(), reason: z.string() }),
]);

interface Launch {
  readonly started: (port: Port) => void;
  readonly exited: (reason: string) => void;
}

/** The way to main of an Electron utility process; null in a plain Node process. */
export const parentPortOfUtility = (): ParentPort | null => (process as NodeJS.Process & { readonly parentPort?: ParentPort }).parentPort ?? null;

/**
 * Asks Electron's main for inference processes, for a command line that runs as a utility process of the packaged app: its executable
 * does not run as Node, so there is nothing to fork.
 */
export const parentPortLauncher = (parentPort: ParentPort): InferenceLauncher => {
  const launches = new Map<number, Launch>();
  let lastLaunchId = 0;
  parentPort.on('message', ({ data, ports: [port] }) => {
    const answer = answerSchema.safeParse(data);
    if (!answer.success) return;
    const launch = launches.get(answer.data.launchId);
    if (answer.data.kind === 'inferenceExited') {
      launches.delete(answer.data.launchId);
      launch?.exited(answer.data.reason);
    } else if (port !== undefined) launch?.started(port);
  });
  return {
    start: (role) =>
      new Promise<InferenceChannel>((resolve) => {
        const launchId = ++lastLaunchId;
        let markGone: (reason: string) => void = () => undefined;
        const gone = new Promise<string>((resolveGone) => {
          markGone = resolveGone;
        });
        launches.set(launchId, {
          exited: markGone,
          started: (port) =>
            resolve({
              post: (request) => port.postMessage(request),
              onMessage: (listener) => {
                port.on('message', ({ data }) => listener(data));
                port.start();
              },
              onExit: (listener) => void gone.then(listener),
              kill: async () => {
                parentPort.postMessage({ kind: 'killInference', launchId });
                await gone;
              },
            }),
        });
        parentPort.postMessage({ kind: 'startInference', launchId, role });
      }),
  };
};
