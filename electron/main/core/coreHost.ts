import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { encodeError } from '../../../shared/errors/codec.ts';
import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { HostState } from '../../../shared/contracts/host/messages.ts';
import type { PixelAnswer, PixelRequest } from '../../handlers/pixelRequests.ts';
import type { Logger } from '../../base/logger.ts';
import { MainRequests } from './mainRequests.ts';
import { endProcess } from './endProcess.ts';
import { InferenceProcesses } from './inferenceProcesses.ts';
import { RestartPolicy } from './restartPolicy.ts';
import { fromCoreSchema, type CoreConfig, type FromCore, type PathPurpose, type ToCore } from './protocol.ts';

export interface CoreHostParts {
  readonly coreEntry: string;
  readonly inferenceEntry: string;
  readonly config: CoreConfig;
  readonly logger: Logger;
  /** The system's folder dialog over the window; null when it is closed without a choice. */
  choosePath(purpose: PathPurpose): Promise<string | null>;
  showInFolder(path: string): void;
  onState(state: HostState): void;
}

/** A core that can't answer yet or any more. */
const unavailable = (message: string): PixelAnswer => ({
  status: 503,
  mediaType: 'application/json',
  body: new TextEncoder().encode(JSON.stringify(encodeError(new ExpectedError('offline', message)))),
  cacheControl: 'no-store',
});

/** How long a closing core may finish what it has in hand before it is ended. */
const closeTimeoutMs = 15_000;

/** Owns the core process: starts it, hands out ports to it, passes pixels on, starts it again when it dies. */
export class CoreHost {
  readonly #parts: CoreHostParts;
  readonly #inference: InferenceProcesses;
  readonly #restarts = new RestartPolicy();
  readonly #pixelRequests = new Map<number, (answer: PixelAnswer) => void>();
  readonly #folderTokens = new MainRequests<string | null>();
  #config: CoreConfig;
  #core: UtilityProcess | null = null;
  #state: HostState = { kind: 'starting' };
  #lastRequestId = 0;
  #closing = false;
  #onClosed = (): void => undefined;
  #reopening: Promise<void> = Promise.resolve();

  constructor(parts: CoreHostParts) {
    this.#parts = parts;
    this.#config = parts.config;
    this.#inference = new InferenceProcesses(parts.inferenceEntry);
  }

  /** The store that is open, or being opened. */
  get storeDir(): string {
    return this.#config.storeDir;
  }

  /** The maskdesk.toml that it is opened by; null: it is opened otherwise. */
  get configFile(): string | null {
    return this.#config.kind === 'file' ? this.#config.configFile : null;
  }

  get state(): HostState {
    return this.#state;
  }

