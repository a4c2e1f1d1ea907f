import { useStore } from 'zustand';
import { toolSettings } from '../../../actions/desk/editors.ts';
import { refineGroundOf, refineOptionsOf, setRefine, showRefineOn, stepRefineBand, type RefineGround } from '../../../actions/tools/refineEdge.ts';
import { useRefining } from '../../../stores/refining.ts';
import { useView } from '../../../stores/view.ts';
import { leastBandPx, mostBandPx, mostShiftPx } from '../../../../shared/picture/refineMatte.ts';
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx';
import { SliderField } from '../../../ui/SliderField.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { AreaLine } from './AreaLine.tsx';
import { ChangePanel } from './ChangePanel.tsx';
import { fromPosition, positions, toPosition } from './sliderScale.ts';

const band = { least: leastBandPx, most: mostBandPx };

const grounds: readonly { readonly value: RefineGround; readonly label: string }[] = [
  { value: 'black', label: 'Black' },
  { value: 'white', label: 'White' },
  { value: 'checker', label: 'Checker' },
  { value: 'matte', label: 'Matte' },
];

/** How the edge is softened, and what it is looked at on. */
export const RefinePanel = () => {
  const { isWorking, change } = useRefining();
  const { bandPx, softness, shiftPx, updatesMask } = refineOptionsOf(useStore(toolSettings, (settings) => settings.options.refine));
  const ground = useView((state) => refineGroundOf(state.mode, state.cutoutGround));
  return (
    <ChangePanel label="Soft edge" isWorking={isWorking} onStep={stepRefineBand}>
      <SliderField
        label="Width"
        shown={`${bandPx} px`}
        value={toPosition(band, bandPx)}
        min={0}
        max={positions}
        step={1}
        onChange={(position) => setRefine({ bandPx: fromPosition(band, position) })}
      />
      <SliderField label="Softness" shown={`${Math.round(softness * 100)} %`} value={softness} min={0} max={1} step={0.01} onChange={(next) => setRefine({ softness: next })} />
      <SliderField
        label="Move the edge"
        shown={`${shiftPx > 0 ? '+' : shiftPx < 0 ? '−' : ''}${Math.abs(shiftPx)} px`}
        value={shiftPx}
        min={-mostShiftPx / 2}
        max={mostShiftPx / 2}
        step={0.5}
        onChange={(next) => setRefine({ shiftPx: next })}
      />
      <div className="change-grounds">
        <SegmentedControl label="Look at it on" choices={grounds} value={ground ?? 'overlay'} onChange={showRefineOn} />
      </div>
      <Switch label="The mask follows the new edge" isOn={updatesMask} onChange={(isOn) => setRefine({ updatesMask: isOn })} />
      {updatesMask ? <AreaLine change={change} /> : <p className="change-note">The soft edge is kept beside the mask, which stays as it is.</p>}
    </ChangePanel>
  );
};
