/** A float32 tensor by its name, row-major. */
export interface NamedTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** Where a decoder and a photo's embedding are fetched, and the names under which they stay. */
export interface DecoderSource {
  readonly decoderSha256: string;
  readonly decoderUrl: string;
  /** Of the embedding. */
  readonly key: string;
  readonly embeddingUrl: string;
}

export type WindowExecution = 'wasm' | 'webgpu';

/** What the page and the decoder in its worker say to each other. Bytes of outputs are transferred, not copied. */
export type PromptDecoderRequest =
  /** Fetches what is missing and runs nothing. */
  | { readonly kind: 'hold'; readonly requestId: number; readonly source: DecoderSource }
  | { readonly kind: 'decode'; readonly requestId: number; readonly source: DecoderSource; readonly feeds: readonly NamedTensor[]; readonly fetches: readonly string[] };

export type PromptDecoderAnswer =
  | { readonly kind: 'held'; readonly requestId: number; readonly execution: WindowExecution; readonly heldBytes: number }
  | { readonly kind: 'decoded'; readonly requestId: number; readonly execution: WindowExecution; readonly outputs: readonly NamedTensor[]; readonly inferenceMs: number }
  /** not_found: there is no such embedding any more; prepare it again. */
  | { readonly kind: 'failed'; readonly requestId: number; readonly reason: 'not_found' | 'run_failed'; readonly message: string };
