import { decoderResponseSchema, type DecoderRequest, type DecoderResponse, type DecodeTensor } from '../../shared/contracts/decoding/messages.ts';
import { hostChannels, type HostWindowMessage } from '../../shared/contracts/host/messages.ts';
import { CancelledError, ExpectedError } from '../../shared/errors/errors.ts';
import type { PointCell } from '../../shared/prompts/readCandidates.ts';

export type FirstDecoded = Extract<DecoderResponse, { kind: 'first' }>;

export interface NativeDecoded {
  /** The masks without the candidate that came first. */
  readonly outputs: readonly DecodeTensor[];
  readonly inferenceMs: number;
  readonly first: FirstDecoded | null;
  /** By which the process knows it: see DecodeAsk.continues. */
  readonly origin: AnswerOrigin;
}

/** An answer of a process that is still connected. */
export interface AnswerOrigin {
  readonly port: MessagePort;
  readonly requestId: number;
}

export interface DecodeAsk {
  /** With the mask to continue from, where there is one. */
  readonly feeds: readonly DecodeTensor[];
  readonly fetches: readonly string[];
  readonly lane: number | undefined;
  /** Where the mask to continue from came from: it is sent only where the process does not know it any more. */
  readonly continues: { readonly origin: AnswerOrigin; readonly candidate: number } | null;
  /** The prompt's points on the logits: the candidate to show comes ahead of the others. */
  readonly cells: readonly PointCell[];
  readonly onFirst: ((first: FirstDecoded) => void) | undefined;
}

interface Waiting {
  first: FirstDecoded | null;
  readonly ask: DecodeAsk;
  readonly resend: () => void;
  readonly resolve: (answer: NativeDecoded) => void;
  readonly reject: (error: Error) => void;
}

/** A decoder takes some tens of milliseconds, seconds at worst on a busy machine: who has not answered by then is gone. */
const answerTimeoutMs = 20_000;
/** Longer than a decoder's run: who does not greet by then was handed the port while it died. */
const greetingTimeoutMs = 1500;

/** A view is sent with all the memory that it looks at: one of three candidates would bring the others along. */
export const alone = (data: Float32Array): Float32Array<ArrayBuffer> =>
  data.buffer instanceof ArrayBuffer && data.byteLength === data.buffer.byteLength ? (data as Float32Array<ArrayBuffer>) : new Float32Array(data);

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
  /** The process has gone with all that it held: only the core can have another one started and the picture held there. */
  #isCoresTurn = false;

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
  async decode(key: string, ask: DecodeAsk): Promise<NativeDecoded> {
    // Not awaited where there is one: each turn of the event loop counts.
    if (this.#isCoresTurn) {
      this.#isCoresTurn = false;
      throw gone();
    }
    const port = this.#port ?? (await this.#connected());
    const requestId = ++this.#lastRequestId;
    const { feeds, fetches, lane, cells, continues } = ask;
    const send = (known: DecodeAsk['continues']): void => {
      const sent = known === null ? feeds : feeds.filter(({ name }) => name !== 'mask_input');
      const request: DecoderRequest = {
        kind: 'decode',
        requestId,
        key,
        feeds: sent.map((feed) => ({ ...feed, data: alone(feed.data) })),
        fetches: [...fetches],
        lane: lane ?? null,
        continues: known === null ? null : { requestId: known.origin.requestId, candidate: known.candidate },
        first: [...cells],
      };
      port.postMessage(request);
    };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#lose(port), answerTimeoutMs);
      const settled = <Value>(settle: (value: Value) => void) => (value: Value): void => {
        clearTimeout(timer);
        settle(value);
      };
      this.#waiting.set(requestId, { first: null, ask, resend: () => send(null), resolve: settled(resolve), reject: settled(reject) });
      send(continues?.origin.port === port ? continues : null);
    });
  }

  /** The core was replaced, and the process with it. */
  drop(): void {
    if (this.#port !== null) this.#lose(this.#port);
  }

  #connected(): Promise<MessagePort> {
    if (this.#port !== null) return Promise.resolve(this.#port);
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  async #connect(): Promise<MessagePort> {
    const endMs = performance.now() + answerTimeoutMs;
    while (performance.now() < endMs) {
      const port = await this.#greeted();
      if (port === null) continue;
      this.#port = port;
      port.addEventListener('message', (event) => this.#receive(port, event.data));
      port.addEventListener('close', () => this.#lose(port));
      return port;
    }
    throw gone();
  }

  /** Asks for a port. @returns null when nobody spoke at its other end in time */
  #greeted(): Promise<MessagePort | null> {
    return new Promise((resolve) => {
      let asked: MessagePort | null = null;
      const timer = setTimeout(() => {
        this.#receivePort = null;
        asked?.close();
        resolve(null);
      }, greetingTimeoutMs);
      this.#receivePort = (port) => {
        this.#receivePort = null;
        asked = port;
        port.addEventListener(
          'message',
          () => {
            clearTimeout(timer);
            resolve(port);
          },
          { once: true },
        );
        port.start();
      };
      window.maskdesk.connectDecoder();
    });
  }

  #receive(port: MessagePort, message: unknown): void {
    const parsed = decoderResponseSchema.safeParse(message);
    // Another version's words: nobody could be told which ask they answer.
    if (!parsed.success) return this.drop();
    const answer = parsed.data;
    if (answer.kind === 'connected') return;
    const waiting = this.#waiting.get(answer.requestId);
    if (waiting === undefined) return;
    if (answer.kind === 'first') {
      waiting.first = answer;
      return waiting.ask.onFirst?.(answer);
    }
    if (answer.kind === 'failed' && answer.reason === 'forgotten') return waiting.resend();
    this.#waiting.delete(answer.requestId);
    if (answer.kind === 'decoded') return waiting.resolve({ outputs: answer.outputs, inferenceMs: answer.inferenceMs, first: waiting.first, origin: { port, requestId: answer.requestId } });
    if (answer.reason === 'cancelled') return waiting.reject(new CancelledError(answer.message));
    waiting.reject(new ExpectedError(answer.reason === 'not_held' ? 'not_found' : 'inference_failed', answer.message));
  }

  #lose(port: MessagePort): void {
    port.close();
    if (port !== this.#port) return;
    this.#port = null;
    this.#isCoresTurn = true;
    for (const { reject } of this.#waiting.values()) reject(gone());
    this.#waiting.clear();
  }
}
