import { ExpectedError } from '../../shared/errors/errors.ts';
import { decoderFeeds, decoderFetches } from '../../shared/prompts/decoderFeeds.ts';
import { fitFetches, fitPrompt, isPromptInput, type TensorSlot } from '../../shared/prompts/decoderSignature.ts';
import { modelFrame } from '../../shared/prompts/modelFrame.ts';
import type { ModelSignature } from './inferenceHost.ts';
import type { PromptDescriptor } from './modelDescriptor.ts';

const shown = (slots: readonly TensorSlot[]): string => slots.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');

/** An embedding, and for SAM 2 two finer feature maps. */
const embeddingInputs = { sam: 1, sam2: 3 } as const;

const takesPicture = ({ shape }: TensorSlot): boolean => (shape.length === 4 && (shape[1] === 3 || typeof shape[1] === 'string')) || (shape.length === 3 && shape[2] === 3);

/**
 * Whether two loaded files are what they were said to be: a person learns it when the files are added, not at the first click.
 * @throws ExpectedError invalid_input with what was expected and what is there
 */
export const checkPromptModel = ({ decoder: { family }, encoder: { input } }: PromptDescriptor, encoder: ModelSignature, decoder: ModelSignature): void => {
  const [picture] = encoder.inputs;
  if (encoder.inputs.length !== 1 || picture === undefined || !takesPicture(picture)) {
    throw new ExpectedError('invalid_input', `That is no encoder: it would take one picture [1, 3, ${input.sidePx}, ${input.sidePx}]; this file takes ${shown(encoder.inputs)}.`);
  }
  const embeddings = decoder.inputs.filter(({ name }) => !isPromptInput(name));
  if (embeddings.length !== embeddingInputs[family]) {
    throw new ExpectedError('invalid_input', `That is no decoder of this family: it would take ${embeddingInputs[family]} tensors of the encoder; this file takes ${shown(decoder.inputs)}.`);
  }
  const frame = modelFrame({ fit: input.fit, sidePx: input.sidePx, imageWidthPx: input.sidePx, imageHeightPx: input.sidePx });
  try {
    fitPrompt(decoder, decoderFeeds(family, frame, { points: [{ xImagePx: 1, yImagePx: 1, label: 1 }], box: null, mask: null }), [{ dims: [1, 256, input.sidePx / 16, input.sidePx / 16] }]);
    fitFetches(decoder, decoderFetches(family));
  } catch (error) {
    throw new ExpectedError('invalid_input', `That decoder can't be prompted. ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
};
