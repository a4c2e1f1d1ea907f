import { useStore } from 'zustand';
import { activeEditor, toolSettings } from '../../../actions/desk/editors.ts';
import { harderBrush, softerBrush } from '../../../actions/tools/brushHardness.ts';
import { largerBrush, smallerBrush } from '../../../actions/tools/brushSize.ts';
import { snapToEdges } from '../../../actions/tools/snapToEdges.ts';
import { maxTolerance, mostSnapRadiusPx } from '../../../stores/toolOptions.ts';
import { maxBrushSizePx, minBrushSizePx, tipInHand, withOptions } from '../../../stores/toolSettings.ts';
import { Kbd } from '../../../ui/Kbd.tsx';
import { SliderField } from '../../../ui/SliderField.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { capsOf } from '../../shared/platform.ts';

/** A slider in octaves: as much way from 4 to 8 px as from 400 to 800. */
const steps = 200;
const octaves = Math.log2(maxBrushSizePx / minBrushSizePx);
const toStep = (sizePx: number): number => (Math.log2(sizePx / minBrushSizePx) / octaves) * steps;
const toSizePx = (step: number): number => Math.round(minBrushSizePx * 2 ** ((step / steps) * octaves));

const snapHint = (sizePx: number): string => (sizePx / 2 > mostSnapRadiusPx ? `Brushes of up to ${2 * mostSnapRadiusPx} px can` : 'Stays on the colour under it');

/** For the brush and the eraser, each its own. */
export const BrushOptions = () => {
  const { sizePx, hardness } = useStore(toolSettings, tipInHand);
  const pressureSetsSize = useStore(toolSettings, (settings) => settings.pressureSetsSize);
  const { snapsToEdges, tolerance } = useStore(toolSettings, ({ options }) => options.snap);
  const snap = (change: Partial<{ snapsToEdges: boolean; tolerance: number }>): void => toolSettings.setState((settings) => withOptions(settings, 'snap', change));
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
      <Switch label="Snap to edges" hint={<>{snapHint(sizePx)} <Kbd caps={capsOf(snapToEdges)} /></>} isOn={snapsToEdges} onChange={(isOn) => snap({ snapsToEdges: isOn })} />
      {snapsToEdges && (
        <SliderField
          label="Edge tolerance"
          shown={String(Math.round(tolerance))}
          value={tolerance}
          min={1}
          max={maxTolerance / 2}
          step={1}
          onChange={(next) => snap({ tolerance: next })}
        />
      )}
    </>
  );
};
