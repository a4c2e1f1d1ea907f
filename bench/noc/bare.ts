import { InferenceSession, Tensor } from 'onnxruntime-node';
import sharp from 'sharp';
import { emptyBitmap, type Bitmap } from '../../shared/mask/bitmap.ts';
import type { Answer } from './clicks.ts';
import type { Timed } from './throughTheApp.ts';

/**
 * The peer: the same two files run with nothing of the app around them. What the models' own notebooks do, written down once more on purpose: nothing is
 * shared with the app but the format of a mask, so that a mistake in the app's preparation, coordinates or resampling shows as a difference.
 */
export interface BareModel {
  readonly open: (photo: Uint8Array) => Promise<Timed>;
  readonly release: () => Promise<void>;
}

export interface BareFiles {
  readonly encoder: string;
  readonly decoder: string;
  readonly kind: 'mobilesam' | 'sam2';
}

const side = 1024;
const grid = 256;
const mean = [123.675, 116.28, 103.53] as const;
const deviation = [58.395, 57.12, 57.375] as const;

interface Square {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Model px an image px. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly input: Float32Array;
}

const squareOf = async (photo: Uint8Array, kind: BareFiles['kind']): Promise<Square> => {
  const { width: widthPx, height: heightPx } = await sharp(photo).metadata();
  const longest = Math.max(widthPx, heightPx);
  const [toWidth, toHeight] = kind === 'sam2' ? [side, side] : [Math.round((widthPx * side) / longest), Math.round((heightPx * side) / longest)];
  const { data } = await sharp(photo).removeAlpha().toColourspace('srgb').resize(toWidth, toHeight, { fit: 'fill', kernel: 'linear' }).raw().toBuffer({ resolveWithObject: true });
  const input = new Float32Array(3 * side * side);
  for (let y = 0; y < toHeight; y++) {
    for (let x = 0; x < toWidth; x++) {
      for (const channel of [0, 1, 2] as const) input[channel * side * side + y * side + x] = ((data[3 * (y * toWidth + x) + channel] as number) - mean[channel]) / deviation[channel];
    }
  }
  return { widthPx, heightPx, scaleX: toWidth / widthPx, scaleY: toHeight / heightPx, input };
};

/** Plain bilinear of one grid at each pixel's centre. */
const upscaled = (logits: Float32Array, { widthPx, heightPx, scaleX, scaleY }: Square): Bitmap => {
  const mask = emptyBitmap(widthPx, heightPx);
  const at = (x: number, y: number): number => logits[Math.min(grid - 1, Math.max(0, y)) * grid + Math.min(grid - 1, Math.max(0, x))] as number;
  for (let y = 0; y < heightPx; y++) {
    const v = (y + 0.5) * scaleY * (grid / side) - 0.5;
    const [y0, fy] = [Math.floor(v), v - Math.floor(v)];
    for (let x = 0; x < widthPx; x++) {
      const u = (x + 0.5) * scaleX * (grid / side) - 0.5;
      const [x0, fx] = [Math.floor(u), u - Math.floor(u)];
      const value = (at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx) * (1 - fy) + (at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx) * fy;
      if (value > 0) mask.data[y * widthPx + x] = 255;
    }
  }
  return mask;
};

export const bareModel = async (files: BareFiles, threads: number): Promise<BareModel> => {
  const options = { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1, graphOptimizationLevel: 'all' } as const;
  const encoder = await InferenceSession.create(files.encoder, options);
  const decoder = await InferenceSession.create(files.decoder, options);
  const open = async (photo: Uint8Array): Promise<Timed> => {
    const square = await squareOf(photo, files.kind);
    const startedMs = performance.now();
    const encoded = await encoder.run({ [encoder.inputNames[0] as string]: new Tensor('float32', square.input, [1, 3, side, side]) });
    const encodeMs = performance.now() - startedMs;
    const decodeMs: number[] = [];
    const answer: Answer = async (points, previous) => {
      // One point that is none goes with the points where there is no box.
      const coords = Float32Array.from([...points.flatMap(({ xImagePx, yImagePx }) => [xImagePx * square.scaleX - 0.5, yImagePx * square.scaleY - 0.5]), 0, 0]);
      const labels = Float32Array.from([...points.map(({ label }) => label), -1]);
      const feeds = {
        ...(files.kind === 'sam2' ? encoded : { image_embeddings: encoded[encoder.outputNames[0] as string] as Tensor }),
        point_coords: new Tensor('float32', coords, [1, labels.length, 2]),
        point_labels: new Tensor('float32', labels, [1, labels.length]),
        mask_input: new Tensor('float32', previous?.logits ?? new Float32Array(grid * grid), [1, 1, grid, grid]),
        has_mask_input: new Tensor('float32', [previous === null ? 0 : 1], [1]),
        ...(files.kind === 'sam2' ? {} : { orig_im_size: new Tensor('float32', [square.heightPx, square.widthPx], [2]) }),
      };
      const begunMs = performance.now();
      const outputs = await decoder.run(feeds);
      decodeMs.push(performance.now() - begunMs);
      const masks = (files.kind === 'sam2' ? outputs['masks'] : outputs['low_res_masks'])?.data as Float32Array;
      return [...(outputs['iou_predictions']?.data as Float32Array)].map((predictedIou, index) => {
        const logits = masks.slice(index * grid * grid, (index + 1) * grid * grid);
        return { isFirst: false, mask: upscaled(logits, square), predictedIou, logits: { widthPx: grid, heightPx: grid, logits } };
      });
    };
    return { answer, encodeMs, decodeMs };
  };
  return {
    open,
    release: async () => {
      await encoder.release();
      await decoder.release();
    },
  };
};
