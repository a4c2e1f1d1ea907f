import type { InferenceChannel, InferenceLauncher } from './launcher.ts';
import type { InferenceRole } from './role.ts';
import { responseSchema, type InferenceQuestion, type InferenceRequest, type InferenceResponse } from './protocol.ts';

export type Answer = Extract<InferenceResponse, { jobId: number }>;

/** The process ended, or was ended since it took too long, before it answered. */
export class ProcessGoneError extends Error {
  override readonly name = 'ProcessGoneError';
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: ProcessGoneError) => void;
}

/** One inference process: each question is answered, or rejected with {@link ProcessGoneError}. */
export class ProcessLink {
  readonly #channel: InferenceChannel;
  readonly #waiting = new Map<number, Waiting>();
  #goneReason: string | null = null;
  /** Why this side ended it; the exit itself only tells of a signal. */
  #endedBy: string | null = null;
  pid: number | null = null;
  runtimeVersion: string | null = null;

  private constructor(channel: InferenceChannel, onProviderLost: (provider: string, message: string) => void) {
    this.#channel = channel;
    channel.onExit((reason) => {
      this.#goneReason = this.#endedBy ?? reason;
      for (const { reject } of this.#waiting.values()) reject(new ProcessGoneError(this.#goneReason));
      this.#waiting.clear();
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
      else {
        const waiting = this.#waiting.get(response.jobId);
        this.#waiting.delete(response.jobId);
        waiting?.resolve(response);
      }
    });
  }

  static async start(launcher: InferenceLauncher, role: InferenceRole, onProviderLost: (provider: string, message: string) => void): Promise<ProcessLink> {
    return new ProcessLink(await launcher.start(role), onProviderLost);
  }

  get isGone(): boolean {
    return this.#goneReason !== null;
  }

  /** @throws ProcessGoneError */
  async ask(request: InferenceQuestion, timeoutMs: number): Promise<Answer> {
    if (this.#goneReason !== null) throw new ProcessGoneError(this.#goneReason);
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.#waiting.set(request.jobId, { resolve, reject });
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

  /** For what is not answered. */
  tell(request: Extract<InferenceRequest, { kind: 'drop' }>): void {
    if (this.#goneReason === null) this.#channel.post(request);
  }

  kill(): Promise<void> {
    return this.#channel.kill();
  }
}
