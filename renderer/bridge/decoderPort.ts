import { decoderResponseSchema, type DecoderRequest, type DecodeTensor } from '../../shared/contracts/decoding/messages.ts';
import { hostChannels, type HostWindowMessage } from '../../shared/contracts/host/messages.ts';
import { CancelledError, ExpectedError } from '../../shared/errors/errors.ts';

export interface NativeDecoded {
  readonly outputs: readonly DecodeTensor[];
  readonly inferenceMs: number;
}

interface Waiting {
  readonly resolve: (answer: NativeDecoded) => void;
  readonly reject: (error: Error) => void;
}

/** A decoder takes some tens of milliseconds, seconds at worst on a busy machine: who has not answered by then is gone. */
const answerTimeoutMs = 20_000;

const gone = (): ExpectedError => new ExpectedError('offline', 'The decoding process is not connected at the moment.');

/**
 * The window's own port to the decoding process: a click goes there past main and core. Connected at its first use and again after the process or the
 * core was replaced. Embeddings stay in that process; a prompt brings points and at most a small mask.
 */
export class DecoderPort {
  #port: MessagePort | null = null;
  #connecting: Promise<MessagePort> | null = null;
  #receivePort: ((port: MessagePort) => void) | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #lastRequestId = 0;

  constructor() {
    window.addEventListener('message', (event: MessageEvent<HostWindowMessage | null>) => {
      const port = event.ports[0];
      if (event.source !== window || event.data?.kind !== hostChannels.decoderPort || port === undefined) return;
      if (this.#receivePort === null) port.close();
      else this.#receivePort(port);
    });
  }

  /** Asks for the port ahead of the first prompt; nothing when there is one. */
  connect(): void {
    this.#connected().catch(() => undefined); // asked again, and told, by the first prompt
  }

  /**
   * @throws ExpectedError not_found (the process does not hold the key), inference_failed, offline (the process has gone: what it held is gone as well);
   * CancelledError
   */
  async decode(key: string, feeds: readonly DecodeTensor[], fetches: readonly string[], lane: number | undefined): Promise<NativeDecoded> {
    // Not awaited where there is one: each turn of the event loop counts.
    const port = this.#port ?? (await this.#connected());
    const requestId = ++this.#lastRequestId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#lose(port), answerTimeoutMs);
      const settled = <Value>(settle: (value: Value) => void) => (value: Value): void => {
        clearTimeout(timer);
        settle(value);
      };
      this.#waiting.set(requestId, { resolve: settled(resolve), reject: settled(reject) });
      port.postMessage({ kind: 'decode', requestId, key, feeds: [...feeds], fetches: [...fetches], lane: lane ?? null } satisfies DecoderRequest);
    });
  }

  /** The core was replaced, and the process with it. */
  drop(): void {
    if (this.#port !== null) this.#lose(this.#port);
  }

  #connected(): Promise<MessagePort> {
    if (this.#port !== null) return Promise.resolve(this.#port);
    this.#connecting ??= new Promise<MessagePort>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#receivePort = null;
        reject(gone());
      }, answerTimeoutMs);
      this.#receivePort = (port) => {
        this.#receivePort = null;
        clearTimeout(timer);
        this.#take(port);
        resolve(port);
      };
      window.maskdesk.connectDecoder();
    }).finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  #take(port: MessagePort): void {
    this.#port = port;
    port.addEventListener('message', (event) => this.#receive(event.data));
    port.addEventListener('close', () => this.#lose(port));
    port.start();
  }

  #receive(message: unknown): void {
    const parsed = decoderResponseSchema.safeParse(message);
    // Another version's words: nobody could be told which ask they answer.
    if (!parsed.success) return this.drop();
    const answer = parsed.data;
    const waiting = this.#waiting.get(answer.requestId);
    this.#waiting.delete(answer.requestId);
    if (waiting === undefined) return;
    if (answer.kind === 'decoded') return waiting.resolve(answer);
    if (answer.reason === 'cancelled') return waiting.reject(new CancelledError(answer.message));
    waiting.reject(new ExpectedError(answer.reason === 'not_held' ? 'not_found' : 'inference_failed', answer.message));
  }

  #lose(port: MessagePort): void {
    port.close();
    if (port !== this.#port) return;
    this.#port = null;
    for (const { reject } of this.#waiting.values()) reject(gone());
    this.#waiting.clear();
  }
}
