import type { Page } from 'playwright';

/** What one click sent and received, bytes of tensors. */
export interface ClickBytes {
  readonly askedBytes: number;
  /** Before the picture is drawn. */
  readonly firstBytes: number;
  readonly laterBytes: number;
}

interface Tensors {
  readonly data: Float32Array;
}
interface DecodeMessage {
  readonly kind: string;
  readonly requestId: number;
  readonly feeds: readonly Tensors[];
}
interface AnswerMessage {
  readonly kind: string;
  readonly requestId: number;
  readonly message?: string;
  readonly inferenceMs: number;
  readonly logits?: Float32Array;
  readonly outputs?: readonly Tensors[];
}
interface Bare {
  port: MessagePort | null;
  latest: DecodeMessage | null;
  bytes: ClickBytes;
}
declare global {
  interface Window {
    maskdeskBare?: Bare;
  }
}

const answerLimitMs = 30_000;

/** Runs in the page: hears what the app asks, and keeps its port. */
const listenInPage = (): void => {
  const none: ClickBytes = { askedBytes: 0, firstBytes: 0, laterBytes: 0 };
  const sum = (tensors: readonly Tensors[] = []): number => tensors.reduce((bytes, { data }) => bytes + data.byteLength, 0);
  const send = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'postMessage')?.value as (this: MessagePort, message: unknown, options?: unknown) => void;
  const bare: Bare = { port: null, latest: null, bytes: none };
  window.maskdeskBare = bare;
  const onAnswer = ({ data }: MessageEvent<AnswerMessage>): void => {
    if (data.requestId < 0) return;
    if (data.kind === 'first') bare.bytes = { ...bare.bytes, firstBytes: data.logits?.byteLength ?? 0 };
    if (data.kind === 'decoded') bare.bytes = { ...bare.bytes, laterBytes: sum(data.outputs) };
  };
  MessagePort.prototype.postMessage = function post(this: MessagePort, message: unknown, options?: unknown): void {
    const asked = message as DecodeMessage | null;
    if (asked?.kind === 'decode' && asked.requestId >= 0) {
      if (bare.port !== this) this.addEventListener('message', onAnswer);
      Object.assign(bare, { port: this, latest: asked, bytes: { ...none, askedBytes: sum(asked.feeds) } });
    }
    send.call(this, message, options);
  };
};

/** Asks the same process for the very prompt that the app asked for last. */
const runInPage = async ([requestId, limitMs]: readonly [number, number]): Promise<number> => {
  const bare = window.maskdeskBare;
  if (bare?.latest == null || bare.port === null) throw new Error('nothing was asked yet');
  const { port, latest } = bare;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the decoder did not answer')), limitMs);
    const onMessage = ({ data }: MessageEvent<AnswerMessage>): void => {
      if (data.requestId !== requestId) return;
      clearTimeout(timer);
      port.removeEventListener('message', onMessage);
      if (data.kind === 'decoded') resolve(data.inferenceMs);
      else reject(new Error(data.message ?? data.kind));
    };
    port.addEventListener('message', onMessage);
    port.postMessage({ ...latest, requestId, lane: null, continues: null, first: null });
  });
};

/**
 * The bare decoder in the process, session and threads that answer clicks, with the feeds of the last click. Asked over the app's own port by numbers that the
 * app has not given, so that it passes the answers over. What it says is the time of session.run, whatever lies between.
 */
export class BareDecoder {
  readonly #page: Page;
  #requests = 0;

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Hears the prompts from now on. */
  static async listen(page: Page): Promise<BareDecoder> {
    await page.evaluate(listenInPage);
    return new BareDecoder(page);
  }

  /** @returns milliseconds of session.run @throws before a prompt that was heard, and when nobody answers */
  runMs(): Promise<number> {
    return this.#page.evaluate(runInPage, [--this.#requests, answerLimitMs] as const);
  }

  /** Of the last click. */
  bytes(): Promise<ClickBytes> {
    return this.#page.evaluate(() => {
      if (window.maskdeskBare === undefined) throw new Error('nobody listens');
      return window.maskdeskBare.bytes;
    });
  }
}
