import { decoderRequestSchema, type DecodeFailure, type DecoderRequest, type DecoderResponse } from '../../../../shared/contracts/decoding/messages.ts';
import { NotHeldError, type Decoder } from './decoder.ts';
import { answerParts } from './answerParts.ts';
import { ForgottenError, LatestAnswers } from './latestAnswers.ts';

/** One window's port. */
export interface DecoderClient {
  post(response: DecoderResponse): void;
}

type Decode = Extract<DecoderRequest, { kind: 'decode' }>;
interface Waiting {
  readonly client: DecoderClient;
  readonly request: Decode;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Prompts of all windows, one after another. What waits is replaced by a newer one of its lane, so that a dragged point is followed and no queue grows
 * behind it.
 */
export class DecodeQueue {
  readonly #decoder: Decoder;
  readonly #waiting: Waiting[] = [];
  /** Does work alone with everything else that this process runs. */
  readonly #inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Of each window, to continue from. */
  readonly #latest = new Map<DecoderClient, LatestAnswers>();
  #isPumping = false;

  constructor(decoder: Decoder, inTurn: <T>(work: () => Promise<T>) => Promise<T>) {
    this.#decoder = decoder;
    this.#inTurn = inTurn;
  }

  /** A message of a client, unchecked. What is no request at all is answered to nobody: a page is not trusted to be ours. */
  receive(client: DecoderClient, message: unknown): void {
    const parsed = decoderRequestSchema.safeParse(message);
    if (!parsed.success) {
      const requestId = (message as { readonly requestId?: unknown } | null)?.requestId;
      if (typeof requestId === 'number' && Number.isInteger(requestId)) client.post({ kind: 'failed', requestId, reason: 'run_failed', message: 'This is no request that a decoder knows.' });
      return;
    }
    const request = parsed.data;
    if (request.kind === 'cancel') return this.#cancel((waiting) => waiting.client === client && waiting.request.requestId === request.requestId, 'Cancelled');
    if (request.lane !== null) this.#cancel((waiting) => waiting.client === client && waiting.request.lane === request.lane, 'A newer prompt has replaced this one.');
    this.#waiting.push({ client, request });
    void this.#pump();
  }

  /** Nobody reads its answers any more. */
  forget(client: DecoderClient): void {
    this.#latest.delete(client);
    for (let index = this.#waiting.length - 1; index >= 0; index--) if (this.#waiting[index]?.client === client) this.#waiting.splice(index, 1);
  }

  #cancel(isMeant: (waiting: Waiting) => boolean, message: string): void {
    for (let index = this.#waiting.length - 1; index >= 0; index--) {
      const waiting = this.#waiting[index] as Waiting;
      if (!isMeant(waiting)) continue;
      this.#waiting.splice(index, 1);
      fail(waiting, 'cancelled', message);
    }
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      while (this.#waiting.length > 0) {
        await this.#inTurn(() => this.#next());
        // Messages that came during the run are read first: a newer prompt of a lane is among them.
        await new Promise(setImmediate);
      }
    } finally {
      this.#isPumping = false;
    }
  }

  async #next(): Promise<void> {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) return;
    const { client, request } = waiting;
    const { requestId, key, fetches, continues, first } = request;
    try {
      const latest = this.#latestOf(client);
      const feeds = continues === null ? request.feeds : [...request.feeds.filter(({ name }) => name !== 'mask_input'), latest.maskInput(continues.requestId, continues.candidate)];
      const { outputs, inferenceMs } = await this.#decoder.decode(key, feeds, fetches);
      if (first === null) return client.post({ kind: 'decoded', requestId, outputs, inferenceMs });
      const parts = answerParts(outputs, first);
      client.post({ kind: 'first', requestId, ...parts.first, inferenceMs });
      latest.keep(requestId, parts.candidates);
      // On its way before the rest is copied.
      await new Promise(setImmediate);
      client.post({ kind: 'decoded', requestId, outputs: parts.rest, inferenceMs });
    } catch (error) {
      fail(waiting, error instanceof NotHeldError ? 'not_held' : error instanceof ForgottenError ? 'forgotten' : 'run_failed', messageOf(error));
    }
  }

  #latestOf(client: DecoderClient): LatestAnswers {
    const known = this.#latest.get(client);
    if (known !== undefined) return known;
    const latest = new LatestAnswers();
    this.#latest.set(client, latest);
    return latest;
  }
}

const fail = ({ client, request: { requestId } }: Waiting, reason: DecodeFailure, message: string): void => client.post({ kind: 'failed', requestId, reason, message });
