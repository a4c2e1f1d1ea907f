import { Check } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { reject, rejectActions, rejectFor, rejectNote } from '../../actions/review/reject.ts';
import { rejectReasonLabels, rejectReasons } from '../../../shared/domain/verdict.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { stepReason, useRejection } from '../../stores/rejection.ts';
import { Button } from '../../ui/Button.tsx';
import { MenuList } from '../../ui/MenuList.tsx';
import { MenuRow } from '../../ui/MenuRow.tsx';
import { Popup } from '../../ui/Popup.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { capsOf } from '../shared/platform.ts';

const longestNote = 2000;

const workField = (event: KeyboardEvent): void => {
  const { reason } = useRejection.getState();
  if (event.key === 'Enter' && !event.nativeEvent.isComposing) rejectFor(reason);
  else if (event.key === 'ArrowDown') stepReason(1);
  else if (event.key === 'ArrowUp') stepReason(-1);
  else return;
  event.preventDefault();
};

/** What to say beside the reason. While it is written, up and down choose the reason and Enter rejects. */
const NoteField = () => {
  const note = useRejection((state) => state.note);
  const reason = useRejection((state) => state.reason);
  const wantsFocus = useRejection((state) => state.wantsFocus);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('input')?.focus(), [wantsFocus]);
  return (
    <div className="reject-note" ref={box}>
      <TextField
        label="Note"
        isLabelUnseen
        placeholder="Note: what is wrong, and where"
        maxLength={longestNote}
        value={note ?? ''}
        onChange={(event) => useRejection.setState({ note: event.target.value })}
        onKeyDown={workField}
      />
      <Button tone="bad" caps={['Enter']} data-testid="reject-send" onClick={() => rejectFor(reason)}>
        Reject: {rejectReasonLabels[reason].toLowerCase()}
      </Button>
      <p className="note">Up and down choose the reason.</p>
    </div>
  );
};

const Reasons = () => {
  const hasNote = useRejection((state) => state.note !== null);
  const chosen = useRejection((state) => state.reason);
  return (
    <>
      <MenuList label="Reasons">
        {rejectReasons.map((reason, index) => {
          const isChosen = hasNote && reason === chosen;
          return (
            <MenuRow
              key={reason}
              caps={[String(index + 1)]}
              mark={isChosen ? <Check className="reject-chosen" aria-label="chosen" /> : undefined}
              onClick={() => rejectActions[index]?.run()}
            >
              {rejectReasonLabels[reason]}
            </MenuRow>
          );
        })}
      </MenuList>
      <div className="reject-line" role="separator" />
      {hasNote ? (
        <NoteField />
      ) : (
        <MenuRow caps={capsOf(rejectNote)} onClick={rejectNote.run}>
          Add a note…
        </MenuRow>
      )}
    </>
  );
};

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
      <Reasons />
    </Popup>
  );
};
