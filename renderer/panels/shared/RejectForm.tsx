import { Check } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { Action } from '../../actions/action.ts';
import { rejectReasonLabels, rejectReasons, type RejectReason } from '../../../shared/domain/verdict.ts';
import { stepReason, useRejection } from '../../stores/rejection.ts';
import { Button } from '../../ui/Button.tsx';
import { MenuList } from '../../ui/MenuList.tsx';
import { MenuRow } from '../../ui/MenuRow.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { capsOf } from './platform.ts';
import './RejectForm.css';

interface Parts {
  /** Rejects with the note as it stands. */
  readonly rejectFor: (reason: RejectReason) => void;
  /** Opens the note's field. */
  readonly note: Action;
}

const longestNote = 2000;

const workField = (event: KeyboardEvent, rejectFor: Parts['rejectFor']): void => {
  const { reason } = useRejection.getState();
  if (event.key === 'Enter' && !event.nativeEvent.isComposing) rejectFor(reason);
  else if (event.key === 'ArrowDown') stepReason(1);
  else if (event.key === 'ArrowUp') stepReason(-1);
  else return;
  event.preventDefault();
};

/** What to say beside the reason. While it is written, up and down choose the reason and Enter rejects. */
const NoteField = ({ rejectFor }: Pick<Parts, 'rejectFor'>) => {
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
        onKeyDown={(event) => workField(event, rejectFor)}
      />
      <Button tone="bad" caps={['Enter']} data-testid="reject-send" onClick={() => rejectFor(reason)}>
        Reject: {rejectReasonLabels[reason].toLowerCase()}
      </Button>
      <p className="note">Up and down choose the reason.</p>
    </div>
  );
};

/** The nine reasons on their digits, with room for a note: for one item and for many. */
export const RejectForm = ({ rejectFor, note }: Parts) => {
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
              onClick={() => rejectFor(reason)}
            >
              {rejectReasonLabels[reason]}
            </MenuRow>
          );
        })}
      </MenuList>
      <div className="reject-line" role="separator" />
      {hasNote ? (
        <NoteField rejectFor={rejectFor} />
      ) : (
        <MenuRow caps={capsOf(note)} onClick={note.run}>
          Add a note…
        </MenuRow>
      )}
    </>
  );
};
