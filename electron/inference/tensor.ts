/** A tensor as it crosses a process border: a typed array, row-major, with its dimensions. */
export type TensorData =
  | { readonly type: 'float32'; readonly dims: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'int32'; readonly dims: readonly number[]; readonly data: Int32Array }
  | { readonly type: 'int64'; readonly dims: readonly number[]; readonly data: BigInt64Array };

/**
 * A picture as it was decoded (interleaved 8-bit RGB), made float32 [1, 3, height, width] in the inference process: it is a quarter of the
 * bytes to send, and the core allocates none of the 12 MB that 1024 x 1024 takes: with in-place reading of the answer that took the core's own
 * work from 184 to 133 ms of CPU a 2 MP photo, half of what was saved being garbage collection.
 */
export interface PictureTensor {
  readonly type: 'picture';
  /** [1, 3, height, width] */
  readonly dims: readonly number[];
  /** 3 bytes a pixel of the picture, row-major. */
  readonly data: Uint8Array;
  /** (byte / divisor - mean) / std, for red, green, blue */
  readonly divisor: number;
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
  /** Where the picture is smaller than the tensor: it lies at the upper left, the rest is 0. Absent: it fills the tensor. */
  readonly pictureSize?: { readonly widthPx: number; readonly heightPx: number } | undefined;
}

/** What a model is fed. `name` null: the model's inputs in their own order, since exports of one model name them differently. */
export interface Feed {
  readonly name: string | null;
  readonly tensor: TensorData | PictureTensor;
}
