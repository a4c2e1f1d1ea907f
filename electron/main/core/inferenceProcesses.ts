import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { endProcess } from './endProcess.ts';
import type { InferenceRole } from './protocol.ts';

const serviceNames = { background: 'Maskdesk inference', decoding: 'Maskdesk prompts' } as const satisfies Record<InferenceRole, string>;

/**
 * Starts and ends inference processes at the core's wish; the two then talk over a port of their own, past main. The page has a port to the one that
 * answers prompts: a click goes through neither main nor core.
 */
export class InferenceProcesses {
  readonly #entry: string;
  readonly #running = new Map<number, UtilityProcess>();
  #decoding: UtilityProcess | null = null;
  /** The page's wish for a port, until there is a process to give the other end to. */
  #waitingClient: MessagePortMain | null = null;

  /** @param entry path of the bundled inference process */
  constructor(entry: string) {
    this.#entry = entry;
  }

  /** @returns the core's end of the port to the new process */
  start(launchId: number, role: InferenceRole, onExit: (reason: string) => void): MessagePortMain {
    const child = utilityProcess.fork(this.#entry, [`--role=${role}`], { serviceName: serviceNames[role], stdio: 'inherit' });
    this.#running.set(launchId, child);
    child.once('exit', (code) => {
      this.#running.delete(launchId);
      if (this.#decoding === child) this.#decoding = null;
      onExit(`exit code ${code}`);
    });
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ kind: 'port' }, [port1]);
    if (role === 'decoding') {
      this.#decoding = child;
      if (this.#waitingClient !== null) this.#giveClient(child, this.#waitingClient);
      this.#waitingClient = null;
    }
    return port2;
  }

  /** @returns the page's end; what it posts waits until there is a process */
  connectDecoder(): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    if (this.#decoding !== null) this.#giveClient(this.#decoding, port1);
    else {
      // Of a page that was reloaded, or asks once more.
      this.#waitingClient?.close();
      this.#waitingClient = port1;
    }
    return port2;
  }

  kill(launchId: number): void {
    const child = this.#running.get(launchId);
    if (child !== undefined) endProcess(child);
  }

  killAll(): void {
    for (const launchId of [...this.#running.keys()]) this.kill(launchId);
  }

  #giveClient(child: UtilityProcess, port: MessagePortMain): void {
    child.postMessage({ kind: 'client' }, [port]);
  }
}
