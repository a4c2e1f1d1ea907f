import type { ModelId } from '../../shared/domain/ids.ts';
import type { Segmenter } from '../../shared/ports/segmenter.ts';
import type { ModelDescriptor, ModelFamily } from '../inference/modelDescriptor.ts';
import type { LocalModelStore } from '../inference/modelStore.ts';
import { birefnet } from './birefnet.ts';
import { segmenterWith, type SegmenterParts } from './createSegmenter.ts';
import type { ModelFamilyAdapter } from './family.ts';
import { isnet } from './isnet.ts';
import { u2net } from './u2net.ts';

const families = { isnet, u2net, birefnet } satisfies Record<ModelFamily, ModelFamilyAdapter>;

export const createSegmenter = (descriptor: ModelDescriptor, parts: SegmenterParts): Segmenter =>
  segmenterWith(families[descriptor.adapter.family], descriptor, parts);

/** Segmenters by model id, over one inference host. The weights need not be there yet. @throws ExpectedError model_unknown */
export const segmentersOver =
  (parts: SegmenterParts & { readonly models: LocalModelStore }) =>
  async (modelId: ModelId): Promise<Segmenter> =>
    createSegmenter(await parts.models.descriptor(modelId), parts);
