import { leaveImported, takeImported } from '../../actions/review/importWaits.ts';
import { Button } from '../../ui/Button.tsx';
import { capsOf } from './platform.ts';

/** What a person does about an imported mask that waits, wherever they see it. */
export const ImportWaitsButtons = () => (
  <>
    <Button onClick={takeImported.run} caps={capsOf(takeImported)}>
      Take it
    </Button>
    <Button onClick={leaveImported.run} caps={capsOf(leaveImported)}>
      Leave it
    </Button>
  </>
);
