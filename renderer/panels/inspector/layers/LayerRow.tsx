import { ArrowDown, ArrowUp, Eye, EyeOff } from 'lucide-react';
import type { MaskPart, PartOperation } from '../../../../shared/domain/maskPart.ts';
import { toggleSeen } from '../../../actions/tools/layers/actions.ts';
import { moveLayer, setLayer } from '../../../actions/tools/layers/recombine.ts';
import { layerNames, leastGrowPx, mostGrowPx, useMaskLayers, type LayerSetting } from '../../../stores/maskLayers.ts';
import { useModels } from '../../../stores/models.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SliderField } from '../../../ui/SliderField.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { percent } from '../../shared/words.ts';
import { LayerSwatch } from './LayerSwatch.tsx';
import { growthWords, layerNote, operationOptions } from './layerWords.ts';

interface LayerRowProps {
  readonly facts: MaskPart;
  readonly setting: LayerSetting;
  /** Of the picture, px. */
  readonly pictureAreaPx: number;
  /** In the order in which they join. */
  readonly place: number;
  readonly count: number;
  readonly isLocked: boolean;
}

/** One part: whether it is seen, whether it counts, and how it joins what stands before it. */
export const LayerRow = ({ facts, setting, pictureAreaPx, place, count, isLocked }: LayerRowProps) => {
  const { part, isOn, operation, growPx } = setting;
  const name = layerNames[facts.role];
  const isSeen = useMaskLayers((state) => state.seen.includes(part));
  const model = useModels((state) => state.models.find(({ modelId }) => modelId === facts.modelId)?.label ?? facts.modelId);
  const isEmpty = facts.areaPx === 0;
  const note = layerNote(facts, setting, place);
  return (
    <li className={isOn ? 'layer' : 'layer layer-out'} aria-label={name} data-testid="layer" data-role={facts.role}>
      <div className="layer-head">
        <LayerSwatch part={part} />
        <span className="layer-name">
          <span className="ellipsis" title={name}>
            {name}
          </span>
          <span className="secondary ellipsis" title={model}>
            {model}
          </span>
        </span>
        <span className="secondary figures">{percent(facts.areaPx / pictureAreaPx)}</span>
        <IconButton label={isSeen ? `Hide ${name}` : `Show ${name} on the picture`} isActive={isSeen} disabled={isEmpty} tipSide="left" onClick={() => toggleSeen(part)}>
          {isSeen ? <Eye /> : <EyeOff />}
        </IconButton>
        <Switch label={`${name} counts`} isLabelUnseen title={isOn ? 'It counts in the mask' : 'It is left out of the mask'} isOn={isOn} isDisabled={isLocked || isEmpty} onChange={(next) => setLayer(part, { isOn: next })} />
      </div>
      {note !== null && <p className="layer-note">{note}</p>}
      {isOn && !isEmpty && (
        <div className="layer-join">
          <Select<PartOperation> label={`${name} joins`} options={operationOptions} value={operation} tone="quiet" isDisabled={isLocked} onChange={(next) => setLayer(part, { operation: next })} />
          {count > 1 && (
            <span className="layer-order">
              <IconButton label={`${name} earlier`} tip="Joins earlier" disabled={isLocked || place === 0} onClick={() => moveLayer(part, -1)}>
                <ArrowUp />
              </IconButton>
              <IconButton label={`${name} later`} tip="Joins later" disabled={isLocked || place === count - 1} onClick={() => moveLayer(part, 1)}>
                <ArrowDown />
              </IconButton>
            </span>
          )}
        </div>
      )}
      {isOn && !isEmpty && !isLocked && facts.role === 'people' && (
        <SliderField label="Grow or shrink it first" shown={growthWords(growPx)} value={growPx} min={leastGrowPx} max={mostGrowPx} step={1} onChange={(next) => setLayer(part, { growPx: next })} />
      )}
    </li>
  );
};