  start(): void {
    if (this.#core !== null || this.#closing) return;
    this.#setState(this.#state.kind === 'restarting' ? this.#state : { kind: 'starting' });
    const core = utilityProcess.fork(this.#parts.coreEntry, [], { serviceName: 'Maskdesk core', stdio: 'inherit' });
    this.#core = core;
    core.on('message', (message: unknown) => this.#receive(core, message));
    core.once('exit', (code) => this.#exited(core, code));
    this.#post({ kind: 'start', config: this.#config });
  }

  /** One more client of the contract. @returns its port, or null while there is no core */
  connect(): MessagePortMain | null {
    if (this.#core === null || this.#state.kind !== 'up') return null;
    const { port1, port2 } = new MessageChannelMain();
    this.#core.postMessage({ kind: 'rpcPort' } satisfies ToCore, [port1]);
    return port2;
  }

  /** A port to the process that answers prompts; before that runs, what is posted waits in it. */
  connectDecoder(): MessagePortMain {
    return this.#inference.connectDecoder();
  }

  windowFocused(): void {
    if (this.#state.kind === 'up') this.#post({ kind: 'windowFocused' });
  }

  answerPixels(request: PixelRequest, signal: AbortSignal): Promise<PixelAnswer> {
    if (this.#core === null || this.#state.kind !== 'up') return Promise.resolve(unavailable('Maskdesk is still starting.'));
    const requestId = ++this.#lastRequestId;
    return new Promise((resolve) => {
      const cancel = (): void => {
        if (!this.#pixelRequests.delete(requestId)) return;
        this.#post({ kind: 'pixelCancel', requestId });
        resolve(unavailable('Nobody waits for this picture any more.'));
      };
      this.#pixelRequests.set(requestId, (answer) => {
        signal.removeEventListener('abort', cancel);
        resolve(answer);
      });
      signal.addEventListener('abort', cancel, { once: true });
      this.#post({ kind: 'pixel', requestId, ...request });
    });
  }

  /** Lets the core finish and release its store; ends it when it takes too long. Leaves no process. */
  async close(): Promise<void> {
    this.#closing = true;
    const core = this.#core;
    if (core !== null) {
      await new Promise<void>((resolve) => {
        const tooLong = setTimeout(() => {
          this.#parts.logger.error('the core did not close in time and is ended');
          endProcess(core);
        }, closeTimeoutMs);
        this.#onClosed = () => {
          clearTimeout(tooLong);
          resolve();
        };
        this.#post({ kind: 'close' });
      });
    }
    this.#inference.killAll();
  }

  /** Another store: the core of now finishes and goes, another one opens it. */
  reopen(config: CoreConfig): Promise<void> {
    // One after the other: the core that is closing can't be closed once more.
    const next = this.#reopening.catch(() => undefined).then(() => this.#reopen(config));
    this.#reopening = next;
    return next;
  }

  async #reopen(config: CoreConfig): Promise<void> {
    // Nobody gets a port to the one that goes.
    this.#setState({ kind: 'starting' });
    await this.close();
    this.#config = config;
    this.#closing = false;
    this.start();
  }

  /** A token by which the page may import what was dropped; null while there is no core. */
  rememberFolder(folder: string, only: readonly string[] | null): Promise<string | null> {
    if (this.#state.kind !== 'up') return Promise.resolve(null);
    return this.#folderTokens.ask((requestId) => this.#post({ kind: 'rememberFolder', requestId, folder, only: only === null ? null : [...only] }));
  }

  #post(message: ToCore): void {
    this.#core?.postMessage(message);
  }

  #setState(state: HostState): void {
    this.#state = state;
    this.#parts.onState(state);
  }

  #receive(core: UtilityProcess, message: unknown): void {
    if (core !== this.#core) return;
    const parsed = fromCoreSchema.safeParse(message);
    if (parsed.success) this.#handle(parsed.data);
    else this.#parts.logger.error({ err: parsed.error }, 'the core said something that is not in the protocol');
  }

  #handle(message: FromCore): void {
    switch (message.kind) {
      case 'ready':
        return this.#setState({ kind: 'up' });
      case 'failed':
        return this.#setState({ kind: 'failed', code: message.error.code ?? null, message: message.error.message });
      case 'pixelAnswer': {
        const answer = this.#pixelRequests.get(message.requestId);
        this.#pixelRequests.delete(message.requestId);
        return answer?.(message.answer);
      }
      case 'choosePath':
        return void this.#choosePath(message.requestId, message.purpose);
      case 'showInFolder':
        return this.#parts.showInFolder(message.path);
      case 'folderRemembered':
        return this.#folderTokens.answer(message.requestId, message.folderToken);
      case 'startInference': {
        const { launchId } = message;
        const port = this.#inference.start(launchId, message.role, (reason) => this.#post({ kind: 'inferenceExited', launchId, reason }));
        this.#core?.postMessage({ kind: 'inferenceStarted', launchId } satisfies ToCore, [port]);
        return;
      }
      case 'killInference':
        return this.#inference.kill(message.launchId);
      case 'connectionChecked':
        return; // asked of a process of its own
      case 'closed':
        if (this.#core !== null) endProcess(this.#core);
        return;
    }
  }

  async #choosePath(requestId: number, purpose: PathPurpose): Promise<void> {
    let path: string | null = null;
    try {
      path = await this.#parts.choosePath(purpose);
    } catch (error) {
      this.#parts.logger.error({ err: error }, 'the dialog for a path failed');
    }
    this.#post({ kind: 'pathChosen', requestId, path });
  }

  #exited(core: UtilityProcess, code: number): void {
    if (core !== this.#core) return;
    this.#core = null;
    this.#inference.killAll();
    for (const answer of this.#pixelRequests.values()) answer(unavailable('Maskdesk is starting again.'));
    this.#pixelRequests.clear();
    this.#folderTokens.answerAll(null);
    if (this.#closing) return this.#onClosed();
    // A core that said why it could not start stays down until somebody asks for it again.
    if (this.#state.kind === 'failed') return;
    this.#parts.logger.error({ code }, 'the core process ended');
    if (!this.#restarts.mayRestart(Date.now())) {
      this.#setState({ kind: 'failed', code: null, message: `Maskdesk's core keeps stopping (exit code ${code}). Everything that was approved is safe.` });
      return;
    }
    this.#setState({ kind: 'restarting', message: 'Maskdesk’s core stopped and is being started again. Everything that was approved is safe.' });
    this.start();
  }
}
