import { BellOff, CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { clearNoticesLog, markNoticesSeen, useNotices, type LoggedNotice } from '../../stores/notices.ts';
import { closeOverlay, useOverlay } from '../../stores/overlay.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FloatingCard } from '../../ui/FloatingCard.tsx';
import { clockTime } from '../shared/words.ts';
import './NoticesCard.css';

const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, error: CircleAlert } as const;
const levelWords = { info: 'Notice', success: 'Done', warning: 'Warning', error: 'Error' } as const;

/** Only trouble keeps its buttons: an Undo from an hour ago would undo something else. */
const keepsButtons = ({ level }: LoggedNotice): boolean => level === 'warning' || level === 'error';

const Entry = ({ notice }: { readonly notice: LoggedNotice }) => {
  const Icon = icons[notice.level];
  return (
    <li className={`notice-entry notice-${notice.level}`}>
      <Icon className="notice-icon" aria-label={levelWords[notice.level]} role="img" />
      <div className="notice-entry-words">
        <p className="selectable">{notice.message}</p>
        {keepsButtons(notice) && notice.buttons.length > 0 && (
          <p className="notice-entry-buttons">
            {notice.buttons.map(({ label, run }) => (
              <Button
                key={label}
                tone="quiet"
                className="notice-entry-button"
                onClick={() => {
                  closeOverlay();
                  run();
                }}
              >
                {label}
              </Button>
            ))}
          </p>
        )}
      </div>
      <span className="secondary">
        {notice.times > 1 && `${notice.times} times · `}
        {clockTime(notice.atMs)}
      </span>
    </li>
  );
};

const Log = () => {
  const log = useNotices((state) => state.log);
  // Read while it is open: nothing of it is news afterwards.
  useEffect(() => markNoticesSeen, [log]);
  if (log.length === 0) {
    return (
      <div className="notices-empty">
        <EmptyState icon={<BellOff />} title="Nothing was said yet">
          What shows for a moment over the desk can be read again here.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <ol className="notice-entries" data-testid="notices-log">
        {log.map((notice) => (
          <Entry key={notice.id} notice={notice} />
        ))}
      </ol>
      <Button onClick={clearNoticesLog}>
        Clear the list
      </Button>
    </>
  );
};

/** Everything that was said since the start, so that a notice that was missed can be read again. */
export const NoticesCard = () => {
  const isOpen = useOverlay((state) => state.open === 'notices');
  return (
    <FloatingCard isOpen={isOpen} title="Notices" description="What was said since Maskdesk was started, newest first." onClose={closeOverlay}>
      {isOpen && <Log />}
    </FloatingCard>
  );
};
