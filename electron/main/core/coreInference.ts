import type { MessagePortMain } from 'electron';
import type { FromCore, InferenceRole } from './protocol.ts';

/** A launched process as the session host of the core wants it (electron/inference/launcher.ts). */
interface Channel {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (reason: string) => void): void;
  kill(): Promise<void>;
}

interface Launch {
  readonly resolve: (channel: Channel) => void;
  readonly gone: Promise<string>;
  readonly markGone: (reason: string) => void;
}

/**
 * The core's side of starting inference processes: only main may start one, so the core asks it and is handed a port. One instance a
 * core; `started` and `exited` are called with what main says.
 */
export class CoreInference {
  readonly #tellMain: (message: FromCore) => void;
  readonly #launches = new Map<number, Launch>();
  #lastLaunchId = 0;

  constructor(tellMain: (message: FromCore) => void) {
    this.#tellMain = tellMain;
  }

  start(role: InferenceRole): Promise<Channel> {
    const launchId = ++this.#lastLaunchId;
    let markGone: (reason: string) => void = () => undefined;
    const gone = new Promise<string>((resolve) => {
      markGone = resolve;
    });
    return new Promise((resolve) => {
      this.#launches.set(launchId, { resolve, gone, markGone });
      this.#tellMain({ kind: 'startInference', launchId, role });
    });
  }

  started(launchId: number, port: MessagePortMain): void {
    const launch = this.#launches.get(launchId);
    if (launch === undefined) return port.close();
    launch.resolve({
      post: (message) => port.postMessage(message),
      onMessage: (listener) => {
        port.on('message', ({ data }) => listener(data));
        port.start();
      },
      onExit: (listener) => void launch.gone.then(listener),
      kill: async () => {
        this.#tellMain({ kind: 'killInference', launchId });
        await launch.gone;
      },
    });
  }

  exited(launchId: number, reason: string): void {
    const launch = this.#launches.get(launchId);
    this.#launches.delete(launchId);
    launch?.markGone(reason);
  }
}
