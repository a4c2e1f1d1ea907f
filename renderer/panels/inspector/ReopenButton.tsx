import { reopen } from '../../actions/review/reopen.ts';
import { usePanes } from '../../stores/panes.ts';
import { Button } from '../../ui/Button.tsx';
import { Tip } from '../../ui/Tip.tsx';
import { capsOf } from '../shared/platform.ts';

/** Beside what was decided, for as long as a decision stands. */
export const ReopenButton = () => {
  const { asset, status } = usePanes((state) => state[state.active]);
  if (asset === null || (asset.state !== 'approved' && asset.state !== 'rejected')) return null;
  return (
    <Tip label={reopen.label} caps={capsOf(reopen)} side="left">
      <Button disabled={status !== 'ready'} data-testid="reopen" onClick={reopen.run}>
        Reopen
      </Button>
    </Tip>
  );
};
