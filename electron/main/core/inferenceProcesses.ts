import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { endProcess } from './endProcess.ts';

/** Starts and ends inference processes at the core's wish; the two then talk over a port of their own, past main. */
export class InferenceProcesses {
  readonly #entry: string;
  readonly #running = new Map<number, UtilityProcess>();

  /** @param entry path of the bundled inference process */
  constructor(entry: string) {
    this.#entry = entry;
  }

  /** @returns the core's end of the port to the new process */
  start(launchId: number, onExit: (reason: string) => void): MessagePortMain {
    const child = utilityProcess.fork(this.#entry, [], { serviceName: 'Maskdesk inference', stdio: 'inherit' });
    this.#running.set(launchId, child);
    child.once('exit', (code) => {
      this.#running.delete(launchId);
      onExit(`exit code ${code}`);
    });
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ kind: 'port' }, [port1]);
    return port2;
  }

  kill(launchId: number): void {
    const child = this.#running.get(launchId);
    if (child !== undefined) endProcess(child);
  }

  killAll(): void {
    for (const launchId of [...this.#running.keys()]) this.kill(launchId);
  }
}
