import { useStore } from 'zustand';
import { editorOf } from '../../actions/desk/editors.ts';
import { approve } from '../../actions/review/approve.ts';
import { whyNotApprove } from '../../actions/review/whyNotApprove.ts';
import { usePanes } from '../../stores/panes.ts';
import { Button } from '../../ui/Button.tsx';
import { Tip } from '../../ui/Tip.tsx';
import { capsOf } from '../shared/platform.ts';

/** Dim where there is no mask: it says why to the pointer, and to whoever presses it all the same. */
export const ApproveButton = () => {
  const { asset, status } = usePanes((state) => state[state.active]);
  const active = usePanes((state) => state.active);
  const isEdited = useStore(editorOf(active).status, (editor) => editor.isDirty);
  const isReady = asset !== null && status === 'ready';
  const obstacle = isReady ? whyNotApprove(asset, isEdited) : null;
  return (
    <Tip label={obstacle} side="left">
      <Button tone="ok" caps={capsOf(approve)} disabled={!isReady} aria-disabled={obstacle !== null || undefined} data-testid="approve" onClick={approve.run}>
        {approve.label}
      </Button>
    </Tip>
  );
};
