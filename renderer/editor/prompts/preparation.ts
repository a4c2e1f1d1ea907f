import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import type { ModelId } from '../../../shared/domain/ids.ts';
import { CancelledError, isExpected } from '../../../shared/errors/errors.ts';
import type { PromptPhase } from '../../stores/prompts.ts';
import type { PromptPorts } from './promptPorts.ts';

/** How far a photo's preparation is. */
export interface PreparationState {
  readonly phase: PromptPhase;
  readonly doing: string | null;
  readonly sinceMs: number;
  readonly problem: string | null;
}

const idle: PreparationState = { phase: 'idle', doing: null, sinceMs: 0, problem: null };

/** One photo's way to the decoder: asked for once, however many clicks wait for it. */
export class Preparation {
  readonly assetKey: string;
  /** Null: the one that is set. */
  readonly modelId: ModelId | null;
  readonly #ports: PromptPorts;
  readonly #onChange: () => void;
  #state: PreparationState = idle;
  #running: { readonly stop: AbortController; readonly embedding: Promise<PreparedEmbedding> } | null = null;
  #embedding: PreparedEmbedding | null = null;

  constructor(assetKey: string, modelId: ModelId | null, ports: PromptPorts, onChange: () => void) {
    this.assetKey = assetKey;
    this.modelId = modelId;
    this.#ports = ports;
    this.#onChange = onChange;
  }

  get state(): PreparationState {
    return this.#state;
  }

  /** Null until it is ready. */
  get embedding(): PreparedEmbedding | null {
    return this.#embedding;
  }

  /** Begins where it has not, or has failed. @throws as PromptPorts.prepare */
  prepare(): Promise<PreparedEmbedding> {
    if (this.#embedding !== null) return Promise.resolve(this.#embedding);
    this.#running ??= this.#begin();
    return this.#running.embedding;
  }

  /** What was prepared is not there any more, or another model is wanted. */
  forget(): void {
    this.cancel();
    this.#embedding = null;
    this.#tell(idle);
  }

  /** @returns whether it was under way */
  cancel(): boolean {
    if (this.#running === null) return false;
    this.#running.stop.abort();
    this.#running = null;
    this.#tell(idle);
    return true;
  }

  #begin(): { stop: AbortController; embedding: Promise<PreparedEmbedding> } {
    const stop = new AbortController();
    const sinceMs = Date.now();
    const say = (doing: string): void => {
      if (this.#running === null || this.#running.stop === stop) this.#tell({ phase: 'preparing', doing, sinceMs, problem: null });
    };
    const work = async (): Promise<PreparedEmbedding> => {
      try {
        const embedding = await this.#ports.prepare(this.assetKey, { modelId: this.modelId, signal: stop.signal, onProgress: say });
        if (this.#running?.stop !== stop) throw new CancelledError('The photo is not to be prompted any more');
        this.#embedding = embedding;
        this.#running = null;
        this.#tell({ ...idle, phase: 'ready' });
        return embedding;
      } catch (error) {
        if (this.#running?.stop === stop) {
          this.#running = null;
          const problem = error instanceof Error ? error.message : String(error);
          this.#tell(error instanceof CancelledError ? idle : { ...idle, phase: isExpected(error, 'model_missing') ? 'missing' : 'failed', problem });
        }
        throw error;
      }
    };
    say('Reading the picture');
    // Begun a turn later: what it says refers to this very attempt.
    const embedding = Promise.resolve().then(work);
    embedding.catch(() => undefined);
    return { stop, embedding };
  }

  #tell(state: PreparationState): void {
    this.#state = state;
    this.#onChange();
  }
}
