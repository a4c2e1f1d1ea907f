import type { InferenceChannel, InferenceLauncher } from './launcher.ts';
import { responseSchema, type InferenceRequest, type InferenceResponse } from './protocol.ts';

type Answer = Extract<InferenceResponse, { jobId: number }>;

/** The process ended, or was ended since it took too long, before it answered. */
export class ProcessGoneError extends Error {
  override readonly name = 'ProcessGoneError';
}

interface Waiting {
  readonly jobId: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: ProcessGoneError) => void;
}

/** One inference process: one request at a time, answered or rejected with {@link ProcessGoneError}. */
export class ProcessLink {
  readonly #channel: InferenceChannel;
  #waiting: Waiting | null = null;
  #goneReason: string | null = null;
  /** Why this side ended it; the exit itself only tells of a signal. */
  #endedBy: string | null = null;
  pid: number | null = null;
  runtimeVersion: string | null = null;

  private constructor(channel: InferenceChannel, onProviderLost: (provider: string, message: string) => void) {
    this.#channel = channel;
    channel.onExit((reason) => {
      this.#goneReason = this.#endedBy ?? reason;
      this.#waiting?.reject(new ProcessGoneError(this.#goneReason));
      this.#waiting = null;
    });
    channel.onMessage((message) => {
      const parsed = responseSchema.safeParse(message);
      if (!parsed.success) {
        // Another version's process, or broken memory: not to be trusted with the next job either.
        this.#endedBy = 'it answered with something that is no answer';
        void channel.kill();
        return;
      }
      const response = parsed.data;
      if (response.kind === 'ready') {
        this.pid = response.pid;
        this.runtimeVersion = response.runtimeVersion;
      } else if (response.kind === 'providerLost') onProviderLost(response.executionProvider, response.message);
      else if (this.#waiting?.jobId === response.jobId) {
        const { resolve } = this.#waiting;
        this.#waiting = null;
        resolve(response);
      }
    });
  }

  static async start(launcher: InferenceLauncher, onProviderLost: (provider: string, message: string) => void): Promise<ProcessLink> {
    return new ProcessLink(await launcher.start(), onProviderLost);
  }

  get isGone(): boolean {
    return this.#goneReason !== null;
  }

  /** @throws ProcessGoneError */
  async ask(request: InferenceRequest, timeoutMs: number): Promise<Answer> {
    if (this.#goneReason !== null) throw new ProcessGoneError(this.#goneReason);
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#waiting = { jobId: request.jobId, resolve, reject };
        // A driver can hang for ever; only ending the process helps then.
        timer = setTimeout(() => {
          this.#endedBy = `no answer within ${Math.round(timeoutMs / 1000)} s`;
          void this.#channel.kill();
        }, timeoutMs);
        this.#channel.post(request);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  kill(): Promise<void> {
    return this.#channel.kill();
  }
}
