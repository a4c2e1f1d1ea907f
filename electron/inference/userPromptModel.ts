import type { NetworkSettings } from './http.ts';
import type { DecoderFamily, PromptDescriptor } from './modelDescriptor.ts';
import { describeWeights, modelIdFor, writeUserDescriptor, type NamedWeights } from './userWeights.ts';

type Three = readonly [number, number, number];
interface PromptFamily {
  readonly label: string;
  readonly decoder: DecoderFamily;
  readonly fit: 'stretch' | 'pad';
  readonly mean: Three;
  readonly std: Three;
  readonly note: string | null;
}

/** Of bytes over 255. */
const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

/**
 * What people bring, prepared as each project's own inference code does (1024 x 1024). Input and output names are read from the files:
 * exports of one project differ in them.
 */
export const promptFamilies = {
  // facebookresearch/segment-anything, utils/transforms.py and modeling/sam.py: longest side, zeros at the right and the bottom.
  sam: { label: 'Segment Anything', decoder: 'sam', fit: 'pad', ...imageNet, note: null },
  // ChaoningZhang/MobileSAM: as Segment Anything.
  mobilesam: { label: 'MobileSAM', decoder: 'sam', fit: 'pad', ...imageNet, note: null },
  // chongzhou96/EdgeSAM, edge_sam/onnx/predictor_onnx.py: as Segment Anything; its decoder takes no mask.
  edgesam: { label: 'EdgeSAM', decoder: 'sam', fit: 'pad', ...imageNet, note: 'EdgeSAM is under the S-Lab License 1.0: non-commercial use only.' },
  // yformer/EfficientSAM, efficient_sam.py: bytes over 255, stretched; the graph does the rest itself.
  efficientsam: { label: 'EfficientSAM', decoder: 'sam', fit: 'stretch', mean: [0, 0, 0], std: [1, 1, 1], note: null },
  // facebookresearch/sam2, sam2/utils/transforms.py: stretched.
  sam2: { label: 'SAM 2', decoder: 'sam2', fit: 'stretch', ...imageNet, note: null },
  'sam2.1': { label: 'SAM 2.1', decoder: 'sam2', fit: 'stretch', ...imageNet, note: null },
} as const satisfies Record<string, PromptFamily>;
export type PromptFamilyName = keyof typeof promptFamilies;

export const isPromptFamily = (name: string): name is PromptFamilyName => Object.hasOwn(promptFamilies, name);

export interface UserPromptModel {
  readonly family: PromptFamilyName;
  readonly encoder: NamedWeights;
  readonly decoder: NamedWeights;
  /** Default: the encoder file's name without its ending, in safe characters. */
  readonly id?: string | undefined;
  readonly label?: string | undefined;
}

const sidePx = 1024;

/**
 * Describes a user's own encoder and decoder in `<dataFolder>/models/<id>.json`; `pull` then checks and places them like any other.
 * @throws ExpectedError invalid_input (no SHA-256 for a URL, a wrong one, a taken id), file_unreadable, offline, download_failed
 */
export const describePromptModel = async (dataFolder: string, model: UserPromptModel, network: NetworkSettings = {}): Promise<PromptDescriptor> => {
  const family: PromptFamily = promptFamilies[model.family];
  const id = modelIdFor(model.id, model.encoder.where);
  const descriptor: PromptDescriptor = {
    id,
    label: model.label ?? `${family.label} (${id})`,
    task: 'prompt',
    licence: family.note === null ? { package: null, weights: 'Apache-2.0', note: 'Your own file: the licence is that of the published weights of its name.' } : { package: null, weights: 'S-Lab-1.0', note: family.note },
    encoder: {
      ...(await describeWeights(model.encoder, network)),
      input: { name: null, sidePx, fit: family.fit, divisor: 255, mean: [...family.mean], std: [...family.std] },
      outputs: [],
    },
    decoder: { ...(await describeWeights(model.decoder, network)), family: family.decoder },
  };
  await writeUserDescriptor(dataFolder, descriptor);
  return descriptor;
};
