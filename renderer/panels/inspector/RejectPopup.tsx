import { reject, rejectActions } from '../../actions/review/reject.ts';
import { rejectReasonLabels, rejectReasons } from '../../../shared/domain/verdict.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { Button } from '../../ui/Button.tsx';
import { MenuList } from '../../ui/MenuList.tsx';
import { MenuRow } from '../../ui/MenuRow.tsx';
import { Popup } from '../../ui/Popup.tsx';
import { capsOf } from '../shared/platform.ts';

/** The button and, once asked for, the nine reasons on their digits. */
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
      <MenuList label="Reasons">
        {rejectReasons.map((reason, index) => {
          const action = rejectActions[index];
          return (
            <MenuRow key={reason} caps={[String(index + 1)]} onClick={() => action?.run()}>
              {rejectReasonLabels[reason]}
            </MenuRow>
          );
        })}
      </MenuList>
    </Popup>
  );
};
