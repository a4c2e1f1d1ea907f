import { useStore } from 'zustand';
import { editorOf } from '../../actions/desk/editors.ts';
import { approve } from '../../actions/review/approve.ts';
import { applyChange } from '../../actions/tools/liveChange.ts';
import { whyNotApprove } from '../../actions/review/whyNotApprove.ts';
import { othersLease, useLeases } from '../../stores/leases.ts';
import { useLiveChange } from '../../stores/liveChange.ts';
import { usePanes } from '../../stores/panes.ts';
import { Button } from '../../ui/Button.tsx';
import { Tip } from '../../ui/Tip.tsx';
import { hasItSince } from '../shared/leaseWords.ts';
import { capsOf } from '../shared/platform.ts';

/** Dim where there is no mask: it says why to the pointer, and to whoever presses it all the same. */
export const ApproveButton = () => {
  const { asset, status } = usePanes((state) => state[state.active]);
  const active = usePanes((state) => state.active);
  const isEdited = useStore(editorOf(active).status, (editor) => editor.isDirty);
  const isChanging = useLiveChange(({ name }) => name !== null);
  // Its key means the change before it means a verdict.
  const caps = isChanging && capsOf(approve).join() === capsOf(applyChange).join() ? [] : capsOf(approve);
  const isReady = asset !== null && status === 'ready';
  const lease = useLeases((state) => othersLease(state, asset));
  const taken = lease === undefined ? null : `${hasItSince(lease)}. Take it over to judge it.`;
  const obstacle = isReady ? (taken ?? whyNotApprove(asset, isEdited)) : null;
  return (
    <Tip label={obstacle} side="left">
      <Button tone="ok" caps={caps} disabled={!isReady} aria-disabled={obstacle !== null || undefined} data-testid="approve" onClick={approve.run}>
        {approve.label}
      </Button>
    </Tip>
  );
};
