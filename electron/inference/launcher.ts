import type { InferenceRequest } from './protocol.ts';
import type { InferenceRole } from './role.ts';

/** A running inference process as the core sees it. */
export interface InferenceChannel {
  post(request: InferenceRequest): void;
  /** Messages are unchecked: the host validates them. One listener. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, however the process ended; `reason` is for people ("killed by SIGKILL", "exit code 1"). One listener. */
  onExit(listener: (reason: string) => void): void;
  /** Ends the process at once; resolves when it is gone. Killing a dead one is no error. */
  kill(): Promise<void>;
}

/**
 * Starts inference processes. A plain Node host forks one; the desktop app's core asks main for an Electron utility process
 * and gets a MessagePort to it.
 */
export interface InferenceLauncher {
  /** Starts a fresh process. Rejects when it can't be started at all. */
  start(role: InferenceRole): Promise<InferenceChannel>;
}
