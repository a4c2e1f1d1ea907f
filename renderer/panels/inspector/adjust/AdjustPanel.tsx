import { adjustmentOf, setAdjustAmount, stepAdjustAmount } from '../../../actions/tools/adjust.ts';
import { useAdjusting } from '../../../stores/adjusting.ts';
import { SliderField } from '../../../ui/SliderField.tsx';
import type { AdjustKind } from '../../../../shared/raster/adjustMask.ts';
import { AreaLine } from './AreaLine.tsx';
import { ChangePanel } from './ChangePanel.tsx';
import { fromPosition, positions, toPosition } from './sliderScale.ts';

/** The slider of one adjustment, with what it does to the area. */
export const AdjustPanel = ({ kind }: { readonly kind: AdjustKind }) => {
  const { amount, change, isWorking } = useAdjusting();
  const { name, note, amount: unit } = adjustmentOf(kind);
  if (unit === null) return null;
  return (
    <ChangePanel label={name} isWorking={isWorking} onStep={stepAdjustAmount}>
      <SliderField
        label={unit.label}
        shown={`${amount.toLocaleString()} px`}
        value={toPosition(unit, amount)}
        min={0}
        max={positions}
        step={1}
        onChange={(position) => setAdjustAmount(fromPosition(unit, position))}
      />
      <AreaLine change={change} />
      <p className="change-note">{note}</p>
    </ChangePanel>
  );
};
