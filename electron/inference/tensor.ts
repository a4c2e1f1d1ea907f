/** A tensor as it crosses a process border: a typed array, row-major, with its dimensions. */
export type TensorData =
  | { readonly type: 'float32'; readonly dims: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'int64'; readonly dims: readonly number[]; readonly data: BigInt64Array };

/** What a model is fed. `name` null: the model's inputs in their own order, since exports of one model name them differently. */
export interface Feed {
  readonly name: string | null;
  readonly tensor: TensorData;
}
