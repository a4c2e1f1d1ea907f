import { reject, rejectFor, rejectNote } from '../../actions/review/reject.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { Button } from '../../ui/Button.tsx';
import { Popup } from '../../ui/Popup.tsx';
import { RejectForm } from '../shared/RejectForm.tsx';
import { capsOf } from '../shared/platform.ts';

/** The button and, once asked for, the nine reasons on their digits, with room for a note. */
export const RejectPopup = ({ isDisabled }: { readonly isDisabled: boolean }) => {
  const isOpen = useOverlay((state) => state.open === 'reject');
  return (
    <Popup
      isOpen={isOpen}
      label="Why is it rejected?"
      onClose={closeOverlay}
      anchor={
        <Button tone="bad" caps={capsOf(reject)} disabled={isDisabled} aria-expanded={isOpen} data-popup-anchor data-testid="reject" onClick={reject.run}>
          Reject…
        </Button>
      }
    >
      <RejectForm rejectFor={rejectFor} note={rejectNote} />
    </Popup>
  );
};
