import type { MaskPart, PartOperation } from '../../../../shared/domain/maskPart.ts';
import type { LayerSetting } from '../../../stores/maskLayers.ts';
import type { SelectOption } from '../../../ui/Select.tsx';

/** How a part joins what stands before it. */
export const operationOptions: readonly SelectOption<PartOperation>[] = [
  { value: 'add', label: 'Adds' },
  { value: 'subtract', label: 'Takes away' },
  { value: 'intersect', label: 'Keeps the overlap' },
];

export const growthWords = (growPx: number): string => (growPx === 0 ? '0 px' : `${growPx > 0 ? '+' : '−'}${Math.abs(growPx)} px`);

/** What has to be known of it, as a sentence: why the recipe left it out, or why it does nothing. */
export const layerNote = ({ areaPx, note, isApplied }: MaskPart, { isOn, operation }: LayerSetting, place: number): string | null => {
  if (areaPx === 0) return note ?? 'Nothing was found.';
  if (!isApplied) return note ?? 'The recipe left it out.';
  if (isOn && place === 0 && operation !== 'add') return 'Nothing stands before it, so it changes nothing here.';
  return note;
};
