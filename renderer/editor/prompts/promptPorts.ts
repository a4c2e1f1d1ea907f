import type { ModelId } from '../../../shared/domain/ids.ts';
import { BugError } from '../../../shared/errors/errors.ts';
import type { PreparedEmbedding } from '../../../shared/contracts/rpc/prompts.ts';
import type { TileState } from '../../../shared/edits/tileState.ts';
import type { RasterPort } from '../raster/rasterPort.ts';
import type { PromptDecoder } from './decoder.ts';

/** What prompts need of the world outside the engine. */
export interface PromptPorts {
  readonly decoder: PromptDecoder;
  /**
   * Sees to it that a photo is ready for the decoder.
   * @param modelId null: the one that is set
   * @param onProgress a few words of what is being done
   * @throws CancelledError; ExpectedError model_missing, or why it can't be prepared
   */
  prepare(assetKey: string, options: { readonly modelId: ModelId | null; readonly signal: AbortSignal; readonly onProgress: (doing: string) => void }): Promise<PreparedEmbedding>;
}

/** What prompts need of their pane's engine. */
export interface PromptHost {
  /** As last committed; null while nothing is loaded. */
  readonly mask: TileState | null;
  /** How many steps of its history are applied. */
  readonly step: number;
  /** A stroke is being painted: the mask is not to be changed under it. The session is told when it ends. */
  readonly isPainting: boolean;
  readonly raster: RasterPort;
  /** Another mask that is only shown so far becomes a step. */
  accept(): void;
  /** Puts a mask in place, as one step; nothing when it is the same. */
  replace(mask: TileState): void;
  /** Marks, cursor or hint are different now. */
  refresh(): void;
  fail(error: unknown): void;
}

/** For an editor that was given none: prompts fail by saying so. */
export const noPromptPorts: PromptPorts = {
  prepare: () => Promise.reject(new BugError('This editor was given no prompt models')),
  decoder: { decode: () => Promise.reject(new BugError('This editor was given no prompt models')) },
};
