import type { ImageCodec, MaskOrientation } from '../../../shared/ports/imageCodec.ts';
import type { ModelSignature } from '../../inference/inferenceHost.ts';
import type { InstancesDescriptor } from '../../inference/modelDescriptor.ts';
import type { Feed, TensorData } from '../../inference/tensor.ts';
import type { ProbabilityMap } from '../family.ts';

/** A box by shares of the photo's sides, 0..1. */
export interface ShareBox {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface FoundInstance {
  /** 0..1 */
  readonly score: number;
  readonly box: ShareBox;
}

export interface FoundInstances {
  readonly instances: readonly FoundInstance[];
  /** Of all of them together: probability 0..1 a cell, over the whole photo. */
  readonly map: ProbabilityMap;
}

export interface PictureSource {
  readonly photo: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly orientation: MaskOrientation;
  readonly codec: Pick<ImageCodec, 'rgbAt'>;
}

/** What a family of models that find things one by one wants and gives. */
export interface InstanceFamilyAdapter {
  feeds(source: PictureSource, descriptor: InstancesDescriptor, signature: ModelSignature): Promise<readonly Feed[]>;
  /**
   * @param wanted numbers of the classes that count
   * @throws ExpectedError inference_failed when the outputs have not the shapes that the family gives
   */
  read(outputs: readonly TensorData[], source: Pick<PictureSource, 'widthPx' | 'heightPx'>, descriptor: InstancesDescriptor, wanted: ReadonlySet<number>): FoundInstances;
}

const area = ({ x0, y0, x1, y1 }: ShareBox): number => Math.max(0, x1 - x0) * Math.max(0, y1 - y0);

/** Overlap of two boxes by their union, 0..1. */
export const boxIou = (a: ShareBox, b: ShareBox): number => {
  const shared = area({ x0: Math.max(a.x0, b.x0), y0: Math.max(a.y0, b.y0), x1: Math.min(a.x1, b.x1), y1: Math.min(a.y1, b.y1) });
  const union = area(a) + area(b) - shared;
  return union === 0 ? 0 : shared / union;
};

/** Non-maximum suppression: the best first, without those that overlap a better one by more than `mostIou`. */
export const withoutDoubles = <Found extends FoundInstance>(found: readonly Found[], mostIou: number): readonly Found[] => {
  const kept: Found[] = [];
  for (const candidate of [...found].sort((a, b) => b.score - a.score)) if (kept.every(({ box }) => boxIou(box, candidate.box) <= mostIou)) kept.push(candidate);
  return kept;
};

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

export const shapesOf = (outputs: readonly TensorData[]): string => outputs.map(({ dims }) => `[${dims.join(', ')}]`).join(' + ');
