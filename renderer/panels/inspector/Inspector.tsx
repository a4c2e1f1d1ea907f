import { usePanes } from '../../stores/panes.ts';
import { ApproveButton } from './ApproveButton.tsx';
import { ToolSection } from './ToolSection.tsx';
import { inspectorParts } from './sections.tsx';
import { RejectPopup } from './RejectPopup.tsx';
import { RerunPopup } from './RerunPopup.tsx';
import { VerdictLine } from './VerdictLine.tsx';
import './Inspector.css';

/** About the active pane: the verdict first, then what is known of the mask, the tool in hand, what was said of it, and its versions. */
export const Inspector = () => {
  const { asset, status } = usePanes((state) => state[state.active]);
  return (
    <aside className="inspector" aria-label="Inspector" data-region>
      <div className="verdict">
        <ApproveButton />
        <RejectPopup isDisabled={asset === null || status !== 'ready'} />
        <RerunPopup isDisabled={asset === null} />
      </div>
      {asset !== null && <VerdictLine asset={asset} />}
      <div className="inspector-scroll">
        {asset === null ? <ToolSection /> : inspectorParts.map(({ id, Section }) => <Section key={id} asset={asset} />)}
      </div>
    </aside>
  );
};
