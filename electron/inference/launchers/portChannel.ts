import type { InferenceChannel } from '../launcher.ts';

/** The part that Electron's MessagePortMain and Node's MessagePort have in common. */
export interface PortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  start(): void;
  close(): void;
}

interface ProcessControl {
  /** Calls back once with a reason when the process at the port's far end is gone. */
  onExit(listener: (reason: string) => void): void;
  /** Ends it; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Electron wraps what arrives in an event (`data`); Node gives the message itself. */
const unwrap = (message: unknown): unknown =>
  typeof message === 'object' && message !== null && 'data' in message && !('kind' in message) ? message.data : message;

/** A channel over a message port to an inference process that somebody else (Electron's main) started and watches. */
export const portChannel = (port: PortLike, control: ProcessControl): InferenceChannel => ({
  post: (request) => port.postMessage(request),
  onMessage: (listener) => {
    port.on('message', (message) => listener(unwrap(message)));
    port.start();
  },
  onExit: (listener) =>
    control.onExit((reason) => {
      port.close();
      listener(reason);
    }),
  kill: () => control.kill(),
});
