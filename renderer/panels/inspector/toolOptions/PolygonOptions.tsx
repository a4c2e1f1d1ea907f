import { useStore } from 'zustand';
import { toolSettings } from '../../../actions/desk/editors.ts';
import { knownJoin, maxTolerancePx } from '../../../stores/toolOptions.ts';
import { withOptions } from '../../../stores/toolSettings.ts';
import { SliderField } from '../../../ui/SliderField.tsx';
import { JoinChoice } from './JoinChoice.tsx';

export const PolygonOptions = () => {
  const { join, tolerancePx } = useStore(toolSettings, ({ options }) => options.polygon);
  const change = (next: Partial<{ join: typeof join; tolerancePx: number }>): void => toolSettings.setState((settings) => withOptions(settings, 'polygon', next));
  return (
    <>
      <JoinChoice value={knownJoin(join)} onChange={(next) => change({ join: next })} />
      <SliderField label="Outline tolerance" shown={`${tolerancePx} px`} value={tolerancePx} min={0} max={maxTolerancePx} step={0.5} onChange={(next) => change({ tolerancePx: next })} />
    </>
  );
};
