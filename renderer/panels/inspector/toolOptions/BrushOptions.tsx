import { useStore } from 'zustand';
import { activeEditor, toolSettings } from '../../../actions/desk/editors.ts';
import { harderBrush, softerBrush } from '../../../actions/tools/brushHardness.ts';
import { largerBrush, smallerBrush } from '../../../actions/tools/brushSize.ts';
import { maxBrushSizePx, minBrushSizePx, tipInHand } from '../../../stores/toolSettings.ts';
import { Kbd } from '../../../ui/Kbd.tsx';
import { SliderField } from '../../../ui/SliderField.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { capsOf } from '../../shared/platform.ts';

/** A slider in octaves: as much way from 4 to 8 px as from 400 to 800. */
const steps = 200;
const octaves = Math.log2(maxBrushSizePx / minBrushSizePx);
const toStep = (sizePx: number): number => (Math.log2(sizePx / minBrushSizePx) / octaves) * steps;
const toSizePx = (step: number): number => Math.round(minBrushSizePx * 2 ** ((step / steps) * octaves));

/** For the brush and the eraser, each its own. */
export const BrushOptions = () => {
  const { sizePx, hardness } = useStore(toolSettings, tipInHand);
  const pressureSetsSize = useStore(toolSettings, (settings) => settings.pressureSetsSize);
  return (
    <>
      <SliderField
        label="Size"
        hint={<Kbd caps={[...capsOf(smallerBrush), ...capsOf(largerBrush)]} />}
        shown={`${sizePx} px`}
        value={toStep(sizePx)}
        min={0}
        max={steps}
        step={1}
        onChange={(step) => activeEditor().setBrushSize(toSizePx(step))}
      />
      <SliderField
        label="Hardness"
        hint={<Kbd caps={[...capsOf(softerBrush), ...capsOf(harderBrush)]} />}
        shown={`${Math.round(hardness * 100)} %`}
        value={hardness}
        min={0}
        max={1}
        step={0.05}
        onChange={(next) => activeEditor().setHardness(next)}
      />
      <Switch label="Pen pressure sets the size" isOn={pressureSetsSize} onChange={(isOn) => toolSettings.setState({ pressureSetsSize: isOn })} />
    </>
  );
};
