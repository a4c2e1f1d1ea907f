import type { Segmenter } from '../../shared/ports/segmenter.ts';
import type { ForegroundDescriptor, ModelFamily } from '../inference/modelDescriptor.ts';
import { birefnet } from './birefnet.ts';
import { segmenterWith, type SegmenterParts } from './createSegmenter.ts';
import type { ModelFamilyAdapter } from './family.ts';
import { isnet } from './isnet.ts';
import { u2net } from './u2net.ts';

const families = { isnet, u2net, birefnet } satisfies Record<ModelFamily, ModelFamilyAdapter>;

export const createSegmenter = (descriptor: ForegroundDescriptor, parts: SegmenterParts): Segmenter =>
  segmenterWith(families[descriptor.adapter.family], descriptor, parts);
