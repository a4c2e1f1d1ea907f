import { ExpectedError } from '../../../shared/errors/errors.ts';
import type { RgbImage } from '../../../shared/ports/imageCodec.ts';
import type { Feed, TensorData } from '../../inference/tensor.ts';
import { personClasses, type PeopleMap, type PersonClass } from './peopleMap.ts';

/** Both sides of what the model reads and gives. */
export const selfieSidePx = 256;
/** Background, then the classes of a person. */
const classCount = personClasses.length + 1;

/**
 * MediaPipe's multi-class selfie segmentation (google-ai-edge/mediapipe, model card "Multiclass Selfie Segmentation"): float32 [1, 256, 256, 3],
 * byte / 127.5 - 1; logits [1, 256, 256, 6] of background, hair, body skin, face skin, clothes and other (accessories).
 * @param picture stretched to {@link selfieSidePx} squared
 */
export const selfieFeed = (picture: RgbImage): Feed => {
  const data = new Float32Array(picture.data.length);
  for (let at = 0; at < data.length; at++) data[at] = (picture.data[at] as number) / 127.5 - 1;
  return { name: null, tensor: { type: 'float32', dims: [1, picture.heightPx, picture.widthPx, 3], data } };
};

/** @throws ExpectedError inference_failed for another shape, or for values that are no numbers */
export const readSelfie = (output: TensorData): PeopleMap => {
  const { dims } = output;
  const [, heightPx = 0, widthPx = 0, channels] = dims;
  const count = widthPx * heightPx;
  if (output.type !== 'float32' || dims.length !== 4 || channels !== classCount || output.data.length !== count * classCount || count === 0) {
    throw new ExpectedError('inference_failed', `The model's output is ${output.type} [${dims.join(', ')}], where ${classCount} classes a pixel were expected. Check its description.`);
  }
  const { data } = output;
  const planes = Object.fromEntries(personClasses.map((name) => [name, new Float32Array(count)])) as Record<PersonClass, Float32Array>;
  const inOrder = personClasses.map((name) => planes[name]);
  for (let pixel = 0, from = 0; pixel < count; pixel++, from += classCount) {
    let highest = -Infinity;
    for (let index = 0; index < classCount; index++) highest = Math.max(highest, data[from + index] as number);
    if (!Number.isFinite(highest)) throw new ExpectedError('inference_failed', 'The model gave values that are no numbers. Try it on the CPU, or another model.');
    let sum = 0;
    for (let index = 0; index < classCount; index++) sum += Math.exp((data[from + index] as number) - highest);
    for (let index = 1; index < classCount; index++) (inOrder[index - 1] as Float32Array)[pixel] = Math.exp((data[from + index] as number) - highest) / sum;
  }
  return { widthPx, heightPx, planes };
};
