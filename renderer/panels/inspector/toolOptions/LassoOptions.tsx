import { useStore } from 'zustand';
import { toolSettings } from '../../../actions/desk/editors.ts';
import { knownJoin, maxSmoothing } from '../../../stores/toolOptions.ts';
import { withOptions } from '../../../stores/toolSettings.ts';
import { SliderField } from '../../../ui/SliderField.tsx';
import { JoinChoice } from './JoinChoice.tsx';

export const LassoOptions = () => {
  const { join, smoothing } = useStore(toolSettings, ({ options }) => options.lasso);
  const change = (next: Partial<{ join: typeof join; smoothing: number }>): void => toolSettings.setState((settings) => withOptions(settings, 'lasso', next));
  return (
    <>
      <JoinChoice value={knownJoin(join)} onChange={(next) => change({ join: next })} />
      <SliderField label="Smoothing" shown={smoothing === 0 ? 'off' : String(smoothing)} value={smoothing} min={0} max={maxSmoothing} step={1} onChange={(next) => change({ smoothing: next })} />
    </>
  );
};
