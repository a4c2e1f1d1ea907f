import { useStore } from 'zustand';
import { toolSettings } from '../../../actions/desk/editors.ts';
import { knownJoin, maxTolerance, wandSampleSidesPx, type WandOptions as Options } from '../../../stores/toolOptions.ts';
import { withOptions } from '../../../stores/toolSettings.ts';
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx';
import { SliderField } from '../../../ui/SliderField.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { JoinChoice } from './JoinChoice.tsx';
import './WandOptions.css';

const samples = wandSampleSidesPx.map((side) => ({ value: String(side), label: side === 1 ? '1 px' : `${side} × ${side}` }));

export const WandOptions = () => {
  const { tolerance, sampleSidePx, isContiguous, isSmooth, join } = useStore(toolSettings, ({ options }) => options.wand);
  const change = (next: Partial<Options>): void => toolSettings.setState((settings) => withOptions(settings, 'wand', next));
  return (
    <>
      <JoinChoice value={knownJoin(join)} onChange={(next) => change({ join: next })} />
      <SliderField label="Tolerance" shown={String(Math.round(tolerance))} value={tolerance} min={0} max={maxTolerance} step={1} onChange={(next) => change({ tolerance: next })} />
      <div className="wand-sample">
        <span aria-hidden="true">Sample</span>
        <SegmentedControl
          label="Sample of the colour"
          choices={samples}
          value={String(sampleSidePx)}
          onChange={(side) => change({ sampleSidePx: wandSampleSidesPx.find((known) => String(known) === side) ?? 3 })}
        />
      </div>
      <Switch label="Contiguous" title="Takes only what hangs together with the place of the click" isOn={isContiguous} onChange={(isOn) => change({ isContiguous: isOn })} />
      <Switch label="Smooth edge" title="Rounds off the ragged border that single pixels make" isOn={isSmooth} onChange={(isOn) => change({ isSmooth: isOn })} />
    </>
  );
};
