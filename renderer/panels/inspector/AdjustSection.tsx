import { BrushCleaning, CircleDashed, CircleDot, Contrast, Expand, PaintBucket, Shrink, Waves } from 'lucide-react';
import type { ComponentType } from 'react';
import { adjust, adjustActions } from '../../actions/tools/adjust.ts';
import { useAdjusting } from '../../stores/adjusting.ts';
import { usePanes } from '../../stores/panes.ts';
import { Tip } from '../../ui/Tip.tsx';
import { keepFocus } from '../../ui/keepFocus.ts';
import type { AdjustKind } from '../../../shared/raster/adjustMask.ts';
import { capsOf } from '../shared/platform.ts';
import { AdjustPanel } from './adjust/AdjustPanel.tsx';
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

/** Changes of the whole mask: choose one, see it on the picture while its slider moves, apply it as one step. */
export const AdjustSection = () => {
  const open = useAdjusting((state) => state.kind);
  const isReady = usePanes((state) => state[state.active].status === 'ready');
  return (
    <InspectorSection id="adjust" title="Adjust">
      <div className="adjust-choices" role="group" aria-label="Adjustments">
        {adjustActions.map((action) => {
          const { kind, name } = action.adjustment;
          const Icon = icons[kind];
          return (
            <Tip key={kind} label={action.label} caps={capsOf(action)} side="left">
              <button
                type="button"
                className="adjust-choice"
                aria-pressed={open === kind}
                aria-label={name}
                disabled={!isReady}
                onMouseDown={keepFocus}
                onClick={() => adjust(action.adjustment)}
              >
                <Icon />
                <span className="ellipsis">{name}</span>
              </button>
            </Tip>
          );
        })}
      </div>
      {open !== null && open !== 'invert' && <AdjustPanel key={open} kind={open} />}
    </InspectorSection>
  );
};
