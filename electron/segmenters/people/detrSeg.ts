import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { Feed, TensorData } from '../../inference/tensor.ts';
import { shapesOf, sigmoid, type FoundInstance, type InstanceFamilyAdapter } from './instanceFamily.ts';

/** As transformers' post_process_instance_segmentation (models/detr/image_processing_detr.py) takes it for panoptic masks. */
const leastScore = 0.5;

const outputsOf = (outputs: readonly TensorData[], classCount: number) => {
  const masks = outputs.find(({ dims }) => dims.length === 4);
  const boxes = outputs.find(({ dims }) => dims.length === 3 && dims[2] === 4);
  const logits = outputs.find((output) => output.dims.length === 3 && output !== boxes);
  const queries = masks?.dims[1];
  if (masks?.type !== 'float32' || boxes?.type !== 'float32' || logits?.type !== 'float32' || logits.dims[2] !== classCount + 1 || boxes.dims[1] !== queries || logits.dims[1] !== queries || queries === undefined) {
    throw new ExpectedError('inference_failed', `The model gave ${shapesOf(outputs)}, where [1, n, ${classCount} classes + 1] + [1, n, 4] + [1, n, h, w] were expected. Check the number of its classes.`);
  }
  const [, , heightPx = 0, widthPx = 0] = masks.dims;
  return { masks: masks.data, boxes: boxes.data, logits: logits.data, queries, widthPx, heightPx };
};

/**
 * DETR with masks (facebookresearch/detr; ONNX as Hugging Face's exporter makes it): pixel_values float32 [1, 3, h, w] with ImageNet's mean and deviation, stretched,
 * and, where the graph has it, pixel_mask, all ones; logits [1, n, classes + 1], the last being "nothing", pred_boxes [1, n, 4] (centre and size by shares of the picture),
 * pred_masks [1, n, h / 4, w / 4], logits.
 */
export const detrSeg: InstanceFamilyAdapter = {
  feeds: async ({ photo, orientation, codec }, { adapter: { input } }, signature) => {
    const { name, widthPx, heightPx, divisor, mean, std } = input;
    const picture = await codec.rgbAt(photo, widthPx, heightPx, orientation, 'linear');
    const whole: Feed = { name: name ?? signature.inputs.find((slot) => slot.shape[1] === 3)?.name ?? null, tensor: { type: 'picture', dims: [1, 3, heightPx, widthPx], data: picture.data, divisor, mean, std } };
    const valid = signature.inputs.find((slot) => /pixel_mask/.test(slot.name));
    if (valid === undefined) return [whole];
    const side = (axis: number, otherwise: number): number => (typeof valid.shape[axis] === 'number' ? valid.shape[axis] : otherwise);
    const dims = [1, side(1, heightPx), side(2, widthPx)];
    return [whole, { name: valid.name, tensor: { type: 'int64', dims, data: new BigInt64Array(dims.reduce((product, size) => product * size, 1)).fill(1n) } }];
  },

  read: (outputs, _size, { classes }, wanted) => {
    const { masks, boxes, logits, queries, widthPx, heightPx } = outputsOf(outputs, classes.length);
    const cells = widthPx * heightPx;
    const data = new Float32Array(cells);
    const instances: FoundInstance[] = [];
    for (let query = 0; query < queries; query++) {
      const row = logits.subarray(query * (classes.length + 1), (query + 1) * (classes.length + 1));
      let best = 0;
      for (let name = 1; name < row.length; name++) if ((row[name] as number) > (row[best] as number)) best = name;
      const highest = row[best] as number;
      const score = 1 / row.reduce((sum, logit) => sum + Math.exp(logit - highest), 0);
      if (best === classes.length || score < leastScore || !wanted.has(best)) continue;
      const [x = 0, y = 0, width = 0, height = 0] = boxes.subarray(4 * query, 4 * query + 4);
      instances.push({ score, box: { x0: Math.max(0, x - width / 2), y0: Math.max(0, y - height / 2), x1: Math.min(1, x + width / 2), y1: Math.min(1, y + height / 2) } });
      for (let cell = 0; cell < cells; cell++) data[cell] = Math.max(data[cell] as number, sigmoid(masks[query * cells + cell] as number));
    }
    return { instances, map: { widthPx, heightPx, data } };
  },
};
