import { useMemo } from 'react';
import { copyMaskFrom, copySourcesOf } from '../../../actions/tools/copyMask.ts';
import { leastCopyScale, mostCopyScale, scaleCopy, useCopying } from '../../../stores/copying.ts';
import { inBackground } from '../../../stores/notices.ts';
import { otherSide, usePanes } from '../../../stores/panes.ts';
import { Select } from '../../../ui/Select.tsx';
import { SliderField } from '../../../ui/SliderField.tsx';
import { assetKey } from '../../../../shared/domain/asset.ts';
import { placeOf } from '../../shared/words.ts';
import { Facts } from '../Facts.tsx';
import { JoinChoice } from '../toolOptions/JoinChoice.tsx';
import { AreaLine } from './AreaLine.tsx';
import { ChangePanel } from './ChangePanel.tsx';

const octaves = Math.log2(mostCopyScale);

/** Which picture the mask comes from, how large it is here, and what it does with the mask that is there. */
export const CopyPanel = () => {
  const { sourceKey, placement, join, box, score, isFitting, isWorking, change } = useCopying();
  const target = usePanes((state) => state[state.active]);
  const beside = usePanes((state) => state[otherSide(state.active)].asset);
  const sources = useMemo(() => copySourcesOf(target, beside), [target, beside]);
  const scaleTo = (scale: number): void => {
    const middle = box ?? { xPx: 0, yPx: 0, widthPx: 0, heightPx: 0 };
    scaleCopy(scale / placement.scale, middle.xPx + middle.widthPx / 2, middle.yPx + middle.heightPx / 2);
  };
  const fit = isFitting ? 'looking…' : score === null ? 'by hand' : `${Math.round(score * 100)} % alike`;
  return (
    <ChangePanel label="Copy a mask" isWorking={isWorking || isFitting} takesFocus={false}>
      <Select
        label="From"
        options={sources.map((source) => ({ value: assetKey(source), label: source.id, aside: placeOf(source) }))}
        value={sourceKey}
        onChange={(key) => {
          const source = sources.find((asset) => assetKey(asset) === key);
          if (source !== undefined) inBackground(copyMaskFrom(source), 'tool');
        }}
      />
      <SliderField
        label="Size"
        shown={`${(placement.scale * 100).toFixed(1)} %`}
        value={Math.log2(placement.scale)}
        min={Math.max(-octaves, Math.log2(leastCopyScale))}
        max={octaves}
        step={0.005}
        onChange={(step) => scaleTo(2 ** step)}
      />
      <JoinChoice value={join} onChange={(next) => useCopying.setState({ join: next })} />
      <Facts
        rows={[
          ['Moved', `${placement.dxImagePx.toFixed(1)}, ${placement.dyImagePx.toFixed(1)} px`],
          ['Fit', fit],
        ]}
      />
      <AreaLine change={change} />
      <p className="change-note">Drag it on the picture; its corners and Alt+wheel scale it, arrow keys nudge it.</p>
    </ChangePanel>
  );
};
