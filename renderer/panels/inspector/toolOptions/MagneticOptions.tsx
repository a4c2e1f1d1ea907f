import { useStore } from 'zustand';
import { toolSettings } from '../../../actions/desk/editors.ts';
import { knownJoin, maxWireWidthPx, minWireWidthPx, type MagneticOptions as Options } from '../../../stores/toolOptions.ts';
import { withOptions } from '../../../stores/toolSettings.ts';
import { SliderField } from '../../../ui/SliderField.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { JoinChoice } from './JoinChoice.tsx';

export const MagneticOptions = () => {
  const { join, widthPx, contrast, coolsDown } = useStore(toolSettings, ({ options }) => options.magnetic);
  const change = (next: Partial<Options>): void => toolSettings.setState((settings) => withOptions(settings, 'magnetic', next));
  return (
    <>
      <JoinChoice value={knownJoin(join)} onChange={(next) => change({ join: next })} />
      <SliderField label="Width" shown={`${widthPx} px`} value={widthPx} min={minWireWidthPx} max={maxWireWidthPx} step={1} onChange={(next) => change({ widthPx: next })} />
      <SliderField label="Contrast" shown={`${Math.round(contrast * 100)} %`} value={contrast} min={0} max={0.9} step={0.05} onChange={(next) => change({ contrast: next })} />
      <Switch label="Anchors place themselves" isOn={coolsDown} onChange={(isOn) => change({ coolsDown: isOn })} />
    </>
  );
};
