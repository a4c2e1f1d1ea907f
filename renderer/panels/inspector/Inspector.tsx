import { usePanes } from '../../stores/panes.ts';
import { reasonOf, stateLabels } from '../shared/words.ts';
import { ApproveButton } from './ApproveButton.tsx';
import { BrushSection } from './BrushSection.tsx';
import { MaskSection } from './MaskSection.tsx';
import { RejectPopup } from './RejectPopup.tsx';
import { RerunPopup } from './RerunPopup.tsx';
import { RevisionsSection } from './RevisionsSection.tsx';
import './Inspector.css';

/** About the active pane: the verdict first, then what is known of the mask, the tool in hand, and its versions. */
export const Inspector = () => {
  const { asset, status } = usePanes((state) => state[state.active]);
  const isDisabled = asset === null || status !== 'ready';
  const reason = asset === null ? null : reasonOf(asset);
  return (
    <aside className="inspector" aria-label="Inspector" data-region>
      <div className="verdict">
        <ApproveButton />
        <RejectPopup isDisabled={isDisabled} />
        <RerunPopup isDisabled={asset === null} />
      </div>
      {asset !== null && reason !== null && (
        <p className={`inspector-reason inspector-reason-${asset.state}`} data-testid="reason">
          <strong>{stateLabels[asset.state]}:</strong> <span className="selectable">{reason}</span>
        </p>
      )}
      <div className="inspector-scroll">
        {asset !== null && <MaskSection asset={asset} />}
        <BrushSection />
        {asset !== null && <RevisionsSection asset={asset} />}
      </div>
    </aside>
  );
};
