import { InferenceSession } from 'onnxruntime-node';
import type { InferenceResponse, SessionSpec } from '../protocol.ts';

/** A loaded model and the provider that took it. */
export interface LoadedSession {
  readonly session: InferenceSession;
  readonly executionProvider: string;
}

/** Sessions hold hundreds of megabytes each: two, so that comparing two models does not load at every turn. Decoders are small. */
const maxSessions = 2;

const keyOf = (spec: SessionSpec): string => JSON.stringify([spec.modelPath, spec.executionProviders, spec.threads, spec.gpuId]);

/** CUDA and DirectML number the machine's GPUs (onnxruntime-common, InferenceSession.CudaExecutionProviderOption); the others choose for themselves. */
const providerOn = (name: string, gpuId: number | undefined): InferenceSession.ExecutionProviderConfig => (gpuId !== undefined && (name === 'cuda' || name === 'dml') ? { name, deviceId: gpuId } : name);

/** Loaded sessions, least recently used dropped first. */
export class Sessions {
  readonly #loaded = new Map<string, LoadedSession>();
  readonly #report: (response: InferenceResponse) => void;

  constructor(report: (response: InferenceResponse) => void) {
    this.#report = report;
  }

  /** Loads with the first provider that works. @throws the last provider's error when none does */
  async open(spec: SessionSpec): Promise<LoadedSession> {
    const key = keyOf(spec);
    const known = this.#loaded.get(key);
    if (known !== undefined) {
      this.#loaded.delete(key);
      this.#loaded.set(key, known);
      return known;
    }
    while (this.#loaded.size >= maxSessions) await this.#dropOldest();
    const opened = await this.#create(spec);
    this.#loaded.set(key, opened);
    return opened;
  }

  async dropAll(): Promise<void> {
    while (this.#loaded.size > 0) await this.#dropOldest();
  }

  async #create(spec: SessionSpec): Promise<LoadedSession> {
    for (const [index, executionProvider] of spec.executionProviders.entries()) {
      try {
        const session = await InferenceSession.create(spec.modelPath, {
          executionProviders: [providerOn(executionProvider, spec.gpuId)],
          intraOpNumThreads: spec.threads,
          interOpNumThreads: 1,
          executionMode: 'sequential',
          graphOptimizationLevel: 'all',
          // Planned memory is one block for the whole graph; Electron's allocator traps on the second run of IS-Net with it (seen in 42).
          enableMemPattern: process.versions['electron'] === undefined,
          // Errors come back as exceptions; warnings about graph details would fill the log at every load.
          logSeverityLevel: 3,
          // Threads that wait for one another sleep: what they would burn decodes the next photo (two cores: 1181 ms a photo against 1202, and
          // a tenth less CPU time).
          extra: { session: { intra_op: { allow_spinning: '0' } } },
        });
        return { session, executionProvider };
      } catch (error) {
        if (index === spec.executionProviders.length - 1) throw error;
        this.#report({ kind: 'providerLost', executionProvider, message: error instanceof Error ? error.message : String(error) });
      }
    }
    throw new Error('no execution provider was named');
  }

  async #dropOldest(): Promise<void> {
    const oldest = this.#loaded.entries().next().value;
    if (oldest === undefined) return;
    this.#loaded.delete(oldest[0]);
    await oldest[1].session.release();
  }
}
