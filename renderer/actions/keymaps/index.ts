import type { PresetId } from '../../stores/keymap.ts';
import { cvatKeymap } from './cvat.ts';
import { defaultKeymap } from './default.ts';
import type { KeymapPreset } from './keymapPreset.ts';
import { labelStudioKeymap } from './labelStudio.ts';
import { photoshopKeymap } from './photoshop.ts';
import { xAnylabelingKeymap } from './xAnylabeling.ts';

export const keymapPresets = {
  maskdesk: defaultKeymap,
  cvat: cvatKeymap,
  xAnylabeling: xAnylabelingKeymap,
  labelStudio: labelStudioKeymap,
  photoshop: photoshopKeymap,
} as const satisfies Record<PresetId, KeymapPreset>;
