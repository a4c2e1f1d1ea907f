import { BrushCleaning, CircleDashed, CircleDot, Contrast, CopyPlus, Expand, Feather, PaintBucket, Shrink, Waves } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Action } from '../../actions/action.ts';
import { tipOf } from '../../actions/tipOf.ts';
import { adjustActions } from '../../actions/tools/adjust.ts';
import { copyMask } from '../../actions/tools/copyMask.ts';
import { refineEdge } from '../../actions/tools/refineEdge.ts';
import { useAdjusting } from '../../stores/adjusting.ts';
import { useCopying } from '../../stores/copying.ts';
import { usePanes } from '../../stores/panes.ts';
import { useRefining } from '../../stores/refining.ts';
import { Tip } from '../../ui/Tip.tsx';
import { keepFocus } from '../../ui/keepFocus.ts';
import type { AdjustKind } from '../../../shared/raster/adjustMask.ts';
import { capsOf } from '../shared/platform.ts';
import { AdjustPanel } from './adjust/AdjustPanel.tsx';
import { CopyPanel } from './adjust/CopyPanel.tsx';
import { RefinePanel } from './adjust/RefinePanel.tsx';
import './AdjustSection.css';
import { InspectorSection } from './InspectorSection.tsx';

const icons: Readonly<Record<AdjustKind, ComponentType>> = {
  grow: Expand,
  shrink: Shrink,
  smooth: Waves,
  close: CircleDot,
  open: BrushCleaning,
  fillHoles: PaintBucket,
  dropIslands: CircleDashed,
  invert: Contrast,
};

interface AdjustChoiceProps {
  readonly action: Action;
  readonly name: string;
  readonly icon: ComponentType;
  readonly isOpen: boolean;
}

const AdjustChoice = ({ action, name, icon: Icon, isOpen }: AdjustChoiceProps) => {
  const isReady = usePanes((state) => state[state.active].status === 'ready') && (action.when?.() ?? true);
  return (
    <Tip label={tipOf(action)} caps={capsOf(action)} side="left">
      <button type="button" className="adjust-choice" aria-pressed={isOpen} aria-label={name} disabled={!isReady} onMouseDown={keepFocus} onClick={action.run}>
        <Icon />
        <span className="ellipsis">{name}</span>
      </button>
    </Tip>
  );
};

/** Changes of the whole mask: choose one, see it on the picture while its slider moves, apply it as one step. */
export const AdjustSection = () => {
  const open = useAdjusting((state) => state.kind);
  const isCopying = useCopying((state) => state.sourceKey !== null);
  const isRefining = useRefining((state) => state.isOpen);
  return (
    <InspectorSection id="adjust" title="Adjust">
      <div className="adjust-choices" role="group" aria-label="Adjustments">
        {adjustActions.map((action) => (
          <AdjustChoice key={action.id} action={action} name={action.adjustment.name} icon={icons[action.adjustment.kind]} isOpen={open === action.adjustment.kind} />
        ))}
        <AdjustChoice action={refineEdge} name="Soft edge" icon={Feather} isOpen={isRefining} />
        <AdjustChoice action={copyMask} name="Copy mask" icon={CopyPlus} isOpen={isCopying} />
      </div>
      {open !== null && open !== 'invert' && <AdjustPanel key={open} kind={open} />}
      {isRefining && <RefinePanel />}
      {isCopying && <CopyPanel />}
    </InspectorSection>
  );
};
