import type { TensorSlot } from '../../shared/prompts/decoderSignature.ts';
import type { Disposable } from '../base/disposables.ts';
import type { ExecutionProviderName } from './executionProviders.ts';
import type { Feed, TensorData } from './tensor.ts';

/** A model's weights on this machine and where they run well. */
export interface ModelFile {
  readonly path: string;
  /** Providers that suit the model; undefined: all. */
  readonly executionProviders?: readonly ExecutionProviderName[] | undefined;
}

/** Inputs and outputs of a loaded model. */
export interface ModelSignature {
  readonly inputs: readonly TensorSlot[];
  readonly outputs: readonly TensorSlot[];
}

export interface InferenceJob {
  readonly model: ModelFile;
  readonly feeds: readonly Feed[];
  /** Output names; null: the first output alone; all: every one of them, in the model's own order. */
  readonly fetches: readonly string[] | 'all' | null;
}

/** now: a person waits for it, it goes before everything that has not begun · normal: background work · idle: only when nothing else waits. */
export type InferencePriority = 'now' | 'normal' | 'idle';

export interface InferenceRunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default: normal. Of equal ones the first asked comes first. */
  readonly priority?: InferencePriority | undefined;
}

export interface InferenceAnswer {
  /** In the order of `fetches`. */
  readonly outputs: readonly TensorData[];
  readonly outputNames: readonly string[];
  readonly executionProvider: string;
  /** Time in the session's run alone. */
  readonly inferenceMs: number;
}

export interface InferenceStatus {
  /** Of the last answer; null before the first. */
  readonly executionProvider: string | null;
  /** Jobs waiting or running. */
  readonly pending: number;
  /** How often a process that had died was replaced. */
  readonly restarts: number;
  /** Process id of the running inference process; null when there is none. */
  readonly pid: number | null;
  readonly runtimeVersion: string | null;
}

/** Runs models in another process, one job at a time, and survives that process. */
export interface InferenceHost extends Disposable {
  /**
   * @throws CancelledError (a running job is not interrupted, its answer is dropped; a waiting one never starts);
   * ExpectedError inference_failed, inference_crashed, out_of_memory, model_corrupt
   */
  run(job: InferenceJob, options?: InferenceRunOptions): Promise<InferenceAnswer>;
  /** Loads a model ahead of its first job. @returns what it takes and gives. Throws as `run` does */
  load(model: ModelFile): Promise<ModelSignature>;
  status(): InferenceStatus;
  /** Ends the process; jobs in hand are cancelled. Resolves when it is gone. */
  dispose(): Promise<void>;
}
